"""Words in context as vectors, and what the trained heads say of them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.coder.pieces import Pieces, load_pieces
from foedus.model.actor import Role
from foedus.model.claim import ClaimType, Stage, Status

NONE = "none"
YES, NO = "yes", "no"
MAX_PIECES = 320
"""Word pieces looked at together, as in training; a longer paragraph is read in stretches."""

TYPES = (NONE, *(claim_type.value for claim_type in ClaimType))
STATUSES = tuple(status.value for status in Status)
STAGES = tuple(stage.value for stage in Stage)
ROLES = (NONE, *(role.value for role in Role))


class Slot(StrEnum):
    """What words of a paragraph may be to a deed."""

    SUBJECT = "subject"
    PLACE = "place"
    TIME = "time"
    AGENT = "agent"


Vectors = NDArray[np.float32]


class Encoder:
    """The fine-tuned encoder that ships with the package; runs on one thread, so that its numbers do not vary."""

    @property
    def _pieces(self) -> Pieces:
        return load_pieces()

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(files("foedus.coder").joinpath("data", "encoder.onnx")) as path:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _heads(self) -> Mapping[str, NDArray[np.float32]]:
        path = files("foedus.coder").joinpath("data", "heads.npz")
        with path.open("rb") as file, np.load(file) as archive:
            return {name: archive[name].astype(np.float32) for name in archive.files}

    def encode(self, sentences: Sequence[Sequence[str]]) -> tuple[Vectors, ...]:
        """Vectors of the words of a paragraph.

        Args:
            sentences: The words of each sentence of one paragraph.

        Returns:
            One array a sentence, one row a word; a word without pieces has zeros.
        """
        found: list[Vectors] = []
        batch: list[Sequence[str]] = []
        pieces = 0
        for words in sentences:
            size = sum(len(self._pieces.split(word)) for word in words)
            if batch and pieces + size > MAX_PIECES - 2:
                found.extend(self._encode(batch))
                batch, pieces = [], 0
            batch.append(words)
            pieces += size
        if batch:
            found.extend(self._encode(batch))
        return tuple(found)

    def _encode(self, sentences: Sequence[Sequence[str]]) -> list[Vectors]:
        words = [word for sentence in sentences for word in sentence]
        numbers, places = self._pieces.encode(words)
        ids = np.array([numbers[:MAX_PIECES]], dtype=np.int64)
        (hidden,) = self._session.run(["vectors"], {"ids": ids, "mask": np.ones_like(ids)})
        rows = np.zeros((len(words), hidden.shape[2]), dtype=np.float32)
        seen: set[int] = set()
        for piece, word in enumerate(places[:MAX_PIECES]):
            if word >= 0 and word not in seen:
                seen.add(word)
                rows[word] = hidden[0, piece]
        out = []
        start = 0
        for sentence in sentences:
            out.append(rows[start : start + len(sentence)])
            start += len(sentence)
        return out

    def weigh_types(self, vectors: Vectors) -> Vectors:
        """Log-probabilities of `TYPES` for each word: an array (words, types)."""
        heads = self._heads
        return _log_softmax(vectors @ heads["kind.weight"].T + heads["kind.bias"])

    def weigh_statuses(self, vector: Vectors, claim_type: str) -> dict[str, float]:
        """Log-probability of each status for a cue."""
        return self._weigh("status", STATUSES, self._with_kind(vector, claim_type))

    def weigh_stages(self, vector: Vectors, claim_type: str) -> dict[str, float]:
        """Log-probability of each stage for a cue."""
        return self._weigh("stage", STAGES, self._with_kind(vector, claim_type))

    def weigh_roles(self, cue: Vectors, unit: Vectors, claim_type: str) -> dict[str, float]:
        """Log-probability of each role, and of none, for the words of an actor beside a cue."""
        return self._weigh("role_outer", ROLES, self._join("role_inner", cue, unit, claim_type))

    def weigh_slot(self, cue: Vectors, word: Vectors, claim_type: str, slot: Slot) -> dict[str, float]:
        """Log-probability that a word fills a slot of a cue's claim (`YES`), and that it does not (`NO`)."""
        inner = self._join("slot_inner", cue, word, claim_type)
        row = tuple(Slot).index(slot)
        odds = float(self._heads["slot_outer.weight"][row] @ inner + self._heads["slot_outer.bias"][row])
        return {YES: -float(np.logaddexp(0.0, -odds)), NO: -float(np.logaddexp(0.0, odds))}

    def _join(self, head: str, cue: Vectors, word: Vectors, claim_type: str) -> Vectors:
        """Inner layer of a head over two words and the type of a claim."""
        both = np.concatenate([cue, word, self._heads["kinds.weight"][TYPES.index(claim_type)]])
        inner: Vectors = both @ self._heads[f"{head}.weight"].T + self._heads[f"{head}.bias"]
        return np.maximum(inner, 0.0)

    def _with_kind(self, vector: Vectors, claim_type: str) -> Vectors:
        return np.concatenate([vector, self._heads["kinds.weight"][TYPES.index(claim_type)]])

    def _weigh(self, head: str, names: Sequence[str], vector: Vectors) -> dict[str, float]:
        scores = vector @ self._heads[f"{head}.weight"].T + self._heads[f"{head}.bias"]
        return dict(zip(names, _log_softmax(scores).tolist(), strict=True))


@cache
def load_encoder() -> Encoder:
    """The encoder, loaded when first used."""
    return Encoder()


def _log_softmax(scores: Vectors) -> Vectors:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Vectors = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
