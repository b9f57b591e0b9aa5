"""How the coder does on the codebook's held-out passages, which it was never trained on.

python eval/passages.py            one row a setting: encoder and linear model mixed, either alone
"""

from collections.abc import Sequence

from foedus.codebook import Passage, load_codebook
from foedus.coder import decide
from foedus.coder.code import pick_deeds
from foedus.coder.encoder import load_encoder
from foedus.coder.scene import Line, Tools
from foedus.lang import load_language
from foedus.syntax import load_analyser
from train import find_token, read_passage


def main() -> int:
    """Print the table."""
    codebook = load_codebook(examples=True)
    analyser = load_analyser("en")
    assert analyser is not None
    tools = Tools(codebook, load_language("en"), analyser, load_encoder())
    read = [(passage, read_passage(passage, tools)) for passage in codebook.passages if passage.held_out]
    print("linear  encoder  least  claims  precision  recall  F1     F1 whatever the type")
    for mix in ((1.0, 0.0), (0.0, 1.0), (0.3, 0.7), (0.4, 0.6), (0.5, 0.5)):
        decide.MIX["type"] = mix
        for least in (0.3, 0.4, 0.5, 0.6):
            print(f"{mix[0]:6}  {mix[1]:7}  {least:5}  {measure(read, tools, least)}")
    return 0


def measure(read: Sequence[tuple[Passage, tuple[Line, ...]]], tools: Tools, least: float) -> str:
    """Claims said, precision, recall and F1 by cue and type, and F1 by cue alone."""
    modality = decide.load_modality(tools.language)
    hits = near = said = there = 0
    for passage, lines in read:
        wanted: dict[tuple[int, int], set[str]] = {}
        for claim in passage.claims:
            place = find_token(lines, claim.cue_span)
            if place is not None:
                wanted.setdefault(place, set()).add(claim.type.value)
        there += len(wanted)
        for line in lines:
            for deed in pick_deeds(line, modality, least):
                said += 1
                types = wanted.get((line.number, deed.candidate.index), set())
                hits += deed.type.value in types
                near += bool(types)
    precision, recall = hits / max(said, 1), hits / max(there, 1)
    f1 = 2 * hits / max(said + there, 1)
    return f"{said:6}  {precision:9.3f}  {recall:6.3f}  {f1:.3f}  {2 * near / max(said + there, 1):.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
