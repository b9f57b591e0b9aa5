"""The shipped codebook data: whole, well-formed, and true to the standards it draws on."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from foedus.codebook.actor_entries import ORGANISATIONS
from foedus.codebook.check import check_file, find_shared_names
from foedus.codebook.load import DATA, load_actors, load_codebook
from foedus.codebook.passages import STAGES
from foedus.codebook.source import parse_data_file
from foedus.codebook.spec import ActorKind, ActorSpec, NameKind
from foedus.model.claim import ClaimType

ENDED_STATES = {"SUN", "YUG", "CSK", "DDR", "SCG", "YMD", "ANT"}
# CLDR territories that ISO 3166-1 has no country code for: groupings, exceptional reservations, test locales.
# Short forms and words that two actors go by; in each case one at most has it without context.
SHARED_NAMES = {
    *("ADF", "AFP", "ANP", "AUC", "BDF", "CPC", "DND", "ISI", "PAF", "RSAF", "SAC", "SAF", "SDF", "SLA"),
    *("SNA", "SPLA", "Belgrade", "Brussels", "Congo", "Congolese", "Dominican", "Dominicans"),
    *("Department of Defence", "Forces Nouvelles", "Home Guard", "House of Representatives"),
    *("National Liberation Army", "Northern Command", "Pacific Fleet", "Southern Command"),
    *("United Nations Command", "Wazalendo"),
}
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
DATA_FILES = sorted(DATA.rglob("*.yaml"))


@cache
def actors() -> dict[str, ActorSpec]:
    return load_actors().actors


@cache
def codes_by_name() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, spec in actors().items():
        for name in spec.names:
            found.setdefault(name.text, set()).add(code)
    return found


def members_on(code: str, day: date) -> list[str]:
    return [
        member.code
        for member in actors()[code].members
        if (member.since is None or member.since <= day) and (member.until is None or day <= member.until)
    ]


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_file_passes_the_lint(path: Path) -> None:
    faults, _ = check_file(parse_data_file(path.name, path.read_bytes()), actors())
    assert [str(fault) for fault in faults] == []


def test_all_types_of_the_contract_are_there_in_its_order() -> None:
    assert tuple(load_codebook().types) == tuple(ClaimType)


def test_every_type_has_cues_in_english() -> None:
    assert all(spec.cues["en"] for spec in load_codebook().types.values())


def test_only_agreements_and_transfers_give_stages() -> None:
    staged = {
        spec.type
        for spec in load_codebook().types.values()
        if any(cue.stage for cues in spec.cues.values() for cue in cues)
    }
    assert staged == set(STAGES)


def test_every_iso_3166_1_country_is_there_by_both_codes_and_names() -> None:
    for country in pycountry.countries:
        spec = actors()[country.alpha_3]
        assert spec.alpha2 == country.alpha_2
        assert spec.kind is ActorKind.STATE
        for key in ("name", "common_name", "official_name"):
            name = getattr(country, key, None)
            if name is not None:
                assert country.alpha_3 in codes_by_name()[name.removeprefix("the ")], name


def test_states_beyond_iso_are_those_of_the_contract() -> None:
    states = {code for code, spec in actors().items() if spec.kind is ActorKind.STATE}
    assert states - {country.alpha_3 for country in pycountry.countries} == ENDED_STATES | {"XKX"}
    assert all(actors()[code].until for code in ENDED_STATES)


def test_every_cldr_territory_name_leads_to_its_code() -> None:
    by_alpha2 = {spec.alpha2: code for code, spec in actors().items() if spec.alpha2}
    for alpha2, name in Locale("en").territories.items():
        if len(alpha2) == 2 and alpha2 not in NOT_ISO:
            assert by_alpha2[alpha2] in codes_by_name()[name], name


def test_all_organisations_of_the_contract_are_there() -> None:
    assert {
        code
        for code, spec in actors().items()
        if spec.kind is ActorKind.ORGANISATION and not code.startswith("ORG:")
    } == ORGANISATIONS


def test_no_name_means_two_actors_without_context() -> None:
    assert find_shared_names(actors()) == {}


def test_names_of_two_actors_are_these() -> None:
    shared = {
        name: codes
        for name, codes in codes_by_name().items()
        if len(codes) > 1 and not all(is_prefix(name, code) for code in codes)
    }
    assert set(shared) == SHARED_NAMES


def is_prefix(text: str, code: str) -> bool:
    return all(name.kind is NameKind.PREFIX for name in actors()[code].names if name.text == text)


def test_plain_forms_that_are_english_words_are_no_names() -> None:
    """Marks taken off a name must not leave a word: Ísland, Malé, Réunion."""
    unmarked = {name.text for spec in actors().values() for name in spec.names if not name.ambiguous}
    assert not unmarked & {"Island", "Male", "Reunion", "Pale", "Diet", "Quad", "West", "Western", "Fact"}


def test_every_phrase_that_is_no_actor_holds_a_name_of_one() -> None:
    known = [re.escape(name) for name in codes_by_name()]
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(known) + r")(?!\w)")
    phrases = load_codebook().not_actors
    assert len(phrases) > 500
    assert [phrase for phrase in phrases if not pattern.search(phrase)] == []
    assert [phrase for phrase in phrases if phrase in codes_by_name()] == []


def test_places_are_no_names_of_actors_and_no_phrases() -> None:
    places = load_codebook().places
    assert len(places) > 3000
    assert sorted(set(places) & set(codes_by_name())) == []
    assert sorted(set(places) & set(load_codebook().not_actors)) == []
    assert {actors()[code].kind for code in places.values()} == {ActorKind.STATE}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Sevastopol", "UKR"),
        ("Benghazi", "LBY"),
        ("Camp Humphreys", "KOR"),
        ("Guantanamo Bay", "CUB"),
        ("Ramstein", "DEU"),
        ("Pabrade", "LTU"),
        ("Cabo Delgado", "MOZ"),
        ("Lal-lo Airport", "PHL"),
    ],
)
def test_place_leads_to_its_state(place: str, code: str) -> None:
    assert load_codebook().places[place] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Byelorussia", "BLR"),
        ("Belarussian", "BLR"),
        ("Turkiye", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Saint Lucia", "LCA"),
        ("St Vincent and the Grenadines", "VCT"),
        ("Kiev", "UKR"),
        ("Chisinau", "MDA"),
        ("Peking", "CHN"),
        ("Nay Pyi Taw", "MMR"),
        ("Foggy Bottom", "USA"),
        ("Quai d’Orsay", "FRA"),
        ("Bundeswehr", "DEU"),
        ("Verkhovna Rada", "UKR"),
        ("Burkinabé", "BFA"),
        ("i-Kiribati", "KIR"),
        ("Poles", "POL"),
        ("Nigerien", "NER"),
        ("Sino", "CHN"),
        ("Daesh", "ORG:ISIL"),
        ("Al-Qaeda", "ORG:AL_QAIDA"),
        ("the West", "ORG:WEST"),
        ("Collective Security Treaty Organisation", "CSTO"),
        ("MINUSMA", "UN"),
    ],
)
def test_name_leads_to_code(name: str, code: str) -> None:
    assert codes_by_name()[name] == {code}


@pytest.mark.parametrize(
    ("code", "day", "count"),
    [
        ("NATO", date(1999, 3, 11), 16),
        ("NATO", date(1999, 3, 12), 19),
        ("NATO", date(2024, 3, 7), 32),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("CSTO", date(1999, 4, 2), 6),
        ("CSTO", date(2010, 1, 1), 7),
        ("SCO", date(2024, 7, 4), 10),
        ("AU", date(2025, 1, 1), 55),
        ("ECOWAS", date(2025, 1, 28), 15),
        ("ECOWAS", date(2025, 1, 29), 12),
        ("ASEAN", date(2025, 10, 26), 11),
        ("GCC", date(2000, 1, 1), 6),
        ("ARAB_LEAGUE", date(2000, 1, 1), 22),
        ("OSCE", date(2013, 1, 1), 57),
        ("G7", date(1980, 1, 1), 7),
        ("UNION_STATE", date(2001, 1, 1), 2),
        ("EAEU", date(2016, 1, 1), 5),
        ("ORG:WARSAW_PACT", date(1989, 1, 1), 7),
        ("ORG:BRICS", date(2025, 2, 1), 10),
    ],
)
def test_members_on_a_day(code: str, day: date, count: int) -> None:
    members = members_on(code, day)
    assert len(members) == len(set(members)) == count


def test_memberships_of_one_actor_do_not_overlap() -> None:
    for code, spec in actors().items():
        last: dict[str, date] = {}
        for member in sorted(spec.members, key=lambda member: (member.code, member.since or date.min)):
            assert member.code not in last or (member.since and member.since > last[member.code]), code
            last[member.code] = member.until or date.max


def test_states_are_alive_when_they_are_members() -> None:
    for code, spec in actors().items():
        for member in spec.members:
            state = actors()[member.code]
            assert not (state.until and (member.since or date.min) > state.until), (code, member)


def test_cow_numbers_are_unique_among_living_states() -> None:
    living = [spec.cow for spec in actors().values() if spec.cow is not None and spec.until is None]
    assert len(living) == len(set(living)) > 190


def test_codes_agree_with_the_reference_table() -> None:
    path = Path(__file__).parents[2] / "../shared/benchmarks/reference/country_codes.csv"
    if not path.exists():
        pytest.skip("needs the reference tables beside the repository")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["iso3c"] in actors()]
    assert len(rows) > 240
    for row in rows:
        spec = actors()[row["iso3c"]]
        assert spec.alpha2 == row["iso2c"]
        assert row["country_name_en"].removesuffix(" (the)") in {name.text for name in spec.names}
        # The table has Serbia under Yugoslavia's number only, and a number for the Papal States.
        if row["iso3c"] not in ("SRB", "VAT"):
            assert spec.cow == (int(row["cown"]) if row["cown"] else None), row["iso3c"]
