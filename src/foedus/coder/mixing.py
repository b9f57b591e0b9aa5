"""Two opinions as one: what a linear model or a rule says, and what the encoder says."""

from collections.abc import Mapping
from math import exp, log

MIX = {
    "type": (0.3, 0.7),
    "status": (0.5, 0.5),
    "stage": (0.5, 0.5),
    "role": (0.5, 0.5),
    "carried": (0.5, 0.5),
    "subject": (0.6, 0.4),
    "place": (0.7, 0.3),
    "time": (0.7, 0.3),
    "agent": (0.5, 0.5),
}
"""Weights of the linear model, of agents the rule, and of the encoder (docs/benchmarks.md)."""

FLOOR = 1e-6


def mix(shares: Mapping[str, float], logs: Mapping[str, float] | None, name: str) -> dict[str, float]:
    """Probabilities of the linear model and of the encoder as one: a weighted product, made to sum to 1.

    Args:
        shares: Probabilities by class.
        logs: Log-probabilities of all classes by the encoder; None where it has not read the words.
        name: Which pair of weights of `MIX`.
    """
    if logs is None:
        return dict(shares)
    linear, encoded = MIX[name]
    scores = {
        key: linear * log(max(shares.get(key, 0.0), FLOOR)) + encoded * max(logs[key], log(FLOOR))
        for key in logs
    }
    top = max(scores.values())
    powers = {key: exp(score - top) for key, score in scores.items()}
    total = sum(powers.values())
    return {key: power / total for key, power in powers.items()}
