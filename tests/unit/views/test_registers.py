"""Rows in the shape of the field's own sets."""

from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.ledger import Derived, Facts, Sought, open_ledger
from foedus.model.claim import Quantity, Stage
from foedus.model.event import Conflict, Event, Slot, StageRecord
from foedus.model.when import Basis, Precision, When
from foedus.views.actors import ActorNames
from foedus.views.registers import REGISTERS, find_series, list_rows

YEAR = When(date(2012, 1, 1), date(2012, 12, 31), Precision.YEAR, None, Basis.STATED)


def count(value, of, unit=None):
    return Quantity(value, None, unit, of, None, False)


@pytest.fixture
def list_one(tmp_path, make_article, make_claim, make_document):
    """The only row of a register over one event of claims with these slots; `event` changes slots of the event."""

    def list_one(kind, *told, stages=(), is_disputed=False):
        (register,) = (known for known in REGISTERS if known.kind == kind)
        claims = []
        with open_ledger(tmp_path / "l.db") as ledger:
            for number, slots in enumerate(told):
                name = f"{number}.txt"
                claim = make_claim(name, **({"type": register.type.value, "stage": None} | slots))
                document = make_document(name, digest=name)
                facts = Facts(name, "/", name, document, (make_article(name),), (claim,))
                ledger.write_facts([facts], version="1")
                claims.append(claim)
            lead, ids = claims[0], tuple(claim.id for claim in claims)
            slots = (lead.actors, lead.subject, lead.when, lead.status, lead.stage)
            event = Event("e-1", lead.type, ids, *slots, len(ids), stages)
            conflict = Conflict("x-1", "e-1", Slot.WHEN, ((ids[0],), (ids[-1],)), "They differ.")
            ledger.write_derived(Derived((), (event,), (conflict,) if is_disputed else ()))
            entries = ledger.find_events(Sought())
            (row,) = list_rows(ledger, ActorNames(load_codebook()), register, entries)
        assert tuple(row) == register.columns
        return row

    return list_one


def test_an_exercise_has_the_columns_of_mme(list_one):
    row = list_one(
        "exercises",
        {
            "subject": "Union Shield-2011",
            "actors": [("RUS", "both"), ("BLR", "both")],
            "when": When(date(2011, 9, 16), date(2011, 9, 22), Precision.DAY, None, Basis.STATED),
            "place": ("Nowhere", "Minsk"),
            "quantities": (count(12_000, "troops"), count(7, "day"), count(5, "money", "EUR")),
            "quote": "Union Shield-2011 began",
        },
        {"place": ("Minsk",)},
    )
    assert row["Ex_Name"] == "Union Shield-2011"
    assert row["Series_Name"] == "Union Shield"
    assert row["ccode"] == "365; 370"
    assert row["iso3"] == "RUS; BLR"
    assert row["country"] == "Russia; Belarus"
    assert (row["year"], row["StartDate"], row["EndDate"]) == (2011, "2011-09-16", "2011-09-22")
    assert row["duration"] == 7
    assert row["Location"] == "Nowhere; Minsk"
    assert (round(row["lat"]), round(row["lon"])) == (54, 28)
    assert row["FocusDescription"] == "Union Shield-2011 began"
    assert row["AdditionalParticipantInfo"] == "12,000 troops"
    assert (row["participant_count"], row["sources"], row["disputed"]) == (2, 2, 0)


def test_what_is_not_known_of_an_exercise_is_left_out(list_one):
    row = list_one("exercises", {"actors": [], "quote": "Drills went on"}, is_disputed=True)
    unknown = ("Ex_Name", "Series_Name", "year", "lat", "lon", "Location", "StartDate", "EndDate", "duration")
    assert {row[column] for column in unknown} == {None}
    assert row["precision"] is None
    assert row["disputed"] == 1


def test_an_agreement_tells_when_it_reached_each_stage(list_one):
    signed = When(date(2012, 3, 1), date(2012, 3, 1), Precision.DAY, None, Basis.STATED)
    row = list_one(
        "agreements",
        {"subject": "Accord", "stage": "ratified", "when": YEAR},
        stages=(
            StageRecord(Stage.SIGNED, signed, ("c-1",)),
            StageRecord(Stage.SIGNED, YEAR, ("c-2",)),
            StageRecord(Stage.RATIFIED, YEAR, ("c-3",)),
            StageRecord(Stage.IN_FORCE, None, ("c-4",)),
        ),
    )
    assert (row["name"], row["members"], row["bilateral"]) == ("Accord", "Norway; Sweden", 1)
    assert row["signed"] == "2012-03-01"
    assert row["ratified"] == row["when"] == "2012-01-01/2012-12-31"
    assert (row["in_force"], row["terminated"]) == (None, None)
    assert (row["stage"], row["precision"]) == ("ratified", "year")


def test_an_agreement_of_three_is_not_bilateral(list_one):
    row = list_one("agreements", {"actors": [("NOR", "both"), ("SWE", "both"), ("FIN", "both")]})
    assert row["bilateral"] == 0


def test_an_open_end_is_told_by_dots(list_one):
    since = When(date(2012, 3, 1), None, Precision.DAY, None, Basis.STATED)
    assert list_one("agreements", {"when": since})["when"] == "2012-03-01/.."


def test_a_transfer_tells_who_gives_whom_how_many(list_one):
    row = list_one(
        "transfers",
        {
            "actors": [("USA", "source"), ("POL", "target")],
            "subject": "howitzers",
            "stage": "ordered",
            "when": YEAR,
            "quantities": (count(24, "howitzers"), count(90.5, "money", "USD")),
        },
        {"stage": "delivered", "when": date(2014, 2, 1), "quantities": (count(6, "howitzers"),)},
        {"stage": "delivered", "when": date(2015, 2, 1), "quantities": (count(8.5, "howitzers"),)},
    )
    assert (row["supplier"], row["recipient"]) == ("United States", "Poland")
    assert (row["number_ordered"], row["number_delivered"]) == (24, 8.5)
    assert (row["year_of_order"], row["years_of_delivery"]) == ("2012", "2014–2015")
    assert "90.5" in row["comments"]


@pytest.mark.parametrize(
    ("subject", "series"),
    [
        (None, None),
        ("Union Shield-2011", "Union Shield"),
        ("Union Shield 2011", "Union Shield"),
        ("Cold Response '10", "Cold Response"),
        ("2013 Brave Bridge", "Brave Bridge"),
        ("Zapad 2009/10", "Zapad"),
        ("Sea Breeze (2012)", "Sea Breeze"),
        ("2012", "2012"),
        ("Flag 4", "Flag 4"),
    ],
)
def test_a_series_is_an_exercise_without_its_year(subject, series):
    assert find_series(subject) == series
