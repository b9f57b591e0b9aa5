"""A linear model over named features: weights as data, NumPy at run time."""

import io
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Features = Iterable[str]


class LinearModel:
    """Probabilities of classes from the features that are present.

    Args:
        classes: Names of the classes.
        features: Names of the features, sorted.
        weights: One row a feature, one column a class.
        bias: One number a class.
    """

    def __init__(
        self,
        classes: Sequence[str],
        features: Sequence[str],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        self.classes = tuple(classes)
        self._rows = {name: row for row, name in enumerate(features)}
        self._weights = weights
        self._bias = bias

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the features it knows."""
        return tuple(self._rows)

    def probabilities(self, features: Features) -> dict[str, float]:
        """Probability of each class; unknown features count nothing."""
        rows = [row for name in dict.fromkeys(features) if (row := self._rows.get(name)) is not None]
        scores = self._bias + self._weights[rows].sum(axis=0) if rows else self._bias.copy()
        scores = scores - scores.max()
        exponents = np.exp(scores.astype(np.float64))
        shares = exponents / exponents.sum()
        return dict(zip(self.classes, shares.tolist(), strict=True))

    def to_bytes(self) -> bytes:
        """The model as a compressed NumPy archive, the same bytes for the same model."""
        buffer = io.BytesIO()
        names = "\n".join(self._rows).encode()
        np.savez_compressed(
            buffer,
            classes=np.frombuffer("\n".join(self.classes).encode(), dtype=np.uint8),
            features=np.frombuffer(names, dtype=np.uint8),
            weights=self._weights.astype(np.float16),
            bias=self._bias.astype(np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "LinearModel":
        """A model that `to_bytes` wrote."""
        with np.load(io.BytesIO(data)) as archive:
            classes = archive["classes"].tobytes().decode().split("\n")
            features = archive["features"].tobytes().decode().split("\n")
            return cls(classes, features, archive["weights"].astype(np.float32), archive["bias"])


@cache
def load_model(name: str) -> LinearModel:
    """A model that ships with the package.

    Args:
        name: Its file in ``coder/data`` without the ending: ``type``, ``status``, ``subject``, …
    """
    return LinearModel.from_bytes(files("foedus.coder").joinpath("data", f"{name}.npz").read_bytes())
