"""Passages of our own, written for these tests."""

from datetime import date

import pytest

from foedus.codebook.passages import count_sentences, find_evidence, parse_passages
from foedus.codebook.source import DataFile, parse_data_file
from foedus.codebook.spec import Passage
from foedus.model.actor import Actor, Role
from foedus.model.claim import Bound, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.span import Span

CODES = frozenset({"KEN", "ETH", "NATO"})
TEXT = "Kenya and Ethiopia signed a pact in Addis Ababa on Thursday. Kenya later signed a second one."


def parse(text: str, *, look_alike: ClaimType | None = None) -> tuple[DataFile, tuple[Passage, ...]]:
    file = parse_data_file("a.yaml", text.encode())
    return file, parse_passages(file, file.value, (), prefix="p", codes=CODES, look_alike=look_alike)


def passage_with(claim: str, *, head: str = "published: 2023-05-05") -> str:
    return f"- text: {TEXT}\n  {head}\n  style: wire\n  region: africa\n  claims:\n  - {{{claim}}}\n"


GOOD = "type: agreement, stage: signed, cue: signed, evidence: Kenya and … Thursday, status: happened"


def only_fault(text: str) -> str:
    file, passages = parse(text)
    assert len(file.faults) == 1, file.faults
    assert passages == ()
    return file.faults[0].message


def test_whole_passage() -> None:
    file, (passage,) = parse(
        passage_with(
            "type: transfer, stage: delivered, cue: 'signed#2', evidence: \"" + TEXT + '", plover: AID, '
            "actors: {KEN: source, ORG:SOME_GROUP: target}, agents: [Kenya], subject: pact, "
            "place: [Addis Ababa], "
            "when: 2023-05-01/, status: ongoing, attributed_to: Ethiopia, via: [Kenya], recurrence: P1Y, "
            "quantities: [{value: 3, max: 5, of: planes}, "
            "{value: 20, unit: USD, bound: min, approximate: true}]"
        )
    )
    assert file.faults == []
    assert passage.id == "p-1"
    assert passage.text == TEXT
    assert passage.published == date(2023, 5, 5)
    assert (passage.style, passage.region, passage.held_out, passage.look_alike) == (
        "wire",
        "africa",
        False,
        None,
    )
    (claim,) = passage.claims
    assert claim.type is ClaimType.TRANSFER
    assert claim.stage is Stage.DELIVERED
    assert claim.status is Status.ONGOING
    assert claim.plover is Plover.AID
    assert claim.cue == "signed"
    assert claim.cue_span == Span(TEXT.rindex("signed"), TEXT.rindex("signed") + 6)
    assert claim.evidence_span == Span(0, len(TEXT))
    assert claim.actors == (Actor("KEN", Role.SOURCE), Actor("ORG:SOME_GROUP", Role.TARGET))
    assert (claim.agents, claim.place, claim.via) == (("Kenya",), ("Addis Ababa",), ("Kenya",))
    assert (claim.subject, claim.attributed_to, claim.recurrence) == ("pact", "Ethiopia", "P1Y")
    assert claim.when == (date(2023, 5, 1), None)
    assert claim.quantities == (
        Quantity(3, 5, None, "planes", None, False),
        Quantity(20, None, "USD", None, Bound.MIN, True),
    )


def test_evidence_spans_are_cut_from_the_text() -> None:
    _, (passage,) = parse(passage_with(GOOD))
    (claim,) = passage.claims
    assert claim.evidence == claim.evidence_span.cut(TEXT) == TEXT[: TEXT.index(".")]
    assert claim.cue_span.cut(TEXT) == "signed"


def test_claims_come_in_the_order_of_their_cues() -> None:
    second = "type: relations, cue: second, evidence: Kenya later … one, status: happened"
    text = passage_with(second) + f"  - {{{GOOD}}}\n"
    _, (passage,) = parse(text)
    assert [claim.cue for claim in passage.claims] == ["signed", "second"]


def test_evidence_is_the_first_stretch_that_holds_the_cue() -> None:
    claim = "type: relations, cue: later, evidence: Kenya … signed, status: happened"
    _, (passage,) = parse(passage_with(claim))
    assert passage.claims[0].evidence == "Kenya later signed"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cue: signed", "cue: inked", "does not stand in the evidence"),
        ("cue: signed", "cue: sign", "does not stand in the evidence"),
        ("cue: signed", "cue: 'signed#2'", "does not stand in the evidence"),
        ("cue: signed", "cue: a pact", "is not one word"),
        ("Kenya and", "Kenya with", "not in the text"),
        ("type: agreement", "type: treaty", "is none of"),
        ("stage: signed", "stage: delivered", "does not fit"),
        ("stage: signed, ", "", "`stage` is missing"),
        ("status: happened", "status: done", "is none of"),
        ("status: happened", "status: happened, plover: HELP", "is none of"),
        ("status: happened", "status: happened, actors: {XYZ: both}", "is no code"),
        ("status: happened", "status: happened, actors: {'ORG:lower': both}", "is no code"),
        ("status: happened", "status: happened, actors: {KEN: partner}", "is none of"),
        ("status: happened", "status: happened, when: 2023-05", "is no day"),
        ("status: happened", "status: happened, when: /", "is no day"),
        ("status: happened", "status: happened, when: 2023-05-04/2023-05-03", "ends before it begins"),
        ("status: happened", "status: happened, place: [Nairobi]", "does not stand in the text"),
        ("status: happened", "status: happened, attributed_to: a spokesman", "does not stand in the text"),
        ("status: happened", "status: happened, recurrence: yearly", "no ISO 8601 duration"),
        ("status: happened", "status: happened, recurrence: P", "no ISO 8601 duration"),
        ("status: happened", "status: happened, quantities: [{of: men}]", "`value` is missing"),
        ("status: happened", "status: happened, quantities: [{value: 5, max: 4}]", "must rise"),
        ("status: happened", "status: happened, quantities: [{value: 4, max: 5, bound: min}]", "must rise"),
        ("status: happened", "status: happened, quantities: [{value: 4, unit: XYZ}]", "ISO 4217"),
        ("status: happened", "status: happened, tense: past", "unknown key"),
        ("status: happened", "", "`status` is missing"),
    ],
)
def test_fault_in_a_claim(old: str, new: str, message: str) -> None:
    assert old in GOOD
    assert message in only_fault(passage_with(GOOD.replace(old, new).rstrip(", ")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {style: wire, region: asia, claims: []}", "`text` is missing"),
        ("- {text: Nothing., style: wire, region: asia}", "`claims` is missing"),
        ("- {text: Nothing., style: verse, region: asia, claims: []}", "is none of"),
        ("- {text: Nothing., style: wire, region: moon, claims: []}", "is none of"),
        ("- {text: Nothing., style: wire, region: asia, claims: [], held_out: 6}", "true or false"),
        ("- {text: Nothing., style: wire, region: asia, claims: [], look_alike: talks}", "is none of"),
        ("- {text: Nothing., style: wire, region: asia, claims: [], mood: glum}", "unknown key"),
    ],
)
def test_fault_in_a_passage(text: str, message: str) -> None:
    assert message in only_fault(text)


def test_same_claim_twice_is_a_fault() -> None:
    assert "stands twice" in only_fault(passage_with(GOOD) + f"  - {{{GOOD}}}\n")


def test_date_needs_a_year_in_the_text_or_a_publication_day() -> None:
    claim = GOOD + ", when: 2023-05-04"
    assert "add `published`" in only_fault(passage_with(claim, head="held_out: true"))
    file, passages = parse(
        passage_with(claim, head="held_out: true").replace("on Thursday", "in May 2023 on Thursday")
    )
    assert (file.faults, len(passages)) == ([], 1)


def test_counter_example_holds_no_claim_of_its_type() -> None:
    file, _ = parse(passage_with(GOOD), look_alike=ClaimType.AGREEMENT)
    assert "must hold no such claim" in file.faults[0].message
    file, (passage,) = parse(passage_with(GOOD), look_alike=ClaimType.TRANSFER)
    assert file.faults == []
    assert passage.look_alike is ClaimType.TRANSFER


def test_faulty_passage_is_left_out_and_the_next_one_kept() -> None:
    file, passages = parse(passage_with(GOOD.replace("signed", "sealed")) + passage_with(GOOD))
    assert [passage.id for passage in passages] == ["p-2"]
    assert len(file.faults) == 2


def test_no_list_is_no_passages() -> None:
    assert parse("")[1] == ()


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("b c", [(2, 5), (10, 13)]),
        ("a … c", [(0, 5), (8, 13)]),
        ("c … b", [(4, 11)]),
        ("a … z", []),
        ("a … b … c", []),
        ("… c", []),
    ],
)
def test_find_evidence(words: str, spans: list[tuple[int, int]]) -> None:
    assert [(span.start, span.end) for span in find_evidence("a b c d a b c", words)] == spans


def test_ellipsis_of_the_text_itself_is_found_first() -> None:
    assert find_evidence("he said … no more", "said … no") == (Span(3, 12),)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One sentence.", 1),
        ("One. Two.", 2),
        ("Gen. Smith met Adm. Jones in the U.S. Navy yard.", 1),
        ("J. Doe of the U.N. Secretariat spoke.", 1),
        ("“We agreed.” He left. They stayed.", 3),
        ("It cost 3.5 million. nobody paid", 1),
        ("Why? Because. Really!", 3),
    ],
)
def test_count_sentences(text: str, count: int) -> None:
    assert count_sentences(text) == count


def test_evidence_of_three_sentences_is_a_fault() -> None:
    text = (
        "- text: They met. They talked. They left.\n  style: wire\n  region: asia\n  claims:\n"
        "  - {type: consultation, cue: met, evidence: They met. They talked. They left., status: happened}\n"
    )
    assert "3 sentences" in only_fault(text)


def test_evidence_of_too_many_words_is_a_fault() -> None:
    words = "met " + "and talked " * 50
    text = (
        f"- text: They {words.strip()}\n  style: wire\n  region: asia\n  claims:\n"
        f"  - {{type: consultation, cue: met, evidence: {words.strip()}, status: happened}}\n"
    )
    assert "101 words" in only_fault(text)
