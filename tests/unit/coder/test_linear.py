"""The linear model."""

import numpy as np
import pytest

from foedus.coder.linear import LinearModel, load_model


def make_model():
    weights = np.array([[2.0, -2.0], [-1.0, 1.0]], dtype=np.float32)
    return LinearModel(["yes", "no"], ["a", "b"], weights, np.zeros(2, dtype=np.float32))


def test_probabilities_sum_to_one():
    assert sum(make_model().probabilities(["a", "b"]).values()) == pytest.approx(1.0)


def test_a_feature_counts_once():
    model = make_model()
    assert model.probabilities(["a", "a"]) == model.probabilities(["a"])


def test_unknown_features_count_nothing():
    assert make_model().probabilities(["x"]) == {"yes": 0.5, "no": 0.5}


def test_bytes_round_trip():
    model = make_model()
    again = LinearModel.from_bytes(model.to_bytes())
    assert again.probabilities(["a"]) == model.probabilities(["a"])
    assert again.to_bytes() == model.to_bytes()


@pytest.mark.parametrize("name", ["type", "status", "stage", "role"])
def test_the_models_that_ship_load(name):
    assert len(load_model(name).classes) >= 4
