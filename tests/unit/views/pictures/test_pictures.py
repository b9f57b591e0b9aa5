"""What the pictures draw of what they are given."""

from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.ledger import Derived, Facts, Sought, open_ledger
from foedus.model.event import Event
from foedus.model.when import Basis, Precision, When
from foedus.views import pictures
from foedus.views.actors import ActorNames
from foedus.views.event_rows import make_event_rows


def test_months_of_many_years_are_drawn_by_year():
    few = pictures.draw_months([("2017-09", 1, 2), ("2018-01", 2, 1)], pictures.LIGHT)
    assert few["encoding"]["x"]["timeUnit"] == "utcyearmonth"
    assert [value["day"] for value in few["data"]["values"]] == ["2017-09", "2018-01"]
    many = pictures.draw_months([("1990-09", 1, 2), ("2018-01", 2, 1)], pictures.LIGHT)
    assert many["encoding"]["x"]["timeUnit"] == "utcyear"


def test_months_far_from_all_others_are_left_out():
    spec = pictures.draw_months([("1815-06", 1, 1), ("2017-09", 1, 30)], pictures.LIGHT)
    assert [value["day"] for value in spec["data"]["values"]] == ["2017-09"]


@pytest.fixture(scope="module")
def draw(tmp_path_factory, make_article, make_claim, make_document):
    """Draw a line of time of events that have these times."""

    def draw(*times):
        path = tmp_path_factory.mktemp("ledger") / "l.db"
        with open_ledger(path) as ledger:
            events = []
            for number, when in enumerate(times):
                name = f"{number}.txt"
                claim = make_claim(name, when=when)
                document = make_document(name, digest=name)
                article = make_article(name)
                ledger.write_facts([Facts(name, "/", name, document, (article,), (claim,))], version="1")
                slots = (claim.actors, "Accord", claim.when, claim.status, claim.stage)
                events.append(Event(f"e-{number}", claim.type, (claim.id,), *slots, 1, ()))
            ledger.write_derived(Derived((), tuple(events)))
            rows = make_event_rows(ledger, ActorNames(load_codebook()), ledger.find_events(Sought()))
        values = pictures.draw_timeline(rows, pictures.LIGHT)["data"]["values"]
        return {value["href"].removeprefix("/events/"): value for value in values}

    return draw


def test_a_line_of_time_tells_days_stretches_and_open_ends_apart(draw):
    drawn = draw(
        date(2020, 5, 1),
        When(date(2020, 5, 1), date(2020, 5, 9), Precision.DAY, None, Basis.STATED),
        When(date(2020, 5, 1), date(2020, 5, 31), Precision.MONTH, None, Basis.STATED),
        When(date(2020, 5, 1), None, Precision.DAY, None, Basis.STATED),
        None,
    )
    assert {id: value["kind"] for id, value in drawn.items()} == {
        "e-0": "day",
        "e-1": "given",
        "e-2": "within",
        "e-3": "open",
    }
    assert len({value["lane"] for value in drawn.values()}) == len(drawn)


def test_events_at_different_times_share_a_lane(draw):
    drawn = draw(date(2010, 5, 1), date(2020, 5, 1))
    assert {value["lane"] for value in drawn.values()} == {0}


def test_nothing_to_draw_is_drawn_as_nothing(draw):
    assert draw(None) == {}
    assert pictures.draw_months([], pictures.DARK)["data"]["values"] == []
