import pytest

from foedus.errors import DataFileError
from foedus.matching import weights
from foedus.matching.data_files import load_data
from foedus.matching.weights import NEVER, load_weights
from foedus.model.claim import ClaimType


@pytest.mark.parametrize("claim_type", list(ClaimType))
@pytest.mark.parametrize("same_article", [True, False])
def test_every_type_has_weights(claim_type: ClaimType, same_article: bool) -> None:
    loaded = load_weights(claim_type, same_article)
    assert loaded.by_name["subject.same_name"] > 0 > loaded.by_name["subject.different"]
    assert loaded.by_name["actors.apart"] == NEVER


def test_weights_sum_up_and_never_wins() -> None:
    loaded = load_weights(ClaimType.AGREEMENT, True)
    names = ["subject.same_name", "actors.equal"]
    assert loaded.weigh(names) == loaded.start + sum(loaded.by_name[name] for name in names)
    assert loaded.weigh([*names, "actors.apart"]) == NEVER


def test_a_type_may_weigh_otherwise() -> None:
    agreement, visit = (load_weights(kind, True) for kind in (ClaimType.AGREEMENT, ClaimType.CONSULTATION))
    assert agreement.by_name["time.apart"] > visit.by_name["time.apart"]


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"same_article": {"subject": {"same_name": 1}}, "by_type": {}},
        {"same_article": {"start": {"default": "many"}, "subject": {}}, "by_type": {}},
        {"same_article": {"start": {"default": 0}}, "by_type": {"clash": {"same_article": {"time.late": 1}}}},
    ],
)
def test_a_malformed_table_is_refused(monkeypatch: pytest.MonkeyPatch, table: dict[str, object]) -> None:
    monkeypatch.setattr(weights, "load_data", lambda _name: table)
    with pytest.raises(DataFileError, match=r"weights\.yaml"):
        load_weights.__wrapped__(ClaimType.CLASH, True)


def test_a_missing_data_file_is_named() -> None:
    with pytest.raises(DataFileError, match=r"nowhere\.yaml"):
        load_data("nowhere.yaml")
