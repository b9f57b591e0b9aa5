import pytest

from foedus.api.readers import load_readers
from foedus.errors import ConfigError

TOKEN = "a-token-that-is-long-enough"


def test_people_are_found_by_their_tokens(tmp_path):
    file = tmp_path / "tokens"
    file.write_text(f"# who\n\nAna María  {TOKEN}\nBo {TOKEN}2\n", encoding="utf-8")
    readers = load_readers(file, is_open=True)
    assert readers.find(TOKEN) == "Ana María"
    assert readers.find(TOKEN + "2") == "Bo"
    assert readers.find("x") is None
    session = readers.sign_in(TOKEN)
    assert readers.find_session(session) == "Ana María"
    readers.sign_out(session)
    assert readers.find_session(session) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("Ana short\n", "line 1 .* at least 16"),
        (f"{TOKEN}\n", "line 1 "),
        (f"Ana {TOKEN}\nBo {TOKEN}\n", "line 2 .*another line"),
    ],
)
def test_files_that_cannot_be_used_say_why(tmp_path, text, words):
    file = tmp_path / "tokens"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        load_readers(file, is_open=True)


def test_a_missing_file_says_what_to_write(tmp_path):
    with pytest.raises(ConfigError, match="secrets.token_urlsafe"):
        load_readers(tmp_path / "none", is_open=True)
