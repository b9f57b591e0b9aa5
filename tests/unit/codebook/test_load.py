from pathlib import Path

import pytest

from foedus.codebook.load import SourceFile, fingerprint, lay_over, load_actors, load_codebook
from foedus.errors import DataFileError
from foedus.model.claim import ClaimType, Plover


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path | None, code: str) -> list[str]:
    return [name.text for name in load_codebook(folder).actors[code].names]


def test_same_files_give_the_same_codebook() -> None:
    assert load_codebook() is load_codebook()


def test_without_examples_there_are_no_passages_and_with_them_many() -> None:
    bare, full = load_codebook(), load_codebook(examples=True)
    assert bare.passages == bare.types[ClaimType.AGREEMENT].examples == ()
    assert len(full.passages) > 100
    assert full.types[ClaimType.AGREEMENT].examples
    assert full.fingerprint == bare.fingerprint
    assert {**full.actors} == {**bare.actors}


def test_passages_have_unique_ids_and_every_claim_a_root() -> None:
    passages = load_codebook(examples=True).passages
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(claim.plover for passage in passages for claim in passage.claims)


def test_fingerprint_is_that_of_names_and_bytes() -> None:
    one = SourceFile("types", "x/a.yaml", "a.yaml", b"1")
    assert fingerprint([one]) == fingerprint([SourceFile("types", "elsewhere/a.yaml", "a.yaml", b"1")])
    others = [
        SourceFile("types", "x/a.yaml", "a.yaml", b"2"),
        SourceFile("types", "x/b.yaml", "b.yaml", b"1"),
        SourceFile("actors", "x/a.yaml", "a.yaml", b"1"),
    ]
    assert len({fingerprint([file]) for file in [one, *others]}) == 4
    assert fingerprint([one, SourceFile("examples", "e.yaml", "e.yaml", b"3")]) == fingerprint([one])


def test_user_adds_a_name_and_keeps_the_others(tmp_path: Path) -> None:
    write(tmp_path, "actors/mine.yaml", "states: {FRA: {bodies: [Armée du futur]}}\n")
    mine = load_codebook(tmp_path)
    assert {"Armée du futur", "Armee du futur", "France", "Bretagne"} - set(texts(tmp_path, "FRA")) == {
        "Bretagne"
    }
    assert mine.actors["FRA"].alpha2 == "FR"
    assert mine.fingerprint != load_codebook().fingerprint
    assert set(mine.actors) == set(load_codebook().actors)
    assert "Armée du futur" not in texts(None, "FRA")


def test_user_replaces_an_actor(tmp_path: Path) -> None:
    write(tmp_path, "actors/mine.yaml", "states: {FRA: {replace: true, name: Gaul}}\n")
    assert texts(tmp_path, "FRA") == ["Gaul"]
    assert load_codebook(tmp_path).actors["FRA"].alpha2 is None


def test_user_adds_an_actor_and_a_phrase(tmp_path: Path) -> None:
    write(
        tmp_path, "actors/mine.yaml", "groups: {ORG:LUDDITES: {name: Luddites}}\nnot_actors: [France Gall]\n"
    )
    mine = load_codebook(tmp_path)
    assert mine.actors["ORG:LUDDITES"].name == "Luddites"
    assert "France Gall" in mine.not_actors
    assert "Niger Delta" in mine.not_actors


def test_user_adds_a_place_and_moves_one(tmp_path: Path) -> None:
    write(tmp_path, "actors/mine.yaml", "places: {FRA: [Trifouilly-lès-Oies, Cam Ranh]}\n")
    places = load_codebook(tmp_path).places
    assert places["Trifouilly-les-Oies"] == places["Trifouilly-lès-Oies"] == places["Cam Ranh"] == "FRA"
    assert load_codebook().places["Cam Ranh"] == "VNM"


def test_user_extends_a_type(tmp_path: Path) -> None:
    text = "type: exercise\ntitle: Drills\ncues: {en: {verb: [scrimmage, exercise: {plover: MOBILIZE}]}}\n"
    write(tmp_path, "types/exercise.yaml", text)
    mine, base = load_codebook(tmp_path).types, load_codebook().types
    assert mine[ClaimType.EXERCISE].title == "Drills"
    assert mine[ClaimType.EXERCISE].definition == base[ClaimType.EXERCISE].definition
    cues = {cue.lemma: cue for cue in mine[ClaimType.EXERCISE].cues["en"] if cue.part == "verb"}
    assert cues["scrimmage"].plover is None
    assert cues["exercise"].plover is Plover.MOBILIZE
    assert {cue.lemma for cue in base[ClaimType.EXERCISE].cues["en"]} < {
        cue.lemma for cue in mine[ClaimType.EXERCISE].cues["en"]
    }
    assert tuple(mine) == tuple(ClaimType)
    assert mine[ClaimType.AID] == base[ClaimType.AID]


def test_user_adds_examples(tmp_path: Path) -> None:
    passage = (
        "- text: They drilled.\n  style: wire\n  region: asia\n  claims:\n"
        "  - {type: exercise, cue: drilled, evidence: They drilled, status: happened}\n"
    )
    write(tmp_path, "examples/mine.yaml", passage)
    added = load_codebook(tmp_path, examples=True).passages[-1]
    assert (added.id, added.text) == ("mine-passage-1", "They drilled.")
    assert added.claims[0].plover is load_codebook().types[ClaimType.EXERCISE].plover
    assert load_codebook(tmp_path).passages == ()


def test_edited_folder_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, "actors/mine.yaml", "states: {FRA: {names: [One]}}\n")
    assert "One" in texts(tmp_path, "FRA")
    write(tmp_path, "actors/mine.yaml", "states: {FRA: {names: [Two]}}\n")
    assert {"One", "Two"} & set(texts(tmp_path, "FRA")) == {"Two"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("actors/mine.yaml", "states: {FRA: {names: [x", "mine.yaml:.*no YAML"),
        ("actors/mine.yaml", "states:\n  FRA:\n    nick: x\n", "mine.yaml:3: states.FRA.nick: unknown key"),
        ("actors/mine.yaml", "groups: {ORG:A: {name: A, home: [QQQ]}}\n", '"QQQ" is no actor'),
        ("actors/mine.yaml", "places: {QQQ: [Nowhere]}\n", '"QQQ" is no actor'),
        ("actors/mine.yaml", "places: {FRA: [Twin], DEU: [Twin]}\n", "stands under FRA too"),
        ("actors/mine.yaml", "", "expected keys"),
        ("types/mine.yaml", "type: exercise\nplover: HELP\n", "mine.yaml:2: plover"),
        ("types/mine.yaml", "type: juggling\n", "juggling"),
        ("types/mine.yaml", "- type\n", "expected keys"),
    ],
)
def test_fault_in_a_users_file_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(DataFileError, match=message):
        load_codebook(tmp_path)


def test_fault_in_examples_counts_only_when_they_are_read(tmp_path: Path) -> None:
    write(tmp_path, "examples/mine.yaml", "- text: Nothing.\n")
    load_codebook(tmp_path)
    with pytest.raises(DataFileError, match="claims"):
        load_codebook(tmp_path, examples=True)


def test_folder_that_is_no_codebook_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no codebook folder"):
        load_codebook(tmp_path / "gone")


def test_load_actors_needs_no_types() -> None:
    tables = load_actors()
    assert tables.actors["FRA"].name == "France"
    assert "Niger Delta" in tables.not_actors
    assert tables.places["Cam Ranh"] == "VNM"


@pytest.mark.parametrize(
    ("base", "over", "joined"),
    [
        ({"a": 1, "b": 2}, {"b": 3, "c": 4}, {"b": 3, "c": 4, "a": 1}),
        ({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"y": 2, "x": 1}}),
        ({"a": [1, 2]}, {"a": [2, 3]}, {"a": [2, 3, 1]}),
        (["sign", "ink"], [{"sign": {"stage": "signed"}}], [{"sign": {"stage": "signed"}}, "ink"]),
        ({"a": 1}, {"replace": True, "b": 2}, {"b": 2}),
        ({"a": {"x": 1}}, {"a": {"replace": True, "y": 2}}, {"a": {"y": 2}}),
        ([1], 2, 2),
    ],
)
def test_lay_over(base: object, over: object, joined: object) -> None:
    assert lay_over(base, over) == joined
