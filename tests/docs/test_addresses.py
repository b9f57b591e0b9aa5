"""The addresses of the desk that the tutorial names open."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
ADDRESSES = re.findall(r"`(/[a-z][^` ]*)`", PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def client(tmp_path_factory, write_desk_ledger, open_client):
    with open_client(write_desk_ledger(tmp_path_factory.mktemp("desk") / "l.db")) as opened:
        yield opened


def test_the_tutorial_names_pages_and_the_api():
    assert len(ADDRESSES) > 4
    assert any(address.startswith("/api/v1/") for address in ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_of_the_tutorial_opens(client, address):
    answer = client.get(address if address != "/api/v1" else "/api/v1/ledger")
    assert answer.status_code == 200, answer.text
