import pytest

from foedus.model.claim import ClaimType, Plover, Status
from foedus.views.data_files import load_data
from foedus.views.standing import Tally, compare, count_tally, find_category, find_direction, list_categories


def test_every_type_has_one_category_and_every_word_its_rule():
    types = [name for category in load_data("brief")["categories"] for name in category["types"]]
    assert sorted(types) == sorted(kind.value for kind in ClaimType)
    assert set(load_data("brief")["directions"]) == {root.value for root in Plover}
    assert set(load_data("brief")["statuses"]) == {status.value for status in Status}
    assert [find_category(kind) for kind in (ClaimType.AGREEMENT, ClaimType.CLASH)] == [
        list_categories()[0],
        list_categories()[-1],
    ]
    assert len(list_categories()) == 7


@pytest.mark.parametrize(
    ("plover", "status", "direction"),
    [
        ("COOPERATE", "happened", 1),
        ("AGREE", "planned", 1),
        ("CONSULT", "proposed", 0),
        ("AID", "possible", 0),
        ("COOPERATE", "denied", -1),
        ("ASSAULT", "happened", -1),
        ("THREATEN", "planned", -1),
        ("ASSAULT", "denied", 0),
        ("REQUEST", "proposed", 0),
        ("REQUEST", "denied", 0),
        ("RETREAT", "happened", 1),
    ],
)
def test_which_way_an_event_points(make_claim, plover, status, direction):
    assert find_direction(make_claim(plover=plover, status=status)) == direction


def test_a_mobilisation_points_toward_cooperation_only_when_all_join_in(make_claim):
    def point(kind, *actors, plover="MOBILIZE"):
        return find_direction(make_claim(type=kind, stage=None, plover=plover, actors=actors))

    joint, aimed = (("NOR", "both"), ("SWE", "both")), (("NOR", "source"), ("SWE", "target"))
    assert point("buildup", *joint) == point("deployment", *joint) == 1
    assert point("buildup", *aimed) == point("buildup", ("NOR", "both")) == point("buildup") == -1
    assert point("deployment", *aimed) == point("deployment", *aimed, plover="RETREAT") == 0


def test_a_tally_counts_each_way():
    tally = count_tally([1, 1, 0, -1], 5)
    assert tally == Tally(2, 1, 1, 5)
    assert tally.events == 4


@pytest.mark.parametrize(
    ("now", "before", "standing"),
    [
        (Tally(0, 0, 0, 0), Tally(1, 0, 0, 3), "not covered"),
        (Tally(0, 0, 0, 3), Tally(1, 0, 0, 3), "nothing found"),
        (Tally(0, 0, 0, 3), Tally(0, 0, 0, 0), "nothing found"),
        (Tally(5, 0, 0, 3), Tally(0, 0, 0, 0), "not covered"),
        (Tally(1, 0, 0, 3), Tally(0, 0, 0, 3), "better"),  # the first event after none, covered alike
        (Tally(0, 1, 0, 3), Tally(0, 0, 0, 3), "worse"),
        (Tally(3, 0, 0, 3), Tally(1, 0, 0, 3), "better"),  # exactly one standard error
        (Tally(4, 0, 0, 3), Tally(2, 0, 0, 3), "unchanged"),
        (Tally(6, 0, 0, 12), Tally(1, 0, 0, 2), "unchanged"),  # more articles, not more news an article
        (Tally(5, 0, 0, 6), Tally(0, 0, 0, 1), "unchanged"),  # the period before is hardly covered
        (Tally(2, 2, 0, 4), Tally(2, 2, 0, 4), "mixed"),
        (Tally(4, 1, 0, 4), Tally(0, 3, 0, 4), "better"),
        (Tally(0, 0, 2, 4), Tally(0, 0, 0, 4), "unchanged"),
        (Tally(0, 0, 2, 4), Tally(4, 0, 0, 4), "worse"),
    ],
)
def test_how_a_category_stands(now, before, standing):
    assert compare(now, before) == standing
