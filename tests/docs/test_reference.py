"""Everything that can be typed, set, met or read in a record is documented."""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
import typer

from foedus import facade
from foedus.articles.language import UNKNOWN
from foedus.cli.main import app
from foedus.config import Settings, load_settings
from foedus.errors import FoedusError
from foedus.export import FORMATS
from foedus.lang import LANGUAGES
from foedus.model import judgement_records, records
from foedus.model.actor import Role
from foedus.model.claim import AGREEMENT_STAGES, TRANSFER_STAGES, Bound, ClaimType, Plover, Stage, Status
from foedus.model.event import Slot
from foedus.model.judgement import Correctable, Kind, Reliability, Scope, State
from foedus.model.run import Step
from foedus.model.when import Basis, Precision
from foedus.read import READERS, ReadLimits
from foedus.views.data_files import load_data
from foedus.views.standing import Standing

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "foedus"


@cache
def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands under a heading of second rank, up to the next."""
    _, _, rest = page(name).partition(f"\n## {heading}\n")
    return rest.partition("\n## ")[0]


def row_heads(text: str) -> set[str]:
    """All words in code marks in the first cells of the tables of a text."""
    cells = re.findall(r"^\| ([^|]*)\|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def code_words(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def _iter_commands() -> Iterator[tuple[str, list[str]]]:
    """Each command as typed, with the long names of its options."""

    def walk(command: object, name: str) -> Iterator[tuple[str, list[str]]]:
        inner = getattr(command, "commands", None)
        if inner is not None:
            for key in inner:
                yield from walk(inner[key], f"{name} {key}")
        else:
            options = [option for parameter in command.params for option in parameter.opts]  # type: ignore[attr-defined]
            yield name, sorted(option for option in options if option.startswith("-") and option != "--help")

    return walk(typer.main.get_command(app), "foedus")


COMMANDS = tuple(_iter_commands())


def test_there_are_commands() -> None:
    assert "foedus build" in dict(COMMANDS)


@pytest.mark.parametrize("command", [name for name, _ in COMMANDS])
def test_command_is_documented(command: str) -> None:
    assert re.search(rf"`{command}[ `]", section("reference.md", "Commands"))


@pytest.mark.parametrize("option", sorted({option for _, options in COMMANDS for option in options}))
def test_option_is_documented(option: str) -> None:
    assert re.search(rf"[`|\[ ]{re.escape(option)}\b", page("reference.md"))


def test_no_command_is_documented_that_is_not_there() -> None:
    known = {name for name, _ in COMMANDS}
    shown = set(re.findall(r"`(foedus (?:(?:show|judge|judgements) )?[a-z]+)", page("reference.md")))
    shown -= {"foedus show", "foedus judge", "foedus judgements"}
    assert shown <= known


def test_settings_are_documented() -> None:
    documented = row_heads(section("reference.md", "Settings"))
    asked: list[str] = []

    class Environment(dict[str, str]):
        def get(self, key: str, default: object = None) -> None:  # type: ignore[override]
            asked.append(key)

    load_settings(Environment())
    assert documented == set(asked)
    assert len(asked) == len(fields(Settings))


def _iter_errors(cls: type[FoedusError]) -> Iterator[str]:
    yield cls.__name__
    for sub in cls.__subclasses__():
        yield from _iter_errors(sub)


def test_errors_are_documented() -> None:
    assert row_heads(section("reference.md", "Errors")) == set(_iter_errors(FoedusError))


def _find_codes() -> set[str]:
    """Codes of problems, as the source writes them down."""
    kebab = r'"([a-z]+(?:-[a-z]+)*)"'
    forms = (
        rf"InputError\(\s*{kebab}",
        rf"\bFault\(\s*{kebab}",
        rf"\bProblem\(\s*[\w.]+,\s*[\w.]+,\s*{kebab}",
        rf"_note\(\w+, {kebab}",
    )
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))
    return {code for form in forms for code in re.findall(form, text)}


def test_problem_codes_are_documented() -> None:
    found = _find_codes()
    assert {"empty", "fault", "hidden", "duplicate", "worker-died"} <= found
    assert row_heads(section("reference.md", "Problems")) == found


def test_steps_of_problems_are_documented() -> None:
    assert {step.value for step in Step} <= code_words(section("reference.md", "Problems"))


def test_input_formats_are_documented() -> None:
    assert row_heads(section("reference.md", "Input formats")) >= {reader.media_type for reader in READERS}


def test_output_formats_are_documented() -> None:
    documented = row_heads(section("reference.md", "Output formats"))
    assert documented == {known.name for known in FORMATS}
    endings = code_words(section("reference.md", "Output formats"))
    assert {known.suffix for known in FORMATS} <= endings


def test_python_calls_are_documented() -> None:
    helpers = ("_", "make_", "open_", "names")  # serve the command line
    calls = {name for name in vars(facade.Ledger) if not name.startswith(helpers)}
    told = section("reference.md", "Python")
    assert {name for name in calls if f"ledger.{name}(" not in told} == set()
    assert "foedus.build(" in told
    assert "foedus.open(" in told


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Articles", records.ARTICLE_KEYS),
        ("Articles", (UNKNOWN,)),
        ("Claims", records.CLAIM_KEYS),
        ("Events", records.EVENT_KEYS),
        ("Conflicts", records.CONFLICT_KEYS),
        ("Claim types", tuple(ClaimType)),
        ("Stages", tuple(Stage)),
        ("Status", tuple(Status)),
        ("PLOVER roots", tuple(Plover)),
        ("Times", (*Precision, *Basis)),
        ("Actors", tuple(Role)),
        ("Quantities", tuple(Bound)),
        ("Conflicts", tuple(Slot)),
        ("Judgements", judgement_records.JUDGEMENT_KEYS),
        ("Judgements", judgement_records.CLAIM_NAME_KEYS),
        ("Judgements", (*Kind, *Scope, *Correctable, *Reliability)),
    ],
)
def test_word_of_a_record_is_documented(heading: str, words: tuple[str, ...]) -> None:
    documented = code_words(section("contract.md", heading))
    assert {str(word) for word in words} <= documented


def test_stages_stand_by_the_type_they_are_of() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (agreement|transfer|both) \|", page("contract.md"), re.MULTILINE)
    of_agreements = {stage for stage, of in rows if of in ("agreement", "both")}
    of_transfers = {stage for stage, of in rows if of in ("transfer", "both")}
    assert of_agreements == {stage.value for stage in AGREEMENT_STAGES}
    assert of_transfers == {stage.value for stage in TRANSFER_STAGES}


def test_organisations_of_the_contract_are_documented_and_known() -> None:
    from foedus.codebook import load_codebook

    actors = load_codebook().actors
    listed = re.search(r"a short code for an organisation: (.*?);", page("contract.md"), re.DOTALL)
    assert listed is not None
    codes = code_words(listed[1])
    assert codes
    assert codes <= set(actors)


def test_standings_of_a_brief_are_explained() -> None:
    assert all(standing.value in section("design.md", "The brief") for standing in Standing)


def test_directions_of_a_brief_are_explained() -> None:
    directions = load_data("brief")["directions"]
    rows = re.findall(
        r"^\| (toward|away|neither)[^|]*\|([^|]*)\|", section("design.md", "The brief"), re.MULTILINE
    )
    told = {word: way for way, cells in rows for word in code_words(cells)}
    assert told == {root: {1: "toward", -1: "away", 0: "neither"}[way] for root, way in directions.items()}


def test_limits_are_the_ones_the_design_names() -> None:
    told = section("design.md", "Hostile input").replace(",", "")
    limits = ReadLimits()
    mebibyte = 1024 * 1024
    numbers = {
        f"{limits.max_bytes // mebibyte} MiB",
        f"{limits.min_bomb_bytes // mebibyte} MiB",
        f"{limits.max_markup_bytes // mebibyte} MiB",
        str(limits.max_ratio),
        str(limits.max_layers),
        str(limits.max_elements),
        str(limits.max_depth),
        str(limits.max_pages),
        str(limits.max_parts),
        str(limits.max_chars),
        f"{Settings().item_timeout_s:g}",
    }
    missing = {number for number in numbers if not re.search(rf"\b{number}\b", told)}
    assert not missing


def test_standings_of_judgements_are_explained() -> None:
    assert all(state.value in section("reference.md", "Commands") for state in State)


def test_every_decision_is_listed_and_has_its_parts() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        assert f"(decisions/{path.name})" in page("design.md")
        text = path.read_text(encoding="utf-8")
        assert all(
            f"**{part}" in text
            for part in ("Question.", "Choice.", "Not chosen", "What would show it was wrong.")
        ), path.name


def test_languages_that_are_coded_are_told() -> None:
    assert LANGUAGES == ("en",), "reference.md, the model card and decision 7 say that only English is coded"
    assert "coded from English" in section("reference.md", "Input formats")
