from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.errors import ConfigError, TooSlow
from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.event import Conflict, Event, Reprint, Slot
from foedus.model.when import Basis, Precision, When
from foedus.views.actors import ActorNames
from foedus.views.brief import Asked, find_time, write_brief
from foedus.views.period import Period
from foedus.views.sources import Sources

MARCH = Period(date(2020, 3, 1), date(2020, 3, 31))


@pytest.fixture(scope="module")
def names():
    return ActorNames(load_codebook())


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "l.db") as opened:
        yield opened


@pytest.fixture
def fill(ledger, make_article, make_claim, make_document):
    """Fill the ledger: ``{document: (published, [slots of its claims])}``; each claim an event of its own."""

    def fill(contents, *, reprints=(), join=(), conflicts=()):
        made = {}
        for name, (published, claims) in contents.items():
            article = make_article(name, published=published, publisher=f"Paper {name}")
            made[name] = tuple(
                make_claim(name, start=10 * place, quote=f"words {place} of {name}", **slots)
                for place, slots in enumerate(claims)
            )
            ledger.write_facts(
                [Facts(name, "/in", name, make_document(name, "x" * 500), (article,), made[name])],
                version="1",
            )
        groups = [[made[name][place] for name, place in group] for group in join]
        joined = {claim.id for group in groups for claim in group}
        groups += [[claim] for claims in made.values() for claim in claims if claim.id not in joined]
        events = tuple(
            Event(
                f"e-{group[0].id}", group[0].type, tuple(c.id for c in group), group[0].actors,
                group[0].subject, group[0].when, group[0].status, group[0].stage, len(group),
            )
            for group in groups
        )  # fmt: skip
        told = tuple(
            Conflict(
                f"x-{n}",
                f"e-{made[a[0]][a[1]].id}",
                Slot.WHEN,
                ((made[a[0]][a[1]].id,), (made[b[0]][b[1]].id,)),
                "Papers differ.",
            )
            for n, (a, b) in enumerate(conflicts)
        )
        ledger.write_derived(Derived(tuple(Reprint(*pair) for pair in reprints), events, told))
        return made

    return fill


def sections_of(pages):
    return {section.heading: section for section in pages.sections}


def texts_of(section):
    return [sentence.text for sentence in section.sentences]


def test_a_category_tells_what_is_new_with_every_source(ledger, names, fill):
    fill(
        {
            "a": (date(2020, 3, 10), [{"subject": "border treaty", "when": date(2020, 3, 9)}]),
            "b": (
                date(2020, 3, 11),
                [{"subject": "border treaty", "when": date(2020, 3, 9), "confidence": 0.8}],
            ),
            "old": (date(2020, 2, 10), []),
            "older": (date(2020, 2, 9), []),
        },
        join=[[("a", 0), ("b", 0)]],
    )
    pages = write_brief(ledger, names, Asked(MARCH))
    section = sections_of(pages)["Agreements and bodies"]
    assert texts_of(section) == [
        "Norway and Sweden signed a border treaty on 9 March 2020, according to Paper a and Paper b."
    ]
    assert section.sentences[0].citations == (1, 2)
    assert section.standing == "better"
    assert "1 event: 1 toward cooperation" in section.paragraphs[0]
    first = pages.citations[0]
    assert (first.number, first.publisher, first.document, first.quote) == (1, "Paper a", "a", "words 0 of a")
    assert (first.start, first.end, first.published) == (0, 12, "10 March 2020")


def test_reprints_are_one_source(ledger, names, fill):
    same = {"subject": "border treaty", "when": date(2020, 3, 9)}
    fill(
        {"a": (date(2020, 3, 10), [same]), "b": (date(2020, 3, 11), [same])},
        join=[[("a", 0), ("b", 0)]],
        reprints=[("b", 0, "a", 0)],
    )
    pages = write_brief(ledger, names, Asked(MARCH))
    (sentence,) = sections_of(pages)["Agreements and bodies"].sentences
    assert sentence.citations == (1,)
    assert "Paper b" not in sentence.text
    assert dict(pages.facts)["Read"].startswith("1 independent article ")


def test_standings_say_what_was_not_found_and_not_covered(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), [{}])})
    sections = sections_of(write_brief(ledger, names, Asked(MARCH)))
    assert sections["Agreements and bodies"].standing == "not covered"
    assert "nothing to compare with" in sections["Agreements and bodies"].paragraphs[0]
    assert sections["Friction"].standing == "nothing found"
    empty = sections_of(write_brief(ledger, names, Asked(Period(date(2019, 1, 1), date(2019, 1, 31)))))
    assert {section.standing for section in empty.values()} == {None, "not covered"}


def test_friction_that_grows_is_worse(ledger, names, fill):
    slots = {
        "type": "accusation",
        "stage": None,
        "plover": "ACCUSE",
        "actors": [("NOR", "source"), ("SWE", "target")],
    }
    fill({"a": (date(2020, 3, 10), [slots, slots]), "b": (date(2020, 2, 10), [])})
    section = sections_of(write_brief(ledger, names, Asked(MARCH)))["Friction"]
    assert (section.standing, len(section.sentences)) == ("worse", 2)


def test_what_is_told_of_earlier_times_is_left_out(ledger, names, fill):
    fill(
        {
            "a": (
                date(2020, 3, 10),
                [{"when": date(2009, 1, 1)}, {"when": date(2025, 1, 1), "status": "planned"}],
            )
        }
    )
    section = sections_of(write_brief(ledger, names, Asked(MARCH)))["Agreements and bodies"]
    assert len(section.sentences) == 1
    assert "plan to sign" in section.sentences[0].text


def test_an_article_published_later_tells_of_the_period(ledger, names, fill):
    fill({"a": (date(2021, 1, 1), [{"when": date(2020, 3, 9)}])})
    pages = write_brief(ledger, names, Asked(MARCH))
    assert len(sections_of(pages)["Agreements and bodies"].sentences) == 1
    assert dict(pages.facts)["Read"] == "1 independent article in or about the period, 0 before"


def test_what_is_less_sure_than_asked_is_left_out(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), [{"confidence": 0.5}, {"confidence": 0.49}])})

    def count(**asked):
        return len(
            sections_of(write_brief(ledger, names, Asked(MARCH, **asked)))["Agreements and bodies"].sentences
        )

    assert (count(), count(min_confidence=0.0), count(min_confidence=0.6)) == (1, 2, 0)


def test_only_the_best_supported_are_told_but_all_are_counted(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), [{"confidence": 0.6 + place / 100} for place in range(5)])})
    section = sections_of(write_brief(ledger, names, Asked(MARCH, max_events=2)))["Agreements and bodies"]
    assert len(section.sentences) == 2
    assert section.paragraphs[0].startswith("5 events")


def test_a_brief_of_one_actor_or_two(ledger, names, fill):
    fill(
        {
            "a": (
                date(2020, 3, 10),
                [
                    {"actors": [("NOR", "both"), ("SWE", "both")]},
                    {"actors": [("NOR", "both"), ("FIN", "both")]},
                    {"actors": [("DNK", "both"), ("FIN", "both")]},
                ],
            )
        }
    )

    def tell(**asked):
        pages = write_brief(ledger, names, Asked(MARCH, **asked))
        return pages.title, len(sections_of(pages)["Agreements and bodies"].sentences)

    assert tell(actor="NOR") == ("Defence relations of Norway, March 2020", 2)
    assert tell(dyad=("FIN", "NOR")) == ("Defence relations of Finland and Norway, March 2020", 1)
    assert tell() == ("Defence relations, March 2020", 3)


def test_what_sources_disagree_on_follows_the_sentence(ledger, names, fill):
    fill(
        {
            "a": (date(2020, 3, 10), [{"when": date(2020, 3, 9)}]),
            "b": (date(2020, 3, 11), [{"when": date(2020, 3, 8)}]),
        },
        join=[[("a", 0), ("b", 0)]],
        conflicts=[(("a", 0), ("b", 0))],
    )
    told, doubt = sections_of(write_brief(ledger, names, Asked(MARCH)))["Agreements and bodies"].sentences
    assert (told.is_doubt, doubt.is_doubt) == (False, True)
    assert doubt.text == "Sources disagree: Papers differ."
    assert set(doubt.citations) == set(told.citations) == {1, 2}


def test_the_surest_claim_leads_and_gaps_are_filled_from_the_event(ledger, names, fill):
    fill(
        {
            "a": (date(2020, 3, 10), [{"subject": "border treaty", "when": date(2020, 3, 9)}]),
            "b": (date(2020, 3, 11), [{"status": "possible", "confidence": 1.0}]),
            "c": (
                date(2020, 3, 12),
                [{"actors": [], "subject": "border treaty", "when": date(2020, 3, 9), "place": ("Oslo",)}],
            ),
        },
        join=[[("a", 0), ("b", 0), ("c", 0)]],
    )
    (sentence,) = sections_of(write_brief(ledger, names, Asked(MARCH)))["Agreements and bodies"].sentences
    assert sentence.text == (
        "Norway and Sweden signed a border treaty on 9 March 2020, according to Paper a, Paper c and 1 other."
    )


def test_without_a_period_the_latest_is_chosen_and_said(ledger, names, fill):
    fill({"a": (date(2020, 3, 31), [{}]), "b": (date(2010, 1, 1), [{}])})
    pages = write_brief(ledger, names, Asked())
    assert (
        "the 7 days up to the newest article, which hold 1 of the 2 dated ones" in dict(pages.facts)["Period"]
    )
    assert dict(pages.facts)["Compared with"].startswith("18 to 24 March 2020")


def test_a_ledger_without_dates_needs_to_be_told_the_period(ledger, names, fill):
    fill({"a": (None, [{"when": date(2020, 3, 9)}])})
    with pytest.raises(ConfigError, match="--from"):
        write_brief(ledger, names, Asked())
    assert len(sections_of(write_brief(ledger, names, Asked(MARCH)))["Agreements and bodies"].sentences) == 1


def test_the_chart_counts_claims_of_both_periods(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), [{}, {}]), "b": (date(2020, 2, 10), [{}])})
    strip = write_brief(ledger, names, Asked(MARCH)).strip
    counts = dict(strip.rows)["Agreements and bodies"]
    assert (sum(counts[: strip.split]), sum(counts[strip.split :])) == (1, 2)


def test_the_rule_is_told_with_its_numbers(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), []), "b": (None, [])})
    notes = " ".join(sections_of(write_brief(ledger, names, Asked(MARCH)))["How to read this"].paragraphs)
    for words in ("at least half of its days", "one standard error", "50% sure", "8 best", "date (1)"):
        assert words in notes
    assert "{" not in notes


def test_when_a_claim_counts(make_claim, make_article):
    published = date(2020, 3, 10)
    deed = When(date(2020, 1, 5), date(2020, 1, 5), Precision.DAY, None, Basis.STATED)
    sources = Sources([make_article("a", published=published), make_article("u", published=None)], [])

    def count(name, **slots):
        time = find_time(make_claim(name, **slots), sources)
        return time and time.first

    assert count("a", when=deed) == date(2020, 1, 5)
    assert count("a", when=None) == published
    assert count("a", when=deed, status="ongoing") == published
    assert count("u", when=deed, status="planned") == date(2020, 1, 5)
    assert count("u", when=None) is None


def test_a_brief_that_would_read_too_many_articles_is_refused(ledger, names, fill):
    fill({"a": (date(2020, 3, 10), [])})
    with pytest.raises(TooSlow, match="the desk reads at most 0 for a brief. Ask for fewer days"):
        write_brief(ledger, names, Asked(MARCH), max_articles=0)
