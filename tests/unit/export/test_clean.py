import pytest

from foedus.export import clean, clean_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain «é» 😀 日本", "plain «é» 😀 日本"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\x1b[2J\x1b]0;own\x07", "[2J]0;own"),
        ("a\x00b\x7fc\x9bd", "abcd"),
        ("rtl \u202eevil\u2066x\u200f", "rtl evilx"),
        ("\ufeffstart\u2028line", "startline"),
    ],
)
def test_nothing_that_steers_a_terminal_is_left(text, cleaned):
    assert clean(text) == cleaned


def test_a_line_is_one_line():
    assert clean_line(" a\r\n b\tc\x1b ") == "a b c"
