"""What events can be found by, and in which order they stand."""

from dataclasses import replace
from datetime import date

import pytest

from foedus.ledger import Derived, Facts, Sought, open_ledger
from foedus.model.event import Conflict, Event, Slot
from foedus.model.when import Basis, Precision, When


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "l.db") as opened:
        yield opened


@pytest.fixture
def fill(ledger, make_article, make_claim, make_document):
    """Fill the ledger: ``{event: [(document, published, slots of its claim)]}``; a time in `when` is the event's."""

    def fill(contents, *, conflicts=(), corrected=None):
        events, claims = [], {}
        for id, told in contents.items():
            own = []
            for name, published, slots in told:
                publisher = slots.pop("publisher", "The Paper")
                article = make_article(name, published=published, publisher=publisher)
                claim = make_claim(name, quote=slots.pop("quote", f"words of {name}"), **slots)
                document = make_document(name, digest=name)
                ledger.write_facts([Facts(name, "/in", name, document, (article,), (claim,))], version="1")
                own.append(claim)
            lead = own[0]
            claims[id] = own
            ids = tuple(claim.id for claim in own)
            slots = (lead.actors, lead.subject, lead.when, lead.status, lead.stage)
            events.append(Event(id, lead.type, ids, *slots, len(ids), ()))
        made = tuple(
            Conflict(
                f"x-{event}",
                event,
                Slot.WHEN,
                ((claims[event][0].id,), (claims[event][1].id,)),
                "They differ.",
            )
            for event in conflicts
        )
        changed = tuple(replace(claims[event][0], **slots) for event, slots in (corrected or {}).items())
        ledger.write_derived(Derived((), tuple(events), made, corrected=changed))
        return claims

    return fill


def find(ledger, **asked):
    return [entry.event for entry in ledger.find_events(Sought(**asked))]


def test_events_stand_in_the_order_of_time_and_the_undated_where_they_were_published(ledger, fill):
    since = When(date(2020, 2, 1), None, Precision.DAY, None, Basis.STATED)
    fill(
        {
            "e-late": [("a.txt", date(2020, 9, 1), {"when": date(2020, 3, 1)})],
            "e-open": [("b.txt", date(2020, 9, 1), {"when": since})],
            "e-reported": [("c.txt", date(2020, 2, 15), {"when": None})],
            "e-never": [("d.txt", None, {"when": None})],
            "e-early": [("e.txt", date(2020, 9, 1), {"when": date(2019, 1, 1)})],
        }
    )
    assert find(ledger) == ["e-early", "e-open", "e-reported", "e-late", "e-never"]
    entries = ledger.find_entries(["e-reported", "e-never", "e-open"])
    assert (entries["e-reported"].is_dated, entries["e-reported"].first) == (False, date(2020, 2, 15))
    assert (entries["e-open"].is_dated, entries["e-open"].last) == (True, None)
    assert (entries["e-never"].first, entries["e-never"].published) == (None, None)


def test_an_entry_counts_claims_and_conflicts_and_names_the_surest_claim(ledger, fill):
    claims = fill(
        {
            "e-1": [
                ("a.txt", date(2020, 1, 1), {"confidence": 0.4}),
                ("b.txt", date(2020, 1, 9), {"confidence": 0.8}),
            ]
        },
        conflicts=["e-1"],
    )
    entry = ledger.find_entries(["e-1"])["e-1"]
    assert (entry.claims, entry.sources, entry.conflicts) == (2, 2, 1)
    assert (entry.confidence, entry.lead) == (0.8, claims["e-1"][1].id)
    assert entry.published == date(2020, 1, 9)
    assert find(ledger, disputed=True) == ["e-1"]


def test_events_are_found_by_each_actor_and_pair_but_not_by_each_pair_of_very_many(ledger, fill):
    few = [("FIN", "both"), ("NOR", "both"), ("SWE", "both")]
    many = [(f"ORG:{number:02}", "both") for number in range(13)]
    fill(
        {
            "e-few": [("a.txt", date(2020, 1, 1), {"actors": few})],
            "e-many": [("b.txt", date(2020, 1, 2), {"actors": many})],
        }
    )
    assert find(ledger, actors=("SWE", "FIN")) == ["e-few"]
    assert find(ledger, actors=("ORG:12",)) == ["e-many"]
    assert [count.term for count in ledger.list_terms("dyad")] == ["FIN NOR", "FIN SWE", "NOR SWE"]
    assert {count.term: count.events for count in ledger.list_terms("actor")}["ORG:07"] == 1


def test_events_are_found_by_publisher_place_document_and_words_of_every_claim(ledger, fill):
    fill(
        {
            "e-1": [
                ("a.txt", date(2020, 1, 1), {"place": ("Oslo",), "quote": "They signed the Évora pact"}),
                ("b.txt", date(2020, 1, 1), {"place": ("Bergen",), "publisher": "Fjord Weekly"}),
            ],
            "e-2": [("c.txt", date(2020, 1, 1), {"place": ("Oslo",)})],
        }
    )
    assert find(ledger, place="Bergen") == ["e-1"]
    assert sorted(find(ledger, place="Oslo")) == ["e-1", "e-2"]
    assert find(ledger, publisher="Fjord Weekly") == ["e-1"]
    assert find(ledger, document="b.txt") == ["e-1"]
    assert find(ledger, words="evora SIGNED") == ["e-1"]
    assert find(ledger, words='"evora signed"') == []
    assert {count.term: count.events for count in ledger.list_terms("place")} == {"Bergen": 1, "Oslo": 2}


def test_a_place_that_people_corrected_is_the_one_to_find_it_by(ledger, fill):
    fill(
        {"e-1": [("a.txt", date(2020, 1, 1), {"place": ("Oslo",)})]},
        corrected={"e-1": {"place": ("Bergen",)}},
    )
    assert find(ledger, place="Bergen") == ["e-1"]
    assert find(ledger, place="Oslo") == []


def test_what_is_derived_anew_is_listed_anew(ledger, fill):
    fill({"e-1": [("a.txt", date(2020, 1, 1), {"quote": "old words", "place": ("Oslo",)})]})
    fill({"e-2": [("a.txt", date(2020, 1, 1), {"quote": "new words", "place": ("Bergen",)})]})
    assert find(ledger) == ["e-2"]
    assert find(ledger, words="old") == []
    assert find(ledger, words="new") == ["e-2"]
    assert [count.term for count in ledger.list_terms("place")] == ["Bergen"]
