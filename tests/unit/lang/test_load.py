import pytest

from foedus.errors import DataFileError
from foedus.lang import LANGUAGES, load_language
from foedus.lang.load import parse_language


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_loads_with_a_calendar(code):
    language = load_language(code)
    assert language.code == code
    assert language.section("calendar")


def test_same_object_for_same_code():
    assert load_language("en") is load_language("en")


def test_unknown_language_is_named():
    with pytest.raises(DataFileError, match="'xx'"):
        load_language("xx")


def test_missing_section_is_named_with_those_that_are_there():
    language = parse_language("en", "first: {a: 1}\nsecond: {b: 2}\n")
    with pytest.raises(DataFileError, match="'third'.*first, second"):
        language.section("third")


def test_sections_cannot_be_changed():
    language = parse_language("en", "first: {a: 1}\n")
    with pytest.raises(TypeError):
        language.sections["first"] = {}
    with pytest.raises(TypeError):
        language.sections["first"]["a"] = 2


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [", "not YAML"),
        ("", "expected sections"),
        ("- a", "expected sections"),
        ("a: 1", "'a' must be a mapping"),
        ("1: {a: b}", "1 must be a mapping"),
        ("a: !!python/object/apply:os.getcwd []", "not YAML"),
    ],
)
def test_malformed_file_says_what_is_wrong(text, fault):
    with pytest.raises(DataFileError, match=fault):
        parse_language("en", text)
