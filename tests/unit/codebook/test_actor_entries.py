from datetime import date

import pytest

from foedus.codebook.actor_entries import parse_actors, spelling_variants
from foedus.codebook.source import DataFile, parse_data_file
from foedus.codebook.spec import ActorKind, ActorName, ActorSpec, Membership, NameKind

SYLDAVIA = """
states:
  SYL:
    name: Syldavia
    alpha2: SY
    cow: 999
    since: 1991-01-01
    until: 2010-12-31
    names: [Kingdom of Syldavia]
    adjectives: [Syldavian]
    demonyms: [Syldavians]
    prefixes: [Syldavo]
    capitals: [Klow]
    seats: [Kropow Palace]
    bodies: [ZZRK]
    ambiguous: {Klow: [Syldavia, Muskar]}
    unless: {Syldavian: [water]}
"""


def parse(text: str) -> tuple[DataFile, dict[str, ActorSpec], tuple[str, ...]]:
    file = parse_data_file("actors.yaml", text.encode())
    tables = parse_actors(file)
    return file, tables.actors, tables.not_actors


def test_whole_state() -> None:
    file, actors, _ = parse(SYLDAVIA)
    assert file.faults == []
    spec = actors["SYL"]
    assert spec.kind is ActorKind.STATE
    assert (spec.name, spec.alpha2, spec.cow) == ("Syldavia", "SY", 999)
    assert (spec.since, spec.until) == (date(1991, 1, 1), date(2010, 12, 31))
    assert spec.names == (
        ActorName("Syldavia", NameKind.NAME, "SYL"),
        ActorName("Kingdom of Syldavia", NameKind.NAME, "SYL"),
        ActorName("Syldavian", NameKind.ADJECTIVE, "SYL", unless=("water",)),
        ActorName("Syldavians", NameKind.DEMONYM, "SYL"),
        ActorName("Syldavo", NameKind.PREFIX, "SYL"),
        ActorName("Klow", NameKind.CAPITAL, "SYL", ambiguous=True, context=("Syldavia", "Muskar")),
        ActorName("Kropow Palace", NameKind.SEAT, "SYL"),
        ActorName("ZZRK", NameKind.BODY, "SYL"),
    )


def test_organisation_with_members_and_group_with_home() -> None:
    file, actors, phrases = parse(
        """
organisations:
  NATO:
    name: NATO
    members:
      1949-08-24: [SYL]
      1960/1966-07-01: [BOR]
      1976: [SMO]
      undated: [SON]
groups:
  ORG:IRON_GUARD:
    name: Iron Guard
    home: [SYL]
not_actors: [Syldavian water]
"""
    )
    assert file.faults == []
    assert actors["NATO"].kind is ActorKind.ORGANISATION
    assert actors["NATO"].members == (
        Membership("SYL", date(1949, 8, 24), None),
        Membership("BOR", date(1960, 1, 1), date(1966, 7, 1)),
        Membership("SMO", date(1976, 1, 1), None),
        Membership("SON", None, None),
    )
    assert actors["ORG:IRON_GUARD"].kind is ActorKind.GROUP
    assert actors["ORG:IRON_GUARD"].home == ("SYL",)
    assert phrases == ("Syldavian water",)


def test_name_with_marks_counts_in_its_other_spellings_as_ambiguous_as_itself() -> None:
    _, actors, _ = parse("states: {AAA: {name: Saint Élie, ambiguous: {Saint Élie: [x]}}}")
    assert [(name.text, name.ambiguous, name.context) for name in actors["AAA"].names] == [
        (text, True, ("x",)) for text in ("Saint Élie", "St Élie", "Saint Elie", "St Elie")
    ]


def test_spelling_given_by_hand_is_not_replaced_by_a_made_one() -> None:
    _, actors, _ = parse("states: {AAA: {name: Malé, names: [Male], ambiguous: {Male: []}}}")
    assert [(name.text, name.ambiguous) for name in actors["AAA"].names] == [("Malé", False), ("Male", True)]


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("France", ()),
        ("Côte d'Ivoire", ("Cote d'Ivoire", "Côte d’Ivoire", "Cote d’Ivoire")),
        ("Trinidad & Tobago", ("Trinidad and Tobago",)),
        ("St. Lucia", ("Saint Lucia", "St Lucia")),
        ("Tromsø", ("Tromso",)),
        ("Saint-Denis", ()),
    ],
)
def test_spelling_variants(text: str, variants: tuple[str, ...]) -> None:
    assert set(spelling_variants(text)) == set(variants)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  SYL:", "  SYLD:", "no code of a state"),
        ("  SYL:", "  QUAD:", "no code of a state"),
        ("states:", "organisations:", "no code of a organisation"),
        ("states:", "groups:", "no code of a group"),
        ("states:", "countries:", "unknown key"),
        ("    name: Syldavia", "    title: Syldavia", "`name` is missing"),
        ("alpha2: SY", "alpha2: NO", "put it in quotes"),
        ("alpha2: SY", "alpha2: SYL", "two letters"),
        ("cow: 999", "cow: many", "whole number"),
        ("until: 2010-12-31", "until: 1990-12-31", "ends before it begins"),
        ("{Klow:", "{Kloww:", "not among the names"),
        ("{Syldavian:", "{Bordurian:", "not among the names"),
        ("seats: [Kropow Palace]", "seats: [Klow]", "stands twice"),
        ("cow: 999", "members: {sometime: [BOR]}", "no day, year or span"),
        ("cow: 999", "members: {1999/1998: [BOR]}", "no day, year or span"),
        ("cow: 999", "members: {1998/: [BOR]}", "no day, year or span"),
        ("cow: 999", "members: {1998: [BOR, BOR]}", "stands twice"),
    ],
)
def test_fault_in_an_actor(old: str, new: str, message: str) -> None:
    assert old in SYLDAVIA
    file, _, _ = parse(SYLDAVIA.replace(old, new))
    assert [fault for fault in file.faults if message in fault.message], file.faults


def test_code_in_two_sections_is_a_fault() -> None:
    file, _, _ = parse("organisations: {ORG:A: {name: One}}\ngroups: {ORG:A: {name: Two}}\n")
    assert [fault.message for fault in file.faults] == ["ORG:A stands in two sections"]


def test_prefix_may_be_spelled_like_another_name() -> None:
    file, actors, _ = parse("states: {AAA: {name: Aland, adjectives: [Soviet], prefixes: [Soviet]}}")
    assert file.faults == []
    assert [name.kind for name in actors["AAA"].names][1:] == [NameKind.ADJECTIVE, NameKind.PREFIX]
