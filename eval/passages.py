"""How the coder does on the codebook's held-out passages, which it was never trained on.

python eval/passages.py            one row a setting: encoder and linear model mixed, either alone
python eval/passages.py --slots    how well slots are filled where cue and type are given, by weight of the encoder
"""

import sys
from collections.abc import Sequence

from foedus.codebook import ExpectedClaim, Passage, load_codebook
from foedus.coder import decide
from foedus.coder.code import pick_deeds
from foedus.coder.decide import Deed
from foedus.coder.encoder import Slot, load_encoder
from foedus.coder.mixing import MIX
from foedus.coder.quantities import load_numbers
from foedus.coder.scene import Line, Tools
from foedus.coder.write import Writer
from foedus.lang import load_language
from foedus.model.claim import Claim
from foedus.model.when import When
from foedus.syntax import load_analyser
from train import as_article, find_token, read_passage, to_candidate


def main() -> int:
    """Print the table."""
    codebook = load_codebook(examples=True)
    analyser = load_analyser("en")
    assert analyser is not None
    tools = Tools(codebook, load_language("en"), analyser, load_encoder())
    read = [(passage, read_passage(passage, tools)) for passage in codebook.passages if passage.held_out]
    if "--slots" in sys.argv[1:]:
        return print_slots(read, tools)
    print("linear  encoder  least  claims  precision  recall  F1     F1 whatever the type")
    for mix in ((1.0, 0.0), (0.0, 1.0), (0.3, 0.7), (0.4, 0.6), (0.5, 0.5)):
        MIX["type"] = mix
        for least in (0.3, 0.35, 0.4, 0.5):
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


def print_slots(read: Sequence[tuple[Passage, tuple[Line, ...]]], tools: Tools) -> int:
    """One row a weight of the encoder: F1 of every slot that it has a say in."""
    print("weight  " + "  ".join(f"{slot.value:7}" for slot in Slot))
    for weight in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        MIX.update(dict.fromkeys(Slot, (1.0 - weight, weight)))
        counts = measure_slots(read, tools)
        print(f"{weight:6}  " + "  ".join(f"{2 * hit / max(both, 1):7.3f}" for hit, both in counts.values()))
    return 0


def measure_slots(
    read: Sequence[tuple[Passage, tuple[Line, ...]]], tools: Tools
) -> dict[Slot, tuple[int, int]]:
    """For each slot how many fillers are right, and how many there are in what is said and in what is expected."""
    modality, numbers = decide.load_modality(tools.language), load_numbers(tools.language)
    counts = dict.fromkeys(Slot, (0, 0))
    for passage, lines in read:
        writer = Writer(*as_article(passage), tools.codebook, tools.words, numbers, modality, lines)
        told: dict[int, list[tuple[Deed, ExpectedClaim]]] = {}
        for claim in passage.claims:
            place = find_token(lines, claim.cue_span)
            if place is not None:
                deed = Deed(to_candidate(lines[place[0]], place[1]), claim.type, 1.0)
                told.setdefault(place[0], []).append((deed, claim))
        for number, pairs in sorted(told.items()):
            for deed, claim in pairs:
                written = writer.write(lines[number], deed, [deed for deed, _ in pairs])[0]
                for slot, (hit, both) in counts.items():
                    one, other = fillers(written, slot), fillers(claim, slot)
                    counts[slot] = (hit + len(one & other), both + len(one) + len(other))
    return counts


def fillers(claim: Claim | ExpectedClaim, slot: Slot) -> set[str]:
    """What a claim has in a slot."""
    if slot is Slot.TIME:
        when = claim.when
        ends = (when.first, when.last) if isinstance(when, When) else when
        return {str(ends)} if ends is not None and ends != (None, None) else set()
    if slot is Slot.SUBJECT:
        return set((claim.subject or "").casefold().split())
    names = claim.place if slot is Slot.PLACE else claim.agents
    return {name.casefold() for name in names}


if __name__ == "__main__":
    raise SystemExit(main())
