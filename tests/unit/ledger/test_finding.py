"""Pages and counts of a ledger."""

from dataclasses import replace
from datetime import date

import pytest

from foedus.errors import ConfigError, UnknownItem
from foedus.ledger import Derived, Facts, Sought, finding, open_ledger
from foedus.ledger.finding import Count, Source, to_phrases
from foedus.model.claim import ClaimType, Stage, Status
from foedus.model.event import Conflict, Event, Reprint, Slot


@pytest.fixture
def ledger(ledger_address, make_article, make_claim, make_document):
    """Six documents of one claim each; each claim is an event of its own, e-0 to e-5, a year after the other.

    The even ones are exercises of Norway and Sweden, the odd ones agreements of Chile and Peru. The last event has no
    time, nor has its article. ``d4.txt`` is a reprint of ``d2.txt``.
    """
    with open_ledger(ledger_address) as opened:
        facts, events = [], []
        for number in range(6):
            name, is_even = f"d{number}.txt", number % 2 == 0
            day = date(2010 + number, 5, 1) if number < 5 else None
            article = make_article(
                name,
                published=day,
                publisher=None if number == 5 else "Fjord Weekly" if is_even else "Andes Wire",
                language="en" if is_even else "es",
            )
            claim = make_claim(
                name,
                type="exercise" if is_even else "agreement",
                stage=None if is_even else "signed",
                actors=[("NOR", "both"), ("SWE", "both")] if is_even else [("CHL", "both"), ("PER", "both")],
                status="planned" if number == 1 else "happened",
                confidence=0.5 + number / 10,
                place=("Oslo",) if number == 0 else (),
                when=day,
            )
            facts.append(Facts(name, "/in", name, make_document(name, digest=name), (article,), (claim,)))
            slots = (claim.actors, None, claim.when, claim.status, claim.stage)
            events.append(Event(f"e-{number}", claim.type, (claim.id,), *slots, 1, ()))
        opened.write_facts(facts, version="1")
        opened.write_derived(Derived((Reprint("d4.txt", 0, "d2.txt", 0),), tuple(events)))
        yield opened


@pytest.fixture
def claims(ledger):
    return tuple(ledger.iter_claims())


@pytest.fixture
def events(ledger):
    return tuple(ledger.iter_events())


def turn_pages(find, get_id):
    """All items, two at a time."""
    seen, after = [], None
    while page := find(after=after, limit=2):
        seen += page
        after = get_id(page[-1])
    return seen


@pytest.mark.parametrize(
    ("newest", "order"),
    [(False, ["e-0", "e-1", "e-2", "e-3", "e-4", "e-5"]), (True, ["e-4", "e-3", "e-2", "e-1", "e-0", "e-5"])],
)
def test_pages_of_events_follow_each_other_and_the_timeless_come_last(ledger, newest, order):
    found = turn_pages(
        lambda **page: ledger.find_events(Sought(), newest=newest, **page), lambda entry: entry.event
    )
    assert [entry.event for entry in found] == order


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"types": (ClaimType.EXERCISE,)}, "024"),
        ({"types": (ClaimType.EXERCISE, ClaimType.AGREEMENT), "actors": ("PER",)}, "135"),
        ({"stages": (Stage.SIGNED,), "statuses": (Status.PLANNED,)}, "1"),
        ({"actors": ("SWE", "NOR")}, "024"),
        ({"actors": ("SWE", "PER")}, ""),
        ({"publisher": "Andes Wire"}, "13"),
        ({"place": "Oslo"}, "0"),
        ({"document": "d3.txt"}, "3"),
        ({"first": date(2012, 5, 1)}, "234"),
        ({"first": date(2012, 5, 2), "last": date(2013, 5, 1)}, "3"),
        ({"words": "Accord Norland", "types": (ClaimType.EXERCISE,)}, "024"),
        ({"disputed": True}, ""),
    ],
)
def test_only_what_is_asked_for_is_found_and_counted(ledger, asked, found):
    entries = ledger.find_events(Sought(**asked))
    assert "".join(entry.event.removeprefix("e-") for entry in entries) == found
    assert ledger.count_events(Sought(**asked)) == len(found)


def test_a_page_after_nothing_is_refused(ledger):
    with pytest.raises(UnknownItem, match='no event "e-9"'):
        ledger.find_events(Sought(), after="e-9")
    with pytest.raises(UnknownItem, match='no claim "c-9"'):
        ledger.find_claims(after="c-9")
    with pytest.raises(UnknownItem, match='no conflict "x-9"'):
        ledger.find_conflicts(after="x-9")


def test_facets_count_what_is_found(ledger):
    facets = ledger.count_facets(Sought(actors=("CHL",)))
    assert facets["type"] == (Count("agreement", 3),)
    assert facets["status"] == (Count("happened", 2), Count("planned", 1))
    assert facets["actor"] == (Count("CHL", 3), Count("PER", 3))
    assert facets["publisher"] == (Count("Andes Wire", 2),)
    assert facets["place"] == ()


def test_facets_of_very_many_events_name_terms_without_counts(ledger, monkeypatch):
    monkeypatch.setattr("foedus.ledger.finding.MAX_COUNTED", 2)
    few, many = Sought(document="d0.txt"), Sought(actors=("CHL",))
    assert ledger.count_facets(few)["actor"] == (Count("NOR", 1), Count("SWE", 1))
    assert ledger.count_facets(many, limit=2)["actor"] == (Count("CHL", None), Count("NOR", None))
    assert ledger.count_facets(Sought(), limit=1)["actor"] == (Count("CHL", 3),)


def test_terms_are_counted_among_the_events_found(ledger):
    assert ledger.count_terms("dyad", Sought(), limit=9) == (Count("CHL PER", 3), Count("NOR SWE", 3))
    assert ledger.count_terms("dyad", Sought(), limit=9, like="SWE") == (Count("NOR SWE", 3),)
    assert ledger.count_terms("publisher", Sought(statuses=(Status.PLANNED,)), limit=9) == (
        Count("Andes Wire", 1),
    )


def test_types_are_counted_by_month_and_year(ledger):
    norway = Sought(actors=("NOR",))
    assert ledger.count_types_by(norway, by="year") == tuple(
        (year, "exercise", 1) for year in ("2010", "2012", "2014")
    )
    assert ledger.count_types_by(norway, by="month")[0] == ("2010-05", "exercise", 1)


def test_the_span_of_what_is_found(ledger):
    assert ledger.find_span(Sought(actors=("CHL",))) == (date(2011, 5, 1), date(2013, 5, 1))
    assert ledger.find_span(Sought(document="d5.txt")) is None


def test_newest_are_those_last_reported(ledger):
    assert [entry.event for entry in ledger.find_newest(2)] == ["e-4", "e-3"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "012345"),
        ({"actor": "SWE"}, "024"),
        ({"type": ClaimType.AGREEMENT}, "135"),
        ({"status": Status.PLANNED}, "1"),
        ({"document": "d2.txt"}, "2"),
        ({"min_confidence": 0.8}, "345"),
        ({"type": ClaimType.EXERCISE, "min_confidence": 0.7}, "24"),
        ({"actor": "SWE", "type": ClaimType.EXERCISE, "status": Status.HAPPENED}, "024"),
    ],
)
@pytest.mark.parametrize("few", [0, 2, 20_000], ids=["walked", "mixed", "looked up"])
def test_claims_are_found_in_pages(ledger, asked, found, few, monkeypatch):
    monkeypatch.setattr(finding, "_FEW", few)
    pages = turn_pages(lambda **page: ledger.find_claims(**asked, **page), lambda claim: claim.id)
    assert "".join(claim.document[1] for claim in pages) == found


@pytest.mark.parametrize(
    ("slots", "asked"),
    [
        ({"type": ClaimType.TRAINING}, {"type": ClaimType.TRAINING}),
        ({"status": Status.DENIED}, {"status": Status.DENIED}),
    ],
)
def test_claims_are_found_as_people_corrected_them(ledger, claims, events, slots, asked):
    corrected = replace(claims[0], **slots)
    ledger.write_derived(Derived((), events, corrected=(corrected,)))
    assert ledger.find_claims(**asked) == (corrected,)


def test_a_corrected_claim_is_not_found_by_what_was_coded(ledger, claims, events, make_claim):
    actors = make_claim(actors=[("FIN", "both")]).actors
    corrected = replace(claims[0], actors=actors, status=Status.DENIED)
    ledger.write_derived(Derived((), events, corrected=(corrected,)))
    assert ledger.find_claims(actor="FIN") == (corrected,)
    assert [claim.document for claim in ledger.find_claims(actor="NOR")] == ["d2.txt", "d4.txt"]
    assert "d0.txt" not in [claim.document for claim in ledger.find_claims(status=Status.HAPPENED)]


def test_a_rejected_claim_is_not_found(ledger, claims, events):
    ledger.write_derived(Derived((), events[1:], rejected=(claims[0].id,)))
    assert [claim.document for claim in ledger.find_claims(actor="NOR")] == ["d2.txt", "d4.txt"]


def test_documents_and_articles_come_in_pages_by_name(ledger):
    ledger.mark_gone(["d3.txt"])
    documents = turn_pages(ledger.find_documents, lambda row: row[0])
    assert [name for name, _, _ in documents] == [f"d{number}.txt" for number in range(6)]
    assert [name for name, _, is_gone in documents if is_gone] == ["d3.txt"]
    assert ledger.is_gone("d3.txt")
    assert not ledger.is_gone("d2.txt")
    articles = turn_pages(ledger.find_articles, lambda article: (article.document, article.number))
    assert [article.document for article in articles] == [name for name, _, _ in documents]
    assert ledger.find_articles(document="d2.txt")[0].publisher == "Fjord Weekly"


def test_conflicts_come_in_pages_and_by_event_slot_and_actor(ledger, events):
    slots = (Slot.WHEN, Slot.STATUS)
    made = tuple(
        Conflict(f"x-{event}{slot.value}", f"e-{event}", slot, (("c-1",), ("c-2",)), "They differ.")
        for event in (0, 1)
        for slot in slots
    )
    ledger.write_derived(Derived((), events, made))
    expected = [conflict.id for conflict in sorted(made, key=lambda one: (one.event, one.slot.value))]
    found = turn_pages(ledger.find_conflicts, lambda one: one.id)
    assert [one.id for one in found] == expected
    assert [one.id for one in ledger.find_conflicts(event="e-1", slot="when")] == ["x-1when"]
    assert {one.event for one in ledger.find_conflicts(actor="PER")} == {"e-1"}
    assert ledger.conflict("x-1when") == made[2]
    with pytest.raises(UnknownItem, match="ids of conflicts look like"):
        ledger.conflict("x-9")


def test_originals_of_copies_and_articles_by_their_keys(ledger):
    keys = [("d4.txt", 0), ("d2.txt", 0), ("none.txt", 0)]
    assert ledger.find_originals(keys) == {("d4.txt", 0): ("d2.txt", 0)}
    assert [*ledger.articles_of(keys)] == keys[:2]
    assert ledger.find_reprints(limit=9) == ledger.reprints()
    assert ledger.find_reprints(limit=0) == ()
    (first, *others) = ledger.reprints()
    assert ledger.find_reprints(after=(first.document, first.article)) == tuple(others)
    assert ledger.find_reprints(after=("d0.txt", 7)) == (first, *others)


def test_articles_are_found_by_the_days_of_their_publication(ledger):
    found = ledger.find_published(date(2011, 5, 1), date(2013, 4, 30))
    assert [*found] == [("d1.txt", 0), ("d2.txt", 0)]
    assert found == {key: article.published for key, article in ledger.articles_of([*found]).items()}
    assert ledger.count_published(date(2011, 5, 1), date(2013, 4, 30)) == 2
    assert sum(ledger.count_by_publication().values()) == 5
    assert ledger.count_undated() == 1


def test_languages_sources_and_what_is_derived_are_counted(ledger):
    assert ledger.count_languages() == (("en", 3), ("es", 3))
    assert ledger.count_sources(9) == (
        Source("Fjord Weekly", 3, 1, 3),
        Source("Andes Wire", 2, 0, 2),
        Source(None, 1, 0, 1),
    )
    assert ledger.count_derived() == (6, 0, 1)


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("joint exercise", ["joint", "exercise"]),
        ('"joint exercise" 2012', ["joint exercise", "2012"]),
        ("NEAR(a b) OR c*", ["NEAR(a", "b)", "OR", "c*"]),
        ('un"closed', ["un closed"]),
        ("a\0b", ["a b"]),
    ],
)
def test_words_are_asked_for_as_they_are(words, phrases):
    assert to_phrases(words) == phrases


@pytest.mark.parametrize("words", ["", " ", "!!", '"--"'])
def test_no_words_are_refused(words):
    with pytest.raises(ConfigError, match="holds no word"):
        to_phrases(words)


def test_terms_of_many_events_are_those_of_the_latest(ledger, monkeypatch):
    sought = Sought(actors=("CHL",))
    (latest,) = ledger.find_events(sought, newest=True, limit=1)
    own = {actor.code for actor in ledger.events([latest.event])[latest.event].actors}
    monkeypatch.setattr("foedus.ledger.finding.MAX_COUNTED", 1)
    assert ledger.count_terms("actor", sought, limit=9) == tuple(Count(code, 1) for code in sorted(own))
    assert ledger.count_counted(sought, 3) == 1
    # What the ledger keeps is of all events.
    assert ledger.count_terms("dyad", sought, limit=9, like="CHL") == (Count("CHL PER", 3),)
    assert ledger.count_counted(sought, 3, like="CHL") == ledger.count_counted(Sought(), 3) == 3
