"""Write the codebook's passages as labelled words, one JSON object a passage: what `train_encoder.py` reads.

python eval/encoder_rows.py OUTPUT.jsonl
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foedus.codebook import ExpectedClaim, Passage, load_codebook
from foedus.coder.details import iter_place_names
from foedus.coder.encoder import NONE, Slot
from foedus.coder.links import find_top, iter_heads, match_phrase
from foedus.coder.scene import Line, Tools
from foedus.coder.units import Words
from foedus.coder.write import BACK
from foedus.lang import load_language
from foedus.syntax import load_analyser
from train import find_token, is_place_of, is_time_of, read_passage, to_candidate


def main() -> int:
    """Write the rows."""
    codebook = load_codebook(examples=True)
    analyser = load_analyser("en")
    assert analyser is not None
    tools = Tools(codebook, load_language("en"), analyser, None)
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for passage in codebook.passages:
            out.write(
                json.dumps(to_row(passage, read_passage(passage, tools), tools.words), ensure_ascii=False)
                + "\n"
            )
    return 0


def to_row(passage: Passage, lines: tuple[Line, ...], known: Words) -> dict[str, Any]:
    """A passage as words, each with its part of speech; where sentences begin; its claims by word number."""
    words: list[str] = []
    parts: list[str] = []
    begins: list[int] = []
    for line in lines:
        begins.append(len(words))
        words.extend(token.text for token in line.sentence.tokens)
        parts.extend(token.pos for token in line.sentence.tokens)
    claims = []
    for claim in passage.claims:
        place = find_token(lines, claim.cue_span)
        if place is None:
            continue
        roles = {actor.code: actor.role.value for actor in claim.actors}
        units = [
            [begins[line.number] + unit.head, roles.get(unit.codes[0], NONE)]
            for line in lines
            for unit in line.units
            if unit.codes and line.number <= place[0]
        ]
        claims.append(
            {
                "cue": begins[place[0]] + place[1],
                "type": claim.type.value,
                "status": claim.status.value,
                "stage": claim.stage.value if claim.stage else None,
                "units": units,
                "slots": [
                    [begins[number] + index, slot, right]
                    for number, index, slot, right in iter_slots(claim, *place, lines, known)
                ],
            }
        )
    return {
        "id": passage.id,
        "held_out": passage.held_out,
        "words": words,
        "parts": parts,
        "begins": begins,
        "claims": claims,
    }


def iter_slots(
    claim: ExpectedClaim, number: int, cue: int, lines: tuple[Line, ...], words: Words
) -> Iterator[tuple[int, int, str, bool]]:
    """Words that may fill a slot of a claim: sentence, token, slot, whether it does."""
    here = lines[number]
    phrase = match_phrase(here, claim.subject) if claim.subject else None
    if phrase is not None:
        wanted = find_top(here.sentence, *phrase)
        for head in iter_heads(here, to_candidate(here, cue)):
            yield number, head, Slot.SUBJECT, head == wanted
    for line in lines[max(number - BACK, 0) : number + 1]:
        for span in iter_place_names(line, words):
            is_place = is_place_of(claim, line.words(*span))
            yield line.number, find_top(line.sentence, *span), Slot.PLACE, is_place
        for first, last, mention in line.times:
            top = find_top(line.sentence, first, last)
            yield line.number, top, Slot.TIME, is_time_of(claim, mention)
        for unit in line.units:
            if unit.agent is not None:
                is_agent = any(is_same_name(unit.agent, name) for name in claim.agents)
                yield line.number, unit.head, Slot.AGENT, is_agent


def is_same_name(one: str, other: str) -> bool:
    """Whether one name has all words of the other: "General Amadou Keita" and "Amadou Keita"."""
    mine, yours = set(one.casefold().split()), set(other.casefold().split())
    return mine <= yours or yours <= mine


if __name__ == "__main__":
    raise SystemExit(main())
