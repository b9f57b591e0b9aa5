from datetime import date

import pytest

from foedus.errors import LedgerError
from foedus.ledger import Derived, Facts, Selection, Wanted, open_ledger
from foedus.ledger.connect import connect
from foedus.model.claim import Bound, Quantity
from foedus.model.document import PageData
from foedus.model.event import Conflict, Event, Reprint, Slot, StageRecord
from foedus.model.run import BuildReport, Problem, Step
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When


@pytest.fixture
def ledger(ledger_address):
    with open_ledger(ledger_address) as opened:
        yield opened


@pytest.fixture
def make_facts(make_article, make_claim, make_document):
    def make(name="a.txt", *, digest=None, articles=None, claims=None, problems=(), root="/in"):
        document = make_document(name, digest=digest or f"digest of {name}")
        articles = (make_article(name),) if articles is None else articles
        claims = (make_claim(name),) if claims is None else claims
        return Facts(name, root, document.digest, document, articles, claims, tuple(problems))

    return make


def unreadable(name, *, root="/in", digest="d"):
    return Facts(name, root, digest, None, problems=(Problem(name, Step.READ, "empty", "nothing in it"),))


def test_every_slot_of_a_claim_comes_back_as_it_was_written(ledger, make_facts, make_claim):
    claim = make_claim(
        type="transfer",
        stage="ordered",
        plover="AID",
        actors=[("NOR", "source"), ("ORG:GUARD", "target")],
        agents=("Ola Nordmann", "Arms & Co; Ltd"),
        subject="Törn-2 «launcher»",
        place=("Oslo",),
        when=When(date(2006, 1, 1), None, Precision.YEARS, "since 2006", Basis.RESOLVED),
        status="possible",
        attributed_to="the ministry",
        via=("Wire", "Daily"),
        recurrence="P2Y",
        quantities=(
            Quantity(90.0, 120.0, None, "launchers", None, True),
            Quantity(2.5e6, None, "NOK", None, Bound.MIN, False),
        ),
        spans={"actors": (Span(0, 3), Span(5, 7)), "when": (Span(9, 12),)},
        confidence=0.8125,
    )
    ledger.write_facts([make_facts(claims=(claim,))], version="1")
    assert list(ledger.iter_claims()) == [claim]
    assert ledger.claims([claim.id, "c-none"]) == {claim.id: claim}


@pytest.mark.parametrize(
    "published", [None, When(None, date(2011, 2, 3), Precision.DAY, "by 3 Feb", Basis.INFERRED)]
)
def test_documents_and_articles_come_back_as_they_were_written(
    ledger, make_article, make_document, published
):
    document = make_document(
        page=PageData(title="T", published="2011", published_field="meta"), main=(Span(0, 4), Span(6, 9))
    )
    article = make_article(published=published, title_span=Span(0, 4), spans=(Span(0, 4), Span(6, 9)))
    ledger.write_facts([Facts("a.txt", "/in", document.digest, document, (article,))], version="1")
    assert ledger.document("a.txt") == document
    assert list(ledger.iter_articles()) == [article]
    assert list(ledger.iter_article_texts()) == [(article, f"{document.text[:4]}\n{document.text[6:9]}")]


def test_a_changed_document_replaces_all_that_it_said(ledger, make_facts, make_claim):
    old = make_claim(quote="old words")
    problem = Problem("a.txt", Step.CODE, "language", "not coded")
    ledger.write_facts([make_facts(digest="1", claims=(old,), problems=[problem])], version="1")
    new = make_claim(quote="new words")
    ledger.write_facts([make_facts(digest="2", claims=(new,))], version="1")
    assert list(ledger.iter_claims()) == [new]
    assert ledger.problems() == ()
    assert ledger.known()["a.txt"].digest == "2"
    assert list(ledger.iter_claims(Wanted(actor="NOR"))) == [new]


def test_a_batch_is_written_whole_or_not_at_all(ledger, make_facts, make_claim):
    claim = make_claim("a.txt")
    with pytest.raises(LedgerError, match="cannot write"):
        ledger.write_facts(
            [make_facts("a.txt", claims=(claim,)), make_facts("b.txt", claims=(claim,))], version="1"
        )
    assert ledger.counts().documents == 0
    assert list(ledger.iter_claims()) == []


def test_characters_of_every_kind_come_back_and_are_found(ledger, make_facts, make_claim):
    odd = "a\0b\1\2\x1f\ufffe\uffff\U0010ffff%_\\'\"日本"
    claim = make_claim(odd, subject=odd, place=(odd,), agents=("\0",))
    ledger.write_facts([make_facts(odd, claims=(claim,))], version=odd)
    assert list(ledger.iter_claims(Wanted(document=odd))) == [claim]
    assert ledger.known()[odd].version == odd
    assert ledger.claims([odd, claim.id]) == {claim.id: claim}


def test_text_that_no_database_can_hold_is_refused_in_words(ledger, make_facts, make_claim):
    with pytest.raises(LedgerError, match="cannot write"):
        ledger.write_facts([make_facts(claims=(make_claim(subject="\ud800"),))], version="1")
    assert ledger.counts().documents == 0


def test_the_order_is_by_name_then_place_whatever_was_written_first(
    ledger, make_facts, make_article, make_claim
):
    for name in ("b.txt", "Z.txt", "a.txt"):
        articles = (make_article(name, 0), make_article(name, 1))
        claims = (make_claim(name, 1, start=9), make_claim(name, 0, start=5), make_claim(name, 0, start=2))
        ledger.write_facts([make_facts(name, articles=articles, claims=claims)], version="1")
    found = [(claim.document, claim.article, claim.evidence.start) for claim in ledger.iter_claims()]
    places = [(0, 5), (0, 2), (1, 9)]
    assert found == [(name, *place) for name in ("Z.txt", "a.txt", "b.txt") for place in places]
    assert [article.document for article in ledger.iter_articles()][::2] == ["Z.txt", "a.txt", "b.txt"]


def test_counts_leave_out_what_is_gone_and_what_could_not_be_read(ledger, make_facts):
    ledger.write_facts([make_facts("a.txt"), make_facts("b.txt"), unreadable("c.pdf")], version="1")
    ledger.mark_gone(["b.txt"])
    counts = ledger.counts()
    assert (counts.documents, counts.articles, counts.claims, counts.problems) == (1, 1, 1, 1)
    assert ledger.document_names() == ("a.txt", "b.txt")
    assert [claim.document for claim in ledger.iter_claims()] == ["a.txt", "b.txt"]


def test_what_vanished_unread_is_forgotten_with_its_problem(ledger):
    ledger.write_facts([unreadable("c.pdf")], version="1")
    ledger.mark_gone(["c.pdf"])
    assert ledger.known() == {}
    assert ledger.problems() == ()


def test_an_input_found_elsewhere_is_not_gone(ledger, make_facts):
    ledger.write_facts([make_facts("a.txt")], version="1")
    ledger.mark_gone(["a.txt"])
    ledger.move({"a.txt": "/elsewhere"})
    assert (ledger.known()["a.txt"].gone, ledger.known()["a.txt"].root) == (False, "/elsewhere")


def test_copies_of_one_content_are_told_by_name_not_by_order(ledger, make_facts):
    for name in ("c.txt", "a.txt", "b.txt"):
        ledger.write_facts([make_facts(name, digest="same")], version="1")
    assert [(problem.item, problem.code) for problem in ledger.problems()] == [
        ("b.txt", "duplicate"),
        ("c.txt", "duplicate"),
    ]
    assert '"a.txt"' in ledger.problems()[0].message
    ledger.mark_gone(["a.txt"])
    assert [problem.item for problem in ledger.problems()] == ["c.txt"]


def test_problems_of_finding_last_until_their_folder_is_looked_at_again(ledger):
    one, two = (Problem(name, Step.FIND, "broken-link", "mend it") for name in ("x", "y"))
    ledger.write_found_problems([one, two], root="/in", items=None)
    ledger.write_found_problems([], root="/other", items=None)
    assert ledger.problems() == (one, two)
    ledger.write_found_problems([], root="/in", items=("x",))
    assert ledger.problems() == (two,)
    ledger.write_found_problems([], root="/in", items=None)
    assert ledger.problems() == ()


def make_event(claim, **slots):
    values = {
        "id": "e-1",
        "type": claim.type,
        "claims": (claim.id,),
        "actors": claim.actors,
        "subject": None,
        "when": claim.when,
        "status": claim.status,
        "stage": claim.stage,
        "sources": 1,
    }
    return Event(**{**values, **slots})


def test_derived_data_come_back_and_replace_what_was_there(ledger, make_facts, make_claim):
    first, second = make_claim("a.txt"), make_claim("b.txt")
    ledger.write_facts([make_facts("a.txt"), make_facts("b.txt")], version="1")
    when = When(date(2012, 10, 1), date(2012, 10, 31), Precision.MONTH, None, Basis.RESOLVED)
    stages = (StageRecord(first.stage, when, (first.id,)), StageRecord(first.stage, None, (second.id,)))
    event = make_event(
        first, claims=(second.id, first.id), subject="Accord", when=when, sources=2, stages=stages
    )
    conflict = Conflict("x-1", "e-1", Slot.WHEN, ((first.id,), (second.id,)), "They differ.")
    reprint = Reprint("b.txt", 0, "a.txt", 0)
    assert not ledger.is_matched()
    ledger.write_derived(Derived((reprint,), (event,), (conflict,)))
    assert ledger.is_matched()
    assert list(ledger.iter_events()) == [event]
    assert list(ledger.iter_conflicts()) == list(ledger.iter_conflicts(event="e-1")) == [conflict]
    assert ledger.reprints() == (reprint,)
    assert ledger.events_of([first.id, "c-none"]) == {first.id: "e-1"}
    assert ledger.events(["e-1", "e-none"]) == {"e-1": event}
    ledger.write_derived(Derived())
    assert list(ledger.iter_events()) == list(ledger.iter_conflicts()) == []
    assert ledger.reprints() == ()


def test_only_what_changes_claims_calls_for_matching_again(ledger, make_facts):
    ledger.write_facts([make_facts("a.txt")], version="1")
    ledger.write_derived(Derived())
    ledger.write_facts([unreadable("b.pdf")], version="1")
    assert ledger.is_matched()
    ledger.write_facts([unreadable("a.txt")], version="1")
    assert not ledger.is_matched()


def test_what_was_made_of_claims_that_changed_since_is_not_kept(ledger, make_facts):
    before = ledger.changes()
    ledger.write_facts([make_facts("a.txt")], version="1")
    assert not ledger.write_derived(Derived(), changes=before)
    assert not ledger.is_matched()
    assert ledger.write_derived(Derived(), changes=ledger.changes())
    assert ledger.is_matched()


def test_events_are_found_by_id_or_its_start(ledger, make_facts, make_claim):
    ledger.write_facts([make_facts()], version="1")
    claim = make_claim()
    ledger.write_derived(Derived(events=(make_event(claim, id="e-12"), make_event(claim, id="e-123"))))
    assert ledger.event("e-123").id == "e-123"
    assert ledger.event("e-12").id == "e-12"
    for wrong in ("e-1", "e-2", "", "%"):
        with pytest.raises(LedgerError):
            ledger.event(wrong)


def test_events_come_by_time_and_the_timeless_last(ledger, make_facts, make_claim):
    ledger.write_facts([make_facts()], version="1")
    claim = make_claim()
    whens = {
        "e-a": None,
        "e-b": When(date(2012, 1, 1), date(2012, 12, 31), Precision.YEAR, None, Basis.STATED),
        "e-c": When(date(2012, 1, 1), date(2012, 1, 1), Precision.DAY, None, Basis.STATED),
        "e-d": When(None, date(2011, 1, 1), Precision.DAY, None, Basis.STATED),
        "e-e": When(date(2013, 1, 1), None, Precision.DAY, None, Basis.STATED),
    }
    ledger.write_derived(
        Derived(events=tuple(make_event(claim, id=key, when=when) for key, when in whens.items()))
    )
    assert [event.id for event in ledger.iter_events()] == ["e-d", "e-c", "e-b", "e-e", "e-a"]
    assert list(ledger.events(whens)) == ["e-d", "e-c", "e-b", "e-e", "e-a"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["dated", "open", "undated"]),
        (Wanted(actor="NOR"), ["dated", "open"]),
        (Wanted(dyad=("NOR", "SWE")), ["open"]),
        (Wanted(actor="FIN", dyad=("NOR", "SWE")), []),
        (Wanted(type="exercise"), ["open"]),
        (Wanted(status="planned"), ["dated"]),
        (Wanted(first=date(2010, 1, 1), last=date(2010, 1, 1)), ["dated", "open"]),
        (Wanted(last=date(2009, 12, 31)), ["open"]),
        (Wanted(first=date(2010, 1, 2), last=date(2019, 1, 1)), ["open"]),
        (Wanted(first=date(2020, 1, 1)), ["open", "undated"]),
        (Wanted(document="a.txt"), ["dated", "open", "undated"]),
        (Wanted(document="b.txt"), []),
        (Wanted(published=(date(2020, 1, 1), date(2020, 1, 1))), ["dated", "open", "undated"]),
        (Wanted(published=(date(2019, 1, 1), date(2019, 12, 31))), []),
    ],
)
def test_questions_about_claims_and_events(ledger, make_facts, make_claim, wanted, found):
    from dataclasses import replace

    from foedus.model.claim import ClaimType, Status

    if wanted.type:
        wanted = replace(wanted, type=ClaimType(wanted.type))
    if wanted.status:
        wanted = replace(wanted, status=Status(wanted.status))
    claims = (
        make_claim(
            subject="dated",
            actors=[("NOR", "both"), ("FIN", "both")],
            when=date(2010, 1, 1),
            status="planned",
        ),
        make_claim(
            subject="open",
            type="exercise",
            stage=None,
            actors=[("NOR", "source"), ("SWE", "target")],
            when=When(date(2006, 1, 1), None, Precision.YEAR, None, Basis.STATED),
        ),
        make_claim(subject="undated", actors=[]),
    )
    ledger.write_facts([make_facts(claims=claims)], version="1")
    events = (
        make_event(claim, id=f"e-{claim.subject}", claims=(claim.id,), subject=claim.subject)
        for claim in claims
    )
    ledger.write_derived(Derived(events=tuple(events)))
    assert [claim.subject for claim in ledger.iter_claims(wanted)] == found
    if wanted.published is None:
        assert sorted(event.subject for event in ledger.iter_events(wanted)) == found


def test_as_of_a_day_only_what_had_surely_been_published_is_seen(
    ledger, make_facts, make_article, make_claim
):
    month = When(date(2012, 1, 1), date(2012, 1, 31), Precision.MONTH, None, Basis.METADATA)
    for name, published in (("day", date(2012, 1, 15)), ("month", month), ("unknown", None)):
        ledger.write_facts(
            [make_facts(name, articles=(make_article(name, published=published),))], version="1"
        )
    ledger.write_derived(Derived(reprints=(Reprint("month", 0, "day", 0),)))
    seen = {}
    for day in (14, 15, 30, 31):
        with ledger.select(Selection(as_of=date(2012, 1, day))) as part:
            assert not part.is_matched()
            assert part.reprints() == ()
            assert [a.document for a in part.iter_articles()] == list(part.document_names())
            seen[day] = [claim.document for claim in part.iter_claims()]
    assert seen == {14: [], 15: ["day"], 30: ["day"], 31: ["day", "month"]}
    assert ledger.reprints() == (Reprint("month", 0, "day", 0),)


def test_a_part_is_asked_and_filled_like_a_whole_and_leaves_the_ledger_alone(ledger, make_facts, make_claim):
    sure, unsure = make_claim(confidence=0.7), make_claim(confidence=0.6999, start=3)
    ledger.write_facts([make_facts(claims=(sure, unsure))], version="1")
    ledger.write_derived(Derived(events=(make_event(sure, id="e-whole"),)))
    with ledger.select(Selection(min_confidence=0.7)) as part:
        assert list(part.iter_claims(Wanted(actor="NOR"))) == [sure]
        part.write_derived(Derived(events=(make_event(sure, id="e-part"),)))
        assert part.is_matched()
        assert [event.id for event in part.iter_events(Wanted(dyad=("NOR", "SWE"), document="a.txt"))] == [
            "e-part"
        ]
        # Two questions at once, as when a view asks while it reads.
        assert [part.event("e-p").id for _ in part.iter_claims()] == ["e-part"]
    assert [event.id for event in ledger.iter_events()] == ["e-whole"]
    assert len(list(ledger.iter_claims())) == 2


def test_runs_are_kept_but_in_no_record(ledger):
    number = ledger.begin_run(version="1", jobs=2)
    ledger.end_run(number, BuildReport(1, 2, 3, 0, new=1, changed=0, gone=0, seconds=0.5))
    engine = connect(ledger.address, write=False)
    with engine.connect() as connection:
        columns = "id, version, jobs, finished IS NOT NULL, new, interrupted"
        row = connection.exec_driver_sql(f"SELECT {columns} FROM runs").one()
    engine.dispose()
    assert tuple(row) == (number, "1", 2, 1, 1, 0)


def test_there_is_no_document_without_text(ledger):
    ledger.write_facts([unreadable("c.pdf")], version="1")
    with pytest.raises(LedgerError, match=r'no document "c\.pdf"'):
        ledger.document("c.pdf")


def test_what_is_known_may_be_asked_by_name_and_by_folder(ledger, make_facts):
    ledger.write_facts([make_facts(name) for name in ("a.txt", "b.txt", "c.txt")], version="1")
    ledger.move({"c.txt": "/elsewhere"})
    everything = ledger.known()
    assert [*everything] == ["a.txt", "b.txt", "c.txt"]
    assert ledger.known(("b.txt", "x.txt")) == {"b.txt": everything["b.txt"]}
    assert [*ledger.known(("b.txt",), roots=("/elsewhere", "/x"))] == ["b.txt", "c.txt"]
    assert ledger.known(()) == {}
