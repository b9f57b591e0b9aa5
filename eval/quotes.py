"""Adapter for the benchmark ``quotes``: who is made to have said or thought what, and with which words.

The product follows speech through an article: verb, speaker, words. Alone (`predict` with ``learned=False``) that is
given as it is. The benchmark marks far more than reported speech (what people want, know, plan, feel), so a logistic
regression, fitted on its training file, decides of each word that may attribute something and of each stretch that
the tree offers as its content, with the product's own answer among the features.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression

from foedus.coder.clause import find_subject
from foedus.coder.cues import lemma_of
from foedus.coder.scene import Line
from foedus.coder.speech import Speech
from foedus.syntax import Sentence
from learned import load_learned
from reading import read_lines

STRENGTH = 0.3
LEAST = 0.12
"""A word attributes a stretch from this probability; chosen on twenty articles of the development part."""

ARTICLES = 60
"""So many training articles are read: fitting takes some two minutes then. More were not tried to the end."""

ALIKE = 0.5
"""Two contents that share so much of their words are one, as the benchmark counts."""

_MARKS = frozenset({'"', "“", "”", "«", "»", "``", "''"})
_WORDS = frozenset({"VERB", "NOUN", "ADJ", "ADP", "AUX", "SCONJ"})

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """A word that may attribute, and a stretch that may be what it attributes.

    Attributes:
        line: Number of the sentence in the article.
        cue: Token of the word.
        content: Tokens of the stretch.
        features: Named features.
    """

    line: int
    cue: int
    content: Tokens
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted regression over hashed features."""

    regression: LogisticRegression

    def weigh(self, cases: Sequence[Case]) -> list[float]:
        """The probability of each case."""
        shares: list[float] = self.regression.predict_proba(_to_table(cases))[:, 1].tolist()
        return shares


def predict(records: Iterable[dict[str, Any]], *, learned: bool = True) -> Iterator[dict[str, Any]]:
    """The attributions of each record.

    Args:
        records: ``{"id", "text"}``.
        learned: Whether to use the model fitted on the benchmark's training file.
    """
    model: Model | None = load_learned("quotes", fit) if learned else None
    for record in records:
        lines = read_article(record)
        found = list(_iter_speeches(lines)) if model is None else _pick(lines, model)
        yield {"id": record["id"], "attributions": found}


def read_article(record: dict[str, Any]) -> tuple[Line, ...]:
    """The sentences of a record; the encoder is not asked."""
    return read_lines(record["id"], record["text"], with_encoder=False)


def _iter_speeches(lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    """The product's speeches; one that goes on over several sentences is one."""
    last: tuple[Speech, dict[str, Any]] | None = None
    for line in lines:
        for number, speech in enumerate(line.speeches):
            content = speech.content
            if content is None:
                content = frozenset(i for i in range(len(line.sentence)) if speech.covers(i))
            spans = _to_spans(line, content)
            goes_on = speech.verb is None and speech.subject is None
            if goes_on and last is not None and number == 0 and last[0].name == speech.name:
                last[1]["content"].extend(spans)
                continue
            if not spans:
                continue
            source = (
                []
                if speech.subject is None
                else _to_spans(line, range(speech.subject[0], speech.subject[1] + 1))
            )
            cue = [] if speech.verb is None else _to_spans(line, [speech.verb])
            found = {"content": spans, "source": source, "cue": cue}
            if number == 0:
                last = (speech, found)
            yield found
        if not line.speeches:
            last = None


def _to_spans(line: Line, tokens: Iterable[int]) -> list[list[int]]:
    """Runs of tokens as offsets in the text."""
    spans: list[list[int]] = []
    before = -2
    for index in sorted(tokens):
        span = line.place(index, index)
        if index == before + 1:
            spans[-1][1] = span.end
        else:
            spans.append([span.start, span.end])
        before = index
    return spans


def fit(records: Sequence[dict[str, Any]]) -> Model:
    """The regression of labelled records."""
    cases: list[Case] = []
    wanted: list[bool] = []
    for record in records[:ARTICLES]:
        lines = read_article(record)
        marked = [_to_tokens(lines, one) for one in record["attributions"]]
        for number, line in enumerate(lines):
            here = [
                (cues[number], content[number])
                for cues, content in marked
                if number in cues and number in content
            ]
            found = list(_iter_cases(line, number))
            best = {
                place: max((_share(case.content, content) for case in found if case.cue in cues), default=0.0)
                for place, (cues, content) in enumerate(here)
            }
            for case in found:
                cases.append(case)
                wanted.append(
                    any(
                        case.cue in cues and _share(case.content, content) >= max(ALIKE, best[place] - 0.05)
                        for place, (cues, content) in enumerate(here)
                    )
                )
    table = _to_table(cases)
    return Model(LogisticRegression(C=STRENGTH, solver="liblinear").fit(table, wanted))


def _to_tokens(
    lines: Sequence[Line], attribution: dict[str, Any]
) -> tuple[dict[int, Tokens], dict[int, Tokens]]:
    """Tokens of cue and of content by sentence."""
    both: list[dict[int, Tokens]] = []
    for role in ("cue", "content"):
        found: dict[int, Tokens] = {}
        for number, line in enumerate(lines):
            whole = line.place(0, len(line.sentence) - 1)
            spans = [span for span in attribution[role] if span[0] < whole.end and whole.start < span[1]]
            if spans:
                places = [line.place(token.index, token.index) for token in line.sentence.tokens]
                found[number] = frozenset(
                    index
                    for index, place in enumerate(places)
                    if any(place.start < span[1] and span[0] < place.end for span in spans)
                )
        both.append(found)
    return both[0], both[1]


def _share(one: Tokens, other: Tokens) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0


def _to_table(cases: Sequence[Case]) -> Any:
    hasher = FeatureHasher(2**18, input_type="string", alternate_sign=False)
    return hasher.transform([list(dict.fromkeys(case.features)) for case in cases])


def _pick(lines: Sequence[Line], model: Model) -> list[dict[str, Any]]:
    """The likeliest stretch of each word, no stretch twice; a quote that goes on takes the sentences that follow."""
    cases = [case for number, line in enumerate(lines) for case in _iter_cases(line, number)]
    scored = sorted(
        ((share, case) for share, case in zip(model.weigh(cases), cases, strict=True) if share >= LEAST)
        if cases
        else (),
        key=lambda one: (-one[0], one[1].line, one[1].cue),
    )
    kept: list[Case] = []
    for _, case in scored:
        if not any(
            case.line == other.line
            and (case.cue == other.cue or _share(case.content, other.content) >= ALIKE)
            for other in kept
        ):
            kept.append(case)
    kept.sort(key=lambda case: (case.line, case.cue))
    found = []
    said = {case.line for case in kept}
    for case in kept:
        line = lines[case.line]
        content = _to_spans(line, case.content)
        if any(line.sentence[index].text in _MARKS for index in case.content):
            content.extend(_iter_going_on(lines, case.line, said))
        found.append(
            {
                "content": content,
                "source": _to_spans(line, find_source(line, case.cue)),
                "cue": _to_spans(line, [case.cue]),
            }
        )
    return found


def _iter_going_on(lines: Sequence[Line], number: int, said: set[int]) -> Iterator[list[int]]:
    """The sentences after a quoted one that the product gives to the same speaker, none of their own among them."""
    for other in range(number + 1, len(lines)):
        line = lines[other]
        speech = line.speech
        if other in said or line.paragraph is not lines[number].paragraph or speech is None:
            return
        if speech.verb is not None or speech.subject is not None:
            return
        yield from _to_spans(line, range(len(line.sentence)))


def find_source(line: Line, cue: int) -> Tokens:
    """The phrase of whoever a word attributes something to; empty where there is none."""
    sentence = line.sentence
    token = sentence[cue]
    head: int | None = None
    if token.text.lower() == "according":
        to = sentence.child(cue, "prep")
        head = None if to is None else sentence.child(to, "pobj")
    elif token.pos == "NOUN":
        head = sentence.child(cue, "poss")
        of = next(
            (
                child
                for child in sentence.having(cue, "prep")
                if sentence[child].lemma in ("of", "from", "by")
            ),
            None,
        )
        if head is None and of is not None:
            head = sentence.child(of, "pobj")
        if head is None and token.dep in ("dobj", "attr", "pobj"):
            head = find_subject(sentence, sentence[cue].head)
    else:
        agent = sentence.child(cue, "agent")
        head = find_subject(sentence, cue) if agent is None else sentence.child(agent, "pobj")
        passive = sentence.child(cue, "nsubjpass")
        if agent is None and passive is not None and head == passive:
            return frozenset()
    if head is None or head == cue:
        return frozenset()
    return _phrase(sentence, head, cue)


def _phrase(sentence: Sentence, head: int, cue: int) -> Tokens:
    """A noun phrase up to its first clause or the cue; without the clauses that hang on it."""
    without = {
        child
        for child in sentence.children[head]
        if sentence[child].dep in ("relcl", "acl", "advcl", "punct")
    }
    inside = [index for index in sentence.subtree(head, without=without) if index != cue]
    while inside and sentence[inside[-1]].pos in ("PUNCT", "CCONJ"):
        inside.pop()
    return frozenset(inside)


def _iter_cases(line: Line, number: int) -> Iterator[Case]:
    """The words of a sentence that may attribute, each with the stretches that the tree offers it."""
    sentence = line.sentence
    ours = {speech.verb: speech.content for speech in line.speeches if speech.verb is not None}
    quoted = _find_quoted(sentence)
    for token in sentence.tokens:
        if token.pos not in _WORDS and token.text.lower() != "according":
            continue
        if token.pos == "AUX" and token.dep in ("aux", "auxpass"):
            continue
        offered: dict[Tokens, str] = {}
        for how, content in _iter_contents(sentence, token.index, quoted):
            trimmed = _trim(sentence, content)
            if trimmed and token.index not in trimmed:
                offered.setdefault(trimmed, how)
        own = ours.get(token.index)
        if own and token.index not in own:
            offered.setdefault(_trim(sentence, own), "ours")
        if not offered:
            continue
        common = tuple(_iter_cue_features(line, token.index, own, bool(quoted)))
        for content, how in offered.items():
            features = tuple(_iter_content_features(sentence, token.index, content, how, own, quoted))
            lemma = lemma_of(token)
            crossed = tuple(f"{lemma} {name}" for name in features[:4])
            yield Case(number, token.index, content, (*common, *features, *crossed))


def _iter_contents(sentence: Sentence, cue: int, quoted: Tokens) -> Iterator[tuple[str, Tokens]]:
    end = len(sentence)
    for child in sentence.children[cue]:
        dep = sentence[child].dep
        if dep in (
            "ccomp",
            "xcomp",
            "advcl",
            "acl",
            "relcl",
            "dobj",
            "parataxis",
            "pobj",
            "attr",
            "acomp",
            "oprd",
        ):
            yield dep, frozenset(sentence.subtree(child))
        if dep == "dobj":
            yield "dobj on", frozenset(range(min(sentence.subtree(child)), max(sentence.subtree(cue)) + 1))
        if dep == "prep" and child > cue:
            below = frozenset(sentence.subtree(child))
            yield f"prep {sentence[child].lemma.lower()}", below
            yield "after prep", below - {child}
    after = frozenset(index for index in sentence.subtree(cue) if index > cue)
    if after:
        yield "all below", after
    token = sentence[cue]
    if token.dep in ("parataxis", "ccomp", "advcl", "prep", "ROOT", "acl"):
        phrase = frozenset(sentence.subtree(cue))
        if token.dep != "ROOT":
            yield "all else", frozenset(range(end)) - phrase
            yield "over", frozenset(sentence.subtree(token.head)) - phrase
        subject = sentence.child(cue, "nsubj")
        around = {cue} if subject is None else {cue, *sentence.subtree(subject)}
        yield "before", frozenset(range(min(around)))
    if quoted:
        yield "quoted", quoted
        yield "quoted after", frozenset(index for index in quoted if index > cue)


def _find_quoted(sentence: Sentence) -> Tokens:
    """Tokens between quotation marks, the marks included; a mark without a partner reaches to the sentence's end."""
    found: set[int] = set()
    opened: int | None = None
    for token in sentence.tokens:
        if token.text not in _MARKS:
            continue
        if opened is None and token.text in ("”", "»", "''"):
            found.update(range(token.index + 1))
        elif opened is None:
            opened = token.index
        else:
            found.update(range(opened, token.index + 1))
            opened = None
    if opened is not None:
        found.update(range(opened, len(sentence)))
    return frozenset(found)


def _trim(sentence: Sentence, content: Tokens) -> Tokens:
    """Without commas and full stops at either end."""
    kept = sorted(content)
    while kept and sentence[kept[0]].text in (",", ".", ":", ";", "-", "–", "—"):
        kept.pop(0)
    while kept and sentence[kept[-1]].text in (",", ".", ":", ";", "-", "–", "—"):
        kept.pop()
    return frozenset(kept)


def _iter_cue_features(line: Line, cue: int, own: Tokens | None, quotes: bool) -> Iterator[str]:
    sentence = line.sentence
    token = sentence[cue]
    lemma = lemma_of(token)
    yield f"cue={lemma}"
    yield f"cue tag={lemma} {token.tag}"
    yield f"cue dep={token.dep} {token.pos}"
    yield f"cue suffix={lemma[-4:]}"
    yield f"up={lemma_of(sentence[token.head])} {token.dep}"
    yield f"ours={own is not None}"
    yield f"quotes={quotes}"
    for child in sentence.children[cue]:
        kid = sentence[child]
        yield f"kid dep={kid.dep}"
        if kid.dep in ("aux", "auxpass", "neg", "prt", "prep", "dobj", "det", "poss"):
            yield f"kid={kid.dep} {lemma_of(kid)}"
    source = find_source(line, cue)
    yield f"source={bool(source)}"
    if source:
        last = sentence[max(source)]
        kinds = sorted({unit.kind for unit in line.units if unit.head in source})
        yield f"source head={last.lemma.lower()}"
        yield f"source kind={last.pos} {last.entity}"
        yield f"cue|source={lemma} {last.pos}"
        yield from (f"source unit={kind}" for kind in kinds)


def _iter_content_features(
    sentence: Sentence, cue: int, content: Tokens, how: str, own: Tokens | None, quoted: Tokens
) -> Iterator[str]:
    first, last = min(content), max(content)
    side = "before" if last < cue else "after" if first > cue else "around"
    yield f"how={how}"
    yield f"how|side={how} {side}"
    yield f"first={sentence[first].text.lower()}"
    yield f"first pos={sentence[first].pos} {sentence[first].dep}"
    yield f"size={min(len(content) // 3, 8)}"
    yield f"pos={sentence[cue].pos} {how}"
    yield f"near={first - cue if abs(first - cue) < 4 else side}"
    yield f"ours alike={own is not None and _share(content, own) > 0.8}"
    if own is not None:
        yield f"ours share={int(4 * _share(content, own))}"
    inside = content & quoted
    yield f"quoted={'all' if len(inside) == len(content) else 'some' if inside else 'none'}"
    yield f"has verb={any(sentence[index].pos in ('VERB', 'AUX') for index in content)}"
    yield f"whole={content == frozenset(range(first, last + 1))}"
