from pathlib import Path

import pytest

from foedus.address import ServerAddress, parse_ledger
from foedus.config import load_settings
from foedus.errors import ConfigError, FoedusError


@pytest.mark.parametrize("words", ["l.db", "folder/l.db", "a:b/l.db"])
def test_what_is_no_address_is_a_file(words):
    assert parse_ledger(words) == parse_ledger(Path(words)) == Path(words)


@pytest.mark.parametrize(
    ("url", "shown", "name"),
    [
        ("postgresql://ana:se%40cret@db.example:5433/news", "postgresql://ana@db.example:5433/news", "news"),
        ("postgres://db.example/news", "postgresql://db.example/news", "news"),
        ("postgresql://ana@/n%20w?host=%2Frun&password=secret", "postgresql://ana@/n%20w", "n w"),
        ("postgresql://a:b@[::1]:5432,two:1/x", "postgresql://a@[::1]:5432,two:1/x", "x"),
        ("postgresql://ana@host", "postgresql://ana@host/", "ana"),
        ("postgresql://", "postgresql:///", "postgres"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url, shown, name):
    address = parse_ledger(url)
    assert isinstance(address, ServerAddress)
    assert (str(address), address.name, address.url) == (shown, name, url)
    assert "cret" not in f"{address!r} {address} {load_settings({'FOEDUS_LEDGER': url})}"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:se@cret@host/news",
        "postgresql://ana:se/cret@host/news",
        "postgresql://ana:se?cret@host/news",
        "postgresql://ana:se#cret@host/news",
        "postgresql://ana:se:cret@host/news",
        "postgresql://ana:se cret@host/news",
        "postgresql://ana:1?cret@host/news",
        "postgresql+psycopg://ana:cret@host/news",
        "mysql://ana:cret@host/news",
        Path("postgresql://ana:cret@host/news"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_not_repeated(url):
    with pytest.raises(ConfigError) as raised:
        parse_ledger(url)
    assert "cret" not in str(raised.value)


def test_the_words_of_a_driver_are_told_without_secrets():
    address = ServerAddress("postgresql://ana:se%40cret@host/news?sslpassword=other")
    assert address.hide("tried se%40cret, se@cret and other on host") == "tried ***, *** and *** on host"


@pytest.mark.parametrize("ask", ["open", "build"])
def test_no_error_tells_a_password(ask, tmp_path):
    import foedus

    url = f"postgresql://ana:se%40cret@/news?host={tmp_path}"
    with pytest.raises(FoedusError, match=r"postgresql://ana@/news") as raised:
        foedus.open(url) if ask == "open" else foedus.build(tmp_path, ledger=url)
    error = raised.value
    while error is not None:
        assert "cret" not in str(error)
        error = error.__cause__ or error.__context__


def test_an_option_that_the_server_does_not_know_is_refused_without_secrets():
    import foedus

    with pytest.raises(ConfigError, match="option that PostgreSQL does not know") as raised:
        foedus.open("postgresql://ana:secret@/news?colour=blue")
    assert raised.value.__cause__ is raised.value.__context__ is None
    assert "secret" not in str(raised.value)
