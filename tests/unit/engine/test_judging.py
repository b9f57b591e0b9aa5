import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from foedus.engine import judge, match_ledger
from foedus.engine.judging import (
    decide_back,
    decide_correct,
    decide_grade,
    decide_join,
    decide_part,
    decide_reject,
    import_judgements,
    load_judgements,
)
from foedus.engine.match import select_part
from foedus.errors import ConfigError, DataFileError, LedgerError
from foedus.export import pick_format
from foedus.ledger import Facts, Selection, Wanted, open_ledger
from foedus.model.claim import Stage, Status
from foedus.model.judgement import Correctable, Reliability, State
from foedus.views.interchange import KINDS
from foedus.views.judged import list_judgements, weigh_ledger
from foedus.views.shapes import Records

NOW = datetime(2021, 3, 14, tzinfo=UTC)


@pytest.fixture
def build(tmp_path, make_article, make_claim, make_document):
    """A ledger of some documents, each of one claim on the Accord; `moved` gives claims other ids."""

    def build(name="l.db", documents="abc", moved=""):
        path = tmp_path / name
        with open_ledger(path) as ledger:
            for letter in documents:
                document = f"{letter}.txt"
                day = date(2019, 5, {"c": 5, "d": 5}.get(letter, 1))
                quote = f"Norway and Sweden signed the Northern Patrol Agreement, paper {letter} says."
                claim = make_claim(
                    document,
                    id=f"c-{letter}{moved}",
                    subject="Northern Patrol Agreement",
                    when=day,
                    quote=quote,
                    confidence=0.8,
                )
                article = make_article(
                    document, publisher=f"Paper {letter}", published=date(2019, 6, ord(letter) - 96)
                )
                found = make_document(document, quote)
                facts = Facts(document, "/in", f"d{letter}", found, (article,), (claim,))
                ledger.write_facts([facts], version=moved or "1")
            match_ledger(ledger)
        return path

    return build


@pytest.fixture
def path(build):
    return build()


def export(path):
    parts = []

    class Out(list):
        write = list.append

    with open_ledger(path, write=False) as ledger:
        for find_records in KINDS.values():
            out = Out()
            pick_format(Records).write(find_records(ledger), out)
            parts.append("".join(out))
    return parts


def decide(path, make, who="A", now=NOW, **slots):
    return judge(path, lambda store: [make(store)], who=who, why="because", now=now, **slots)[0]


def ask(path, question):
    with open_ledger(path, write=False) as ledger:
        return question(ledger)


def write(path, file):
    def save(ledger):
        with file.open("w") as out:
            pick_format(Records).write(list_judgements(ledger), out)

    ask(path, save)
    return file


def test_the_three_claims_are_one_event_on_whose_day_sources_disagree(path):
    assert [len(event.claims) for event in ask(path, lambda ledger: list(ledger.iter_events()))] == [3]
    assert len(ask(path, lambda ledger: list(ledger.iter_conflicts()))) == 1


EACH = [
    lambda store: decide_part(store, ["c-a", "c-b"]),
    lambda store: decide_part(store, ["c-a", store.events_of(["c-a"])["c-a"]]),
    lambda store: decide_join(store, ["c-a", "c-b", "c-c"]),
    lambda store: decide_reject(store, "c-a"),
    lambda store: decide_correct(store, "c-a", Correctable.SUBJECT, "Other"),
    lambda store: decide_correct(store, store.events_of(["c-a"])["c-a"], Correctable.STATUS, Status.DENIED),
    lambda store: decide_grade(store, "paper A", Reliability.B),
]


@pytest.mark.parametrize("make", EACH)
def test_taken_back_the_exports_are_the_same_bytes(path, make):
    before = export(path)
    standing = decide(path, make)
    assert standing.state is State.IN_FORCE
    decide(path, lambda store: decide_back(store, standing.judgement.id[:9]))
    assert export(path) == before
    assert sorted(item.state.value for item in ask(path, weigh_ledger).standings) == [
        "in force",
        "taken back",
    ]


@pytest.mark.parametrize("make", EACH[:6])
def test_it_lives_through_a_new_version_that_moves_ids(path, build, make):
    before = export(path)
    standing = decide(path, make)
    build(moved="9")
    (after,) = ask(path, weigh_ledger).standings
    assert (after.judgement, after.state) == (standing.judgement, State.IN_FORCE)
    decide(path, lambda store: decide_back(store, standing.judgement.id))
    build()
    assert export(path) == before


def test_parted_claims_are_two_events_and_new_documents_do_not_undo_it(path, build):
    decide(path, EACH[1])
    assert sorted(len(event.claims) for event in ask(path, lambda ledger: list(ledger.iter_events()))) == [
        1,
        2,
    ]
    build(documents="abcd")
    links = ask(path, lambda ledger: ledger.events_of(["c-a", "c-b", "c-c"]))
    assert links["c-a"] not in (links["c-b"], links["c-c"])


def test_a_rejected_claim_is_nowhere_but_among_the_facts(path):
    decide(path, EACH[3])
    assert [claim.id for claim in ask(path, lambda ledger: list(ledger.iter_claims()))] == ["c-b", "c-c"]
    assert ask(path, lambda ledger: list(ledger.claims(["c-a", "c-b"]))) == ["c-b"]
    assert len(ask(path, lambda ledger: list(ledger.iter_coded_claims()))) == 3
    assert ask(path, lambda ledger: ledger.claim_id("c-a")) == "c-a"


def test_a_corrected_claim_is_found_by_its_corrected_values_in_its_place(path):
    decide(path, lambda store: decide_correct(store, "c-b", Correctable.STATUS, Status.PLANNED))

    def find(**wanted):
        return [claim.id for claim in ask(path, lambda ledger: list(ledger.iter_claims(Wanted(**wanted))))]

    assert find(status=Status.PLANNED) == ["c-b"]
    assert find(status=Status.HAPPENED) == ["c-a", "c-c"]
    assert find() == ["c-a", "c-b", "c-c"]
    assert find(actor="NOR") == ["c-a", "c-b", "c-c"]
    assert find(document="b.txt", published=(date(2019, 6, 1), date(2019, 6, 30))) == ["c-b"]


def test_actors_that_people_set_are_searched_by(path):
    decide(path, lambda store: decide_correct(store, "c-b", Correctable.ACTORS, ()))
    assert [
        claim.id for claim in ask(path, lambda ledger: list(ledger.iter_claims(Wanted(actor="NOR"))))
    ] == ["c-a", "c-c"]


def test_as_of_a_day_judgements_count_whenever_they_were_made(path):
    decide(path, EACH[3])
    with open_ledger(path, write=False) as ledger:
        part = select_part(ledger, Selection(as_of=date(2019, 6, 2)))
        assert [claim.id for claim in part.iter_claims()] == ["c-b"]
        assert [item.state for item in weigh_ledger(part).standings] == [State.IN_FORCE]
        part.close()


def test_what_is_judged_waits_while_its_document_is_not_here(path, build, tmp_path):
    decide(path, EACH[3])
    decide(path, EACH[0], who="B")
    file = write(path, tmp_path / "j.jsonl")
    other = build("other.db", documents="b")
    assert import_judgements(other, file) == 2
    reasons = {item.reason for item in ask(other, weigh_ledger).standings}
    assert reasons == {'no document "a.txt"'}
    build("other.db", documents="ab")
    assert sorted(item.state.value for item in ask(other, weigh_ledger).standings) == ["in force", "waiting"]
    assert [claim.id for claim in ask(other, lambda ledger: list(ledger.iter_claims()))] == ["c-b"]


def test_two_peoples_files_merge_and_importing_again_adds_nothing(build, tmp_path):
    one, two = build("one.db"), build("two.db")
    first = decide(one, EACH[4], who="A")
    decide(two, EACH[3], who="B")
    decide(one, lambda store: decide_back(store, first.judgement.id), who="A")
    files = [write(path, tmp_path / f"{path.stem}.jsonl") for path in (one, two)]
    assert import_judgements(one, files[1]) == 1
    assert import_judgements(two, files[0]) == 2
    assert import_judgements(one, files[0]) == import_judgements(two, files[1]) == 0
    assert export(one) == export(two)
    assert write(one, tmp_path / "x").read_bytes() == write(two, tmp_path / "y").read_bytes()


@pytest.fixture
def lines(path, tmp_path):
    decide(path, EACH[3])
    standing = decide(path, EACH[6])
    decide(path, lambda store: decide_back(store, standing.judgement.id))
    return write(path, tmp_path / "j.jsonl").read_text().splitlines()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda lines: [lines[0], "", lines[1][:-20]], ":3: no JSON object"),
        (lambda lines: [lines[0], "[]"], ":2: it is no object"),
        (
            lambda lines: [*lines, lines[0].replace('"version": 1', '"version": 7')],
            ":4: a newer version.*update",
        ),
        (lambda lines: [lines[0].replace("because", "edited")], ':1: "id" is .* set it to null'),
        (lambda lines: [lines[0], next(line for line in lines if '"back"' in line)], ":2: it takes back"),
        (lambda lines: [lines[0], '{"version": NaN}'], ":2: no JSON object .*NaN"),
        (lambda lines: [lines[0], "[" * 100_000], ":2: no JSON object"),
        (lambda lines: [lines[0], "\udcff"], ":2: no JSON object"),
    ],
)
def test_a_malformed_file_is_named_with_its_line_and_nothing_is_taken_over(
    build, lines, tmp_path, spoil, message
):
    other = build("other.db")
    before = export(other)
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(spoil(lines)) + "\n", encoding="utf-8", errors="surrogateescape")
    with pytest.raises(DataFileError, match=message) as caught:
        import_judgements(other, file)
    assert str(file) in str(caught.value)
    assert "nothing was imported" in str(caught.value)
    assert ask(other, lambda ledger: ledger.judgements()) == ()
    assert export(other) == before


def test_a_file_that_is_missing_or_too_large_is_named(path, tmp_path, monkeypatch):
    with pytest.raises(ConfigError, match=r"none\.jsonl"):
        import_judgements(path, tmp_path / "none.jsonl")
    (tmp_path / "big").write_text("{}\n" * 10)
    monkeypatch.setattr("foedus.engine.judging.MAX_FILE_BYTES", 10)
    with pytest.raises(ConfigError, match="30 bytes"):
        load_judgements(tmp_path / "big")


def test_a_record_without_id_can_be_written_by_hand(path, lines, tmp_path):
    record = {**json.loads(lines[0]), "id": None, "who": "By hand"}
    (tmp_path / "h.jsonl").write_text("\ufeff" + json.dumps(record) + "\r\n\r\n")
    assert import_judgements(path, tmp_path / "h.jsonl") == 1


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda store: decide_reject(store, "c-x"), LedgerError, 'no claim "c-x"'),
        (lambda store: decide_reject(store, "c-"), LedgerError, "several claim ids"),
        (lambda store: decide_reject(store, "e-1"), ConfigError, "is no claim"),
        (lambda store: decide_reject(store, "x"), ConfigError, "no id of a claim"),
        (lambda store: decide_join(store, ["c-a"]), ConfigError, "at least two"),
        (lambda store: decide_join(store, ["c-a", "c-a"]), ConfigError, "at least two"),
        (lambda store: decide_join(store, ["c-a", "e-x"]), LedgerError, 'no event "e-x"'),
        (lambda store: decide_part(store, ["c-a", "c-b", "c-a"]), ConfigError, "twice"),
        (lambda store: decide_correct(store, "c-a", Correctable.STAGE, Stage.DELIVERED), ConfigError, "has no stage"),
        (lambda store: decide_correct(store, "e-", Correctable.PLACE, ("Oslo",)), ConfigError, "an event has no slot"),
        (lambda store: decide_grade(store, "Papr a", Reliability.A), ConfigError, "did you mean Paper a"),
        (lambda store: decide_grade(store, "xxxx", Reliability.A), ConfigError, "no article by"),
        (lambda store: decide_back(store, "j-x"), LedgerError, 'no judgement "j-x"'),
    ],
)  # fmt: skip
def test_what_does_not_exist_cannot_be_judged(path, make, error, message):
    with pytest.raises(error, match=message):
        decide(path, make)
    assert ask(path, lambda ledger: ledger.judgements()) == ()


def test_who_and_why_are_needed(path):
    with pytest.raises(ConfigError, match="--why"):
        judge(path, lambda store: [EACH[3](store)], who="A", why=" \n")
    with pytest.raises(ConfigError, match="FOEDUS_WHO"):
        judge(path, lambda store: [EACH[3](store)], who="", why="x")


def test_a_taking_back_cannot_be_taken_back(path):
    standing = decide(path, EACH[3])
    back = decide(path, lambda store: decide_back(store, standing.judgement.id))
    with pytest.raises(LedgerError, match="judge again"):
        decide(path, lambda store: decide_back(store, back.judgement.id))


def test_several_writers_lose_nothing(path):
    def reject(number):
        return decide(path, EACH[3], who=f"Writer {number}").judgement.id

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(reject, range(12)))
    assert {judgement.id for judgement in ask(path, lambda ledger: ledger.judgements())} == ids
    assert len(ids) == 12
    assert len(ask(path, lambda ledger: list(ledger.iter_claims()))) == 2
