import pytest

from foedus.matching.subjects import (
    SERIES,
    Likeness,
    Subject,
    compare_subjects,
    is_cool,
    is_other_edition,
    is_other_holding,
    read_subject,
)
from foedus.model.claim import ClaimType

EXERCISE, AGREEMENT, TRANSFER = ClaimType.EXERCISE, ClaimType.AGREEMENT, ClaimType.TRANSFER
JOINT_FORCE, DEPLOYMENT = ClaimType.JOINT_FORCE, ClaimType.DEPLOYMENT


def likeness(one: str, other: str, kind: ClaimType = EXERCISE) -> Likeness:
    found = compare_subjects(read_subject(one, kind), read_subject(other, kind))
    assert found is compare_subjects(read_subject(other, kind), read_subject(one, kind))
    return found


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("Iron Bridge-2011", "2011"),
        ("Iron Bridge 2011", "2011"),
        ("Iron Bridge 21", "21"),
        ("2021 Iron Bridge", "2021"),
        ("Iron Bridge XIV", "14"),
        ("12th Iron Bridge", "12"),
        ("Iron Bridge 94-2", "94-2"),
        ("Iron Bridge 1/93", "1/93"),
        ("Iron Bridge 93 exercise", "93"),
        ("cooperation plan for 2012-2015", "2012-2015"),
        ("Iron Bridge-2006/2011", None),
        ("Iron Bridge", None),
    ],
)
def test_editions_are_read_off_names(text: str, edition: str | None) -> None:
    subject = read_subject(text, EXERCISE)
    assert subject.edition == edition
    assert subject.name in ({"iron", "bridge"}, frozenset())


@pytest.mark.parametrize(("text", "edition"), [("T-72", None), ("F-16", None), ("order of 2019", "2019")])
def test_editions_of_what_is_no_exercise(text: str, edition: str | None) -> None:
    assert read_subject(text, TRANSFER).edition == edition


@pytest.mark.parametrize(
    "text",
    ["Iron Bridge", "Exercise Iron Bridge", "Iron Bridge drill", "joint Iron Bridge manoeuvres", "Zapad"],
)
def test_names(text: str) -> None:
    assert read_subject(text, EXERCISE).name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("joint training centres", EXERCISE),
        ("joint military exercises", EXERCISE),
        ("Russian military bases", DEPLOYMENT),
        ("Agreement on military cooperation", AGREEMENT),
        ("Article 6 (5)", AGREEMENT),
        ("Polish soldiers", DEPLOYMENT),
    ],
)
def test_phrases_are_no_names(text: str, kind: ClaimType) -> None:
    assert not read_subject(text, kind).name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Union Shield", "Shield of the Union"),
        ("Union Shield", "Shchit Soyuza"),
        ("Zapad-2009", "West-2009"),
        ("Запад-2009", "West-2009"),
        ("Steadfast Defender", "Exercise Steadfast Defender"),
        ("Talisman Sabre", "Talisman Saber"),
        ("Yudh Abhyas", "Yuddh Abhyas"),
        ("Iron Bridge-2011", "Iron Bridge 2011"),
    ],
)
def test_variants_of_one_name(one: str, other: str) -> None:
    assert likeness(one, other) is Likeness.SAME_NAME


@pytest.mark.parametrize(
    ("one", "other", "kind", "wanted"),
    [
        ("Iron Bridge-2011", "Iron Bridge-2013", EXERCISE, Likeness.OTHER_EDITION),
        ("Iron Bridge-2011", "Iron Bridge", EXERCISE, Likeness.SAME_NAME),
        ("Iron Bridge", "Silver Arrow", EXERCISE, Likeness.OTHER_NAME),
        ("Iron Bridge", "Iron Bridge Field", EXERCISE, Likeness.PART_OF_NAME),
        ("S-400", "S-300", TRANSFER, Likeness.OTHER_NAME),
        ("Polonez", "Polonez-M", TRANSFER, Likeness.PART_OF_NAME),
        ("training centres", "pilot training centres", EXERCISE, Likeness.LIKE_PHRASE),
        ("nuclear warheads", "warheads of nuclear weapons", TRANSFER, Likeness.SAME_PHRASE),
        ("F-16", "F-35", TRANSFER, Likeness.OTHER_NAME),
        ("naval base", "Russian naval base", ClaimType.INFRASTRUCTURE, Likeness.SAME_PHRASE),
        ("air defence system", "air defense systems", TRANSFER, Likeness.SAME_PHRASE),
        ("agreement", "agreement on transit of goods", AGREEMENT, Likeness.GENERAL),
        ("the agreement", "signed document", AGREEMENT, Likeness.GENERAL),
        ("agreement", "the treaty", AGREEMENT, Likeness.BOTH_GENERAL),
        ("transit of goods", "pilot school", AGREEMENT, Likeness.DIFFERENT),
        ("IRIS-T", "coastal radars", TRANSFER, Likeness.NAME_AND_PHRASE),
        (
            "regional grouping of troops (forces)",
            "Regional Military Task Force",
            JOINT_FORCE,
            Likeness.SAME_PHRASE,
        ),
        ("common military unit", "Regional Military Task Force", JOINT_FORCE, Likeness.GENERAL),
    ],
)
def test_likeness(one: str, other: str, kind: ClaimType, wanted: Likeness) -> None:
    assert likeness(one, other, kind) is wanted


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("JDTF", "Joint Desert Task Force"),
        ("RGF", "regional grouping of forces"),
        ("RGT", "regional grouping of troops (forces)"),
        ("RGF formation", "regional grouping of forces"),
    ],
)
def test_abbreviations(short: str, long: str) -> None:
    assert likeness(short, long, JOINT_FORCE) is Likeness.SAME_NAME


@pytest.mark.parametrize(
    ("short", "long"), [("JDT", "Joint Desert Task Force"), ("rgf", "regional grouping of forces")]
)
def test_no_abbreviations(short: str, long: str) -> None:
    assert likeness(short, long, JOINT_FORCE) is not Likeness.SAME_NAME


def test_a_claim_without_a_subject_is_like_nothing() -> None:
    assert compare_subjects(None, read_subject("Iron Bridge", EXERCISE)) is Likeness.UNKNOWN


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2011", "2013", True),
        ("2011", "2011", False),
        ("21", "2021", False),
        ("21", "2019", False),
        ("21", "22", True),
        (None, "2021", False),
        ("2012-2015", "2012", False),
    ],
)
def test_other_editions(one: str | None, other: str | None, differ: bool) -> None:
    assert is_other_edition(one, other) is differ
    assert is_other_edition(other, one) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (SERIES, "2011", True),
        (SERIES, SERIES, False),
        (SERIES, None, False),
        ("2011", "2013", True),
        ("1994#1", "1994#2", True),
        ("1994#1", "1994", False),
        ("#12", "2011", False),
        ("#12", "#13", True),
        ("~1992", "1993", False),
        ("~1991", "1993", True),
        ("~1992", "~1993", True),
    ],
)
def test_other_holdings(one: str | None, other: str | None, differ: bool) -> None:
    assert is_other_holding(one, other) is differ
    assert is_other_holding(other, one) is differ


def test_words_that_set_a_thing_off() -> None:
    assert read_subject("previous agreement", AGREEMENT).is_other
    assert not read_subject("agreement", AGREEMENT).is_other


def test_words_for_bad_relations() -> None:
    assert is_cool("certain tensions remain")
    assert not is_cool("close cooperation")


@pytest.mark.parametrize("text", ["", " ", "—", "(", "of the", "x" * 5000, "IIII", "\x00"])
def test_odd_subjects_are_read(text: str) -> None:
    assert isinstance(read_subject(text, EXERCISE), Subject)
