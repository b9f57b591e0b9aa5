"""Write the codebook's passages as labelled words, one JSON object a passage: what `train_encoder.py` reads.

python eval/encoder_rows.py OUTPUT.jsonl
"""

import json
import sys
from pathlib import Path
from typing import Any

from foedus.codebook import Passage, load_codebook
from foedus.coder.encoder import NONE
from foedus.coder.scene import Line, Tools
from foedus.lang import load_language
from foedus.syntax import load_analyser
from train import find_token, read_passage


def main() -> int:
    """Write the rows."""
    codebook = load_codebook(examples=True)
    analyser = load_analyser("en")
    assert analyser is not None
    tools = Tools(codebook, load_language("en"), analyser, None)
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for passage in codebook.passages:
            out.write(json.dumps(to_row(passage, read_passage(passage, tools)), ensure_ascii=False) + "\n")
    return 0


def to_row(passage: Passage, lines: tuple[Line, ...]) -> dict[str, Any]:
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


if __name__ == "__main__":
    raise SystemExit(main())
