import pytest

from foedus.codebook import load_codebook
from foedus.errors import ConfigError
from foedus.views.actors import ActorNames


@pytest.fixture(scope="module")
def names():
    return ActorNames(load_codebook())


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BLR", "Belarus"),
        ("USA", "the United States"),
        ("GBR", "the United Kingdom"),
        ("NLD", "the Netherlands"),
        ("KOR", "South Korea"),
        ("NATO", "NATO"),
        ("ORG:NEW_MODEL_ARMY", "NEW MODEL ARMY"),
    ],
)
def test_names_in_sentences(names, code, name):
    assert names.name_in_text(code) == name


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("BLR", "BLR"),
        (" blr ", "BLR"),
        ("Belarus", "BLR"),
        ("BELARUS", "BLR"),
        ("Belarusian", "BLR"),
        ("the United States", "USA"),
        ("nato", "NATO"),
        ("ORG:ANYONE", "ORG:ANYONE"),
    ],
)
def test_codes_and_names_lead_to_the_code(names, words, code):
    assert names.pick_code(words) == code


def test_every_usual_name_leads_back_to_its_code(names):
    for code, spec in load_codebook().actors.items():
        assert names.pick_code(code) == code
        assert names.pick_code(spec.name) == code, spec.name


@pytest.mark.parametrize(
    ("words", "hint"),
    [("Belrus", "BLR (Belarus)"), ("Untied States", "USA (United States)"), ("qqqq", "give a code")],
)
def test_an_unknown_actor_is_an_error_with_advice(names, words, hint):
    with pytest.raises(ConfigError) as caught:
        names.pick_code(words)
    assert f'no actor "{words}"' in str(caught.value)
    assert hint in str(caught.value)
