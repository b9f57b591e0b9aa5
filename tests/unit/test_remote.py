"""A ledger at an address says what the ledger on this machine says."""

import dataclasses
import threading
import time

import pytest
import uvicorn

import foedus
from foedus.cli.serve import make_desk
from foedus.errors import ConfigError, LedgerError, UnknownItem


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory, write_desk_ledger):
    return write_desk_ledger(tmp_path_factory.mktemp("desk") / "l.db")


@pytest.fixture(scope="module")
def address(ledger_path):
    app = make_desk(ledger=str(ledger_path), host="127.0.0.1", token_file=None)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def both(address, ledger_path):
    return foedus.connect(address), foedus.open(ledger_path)


@pytest.mark.parametrize("what", ["documents", "claims", "conflicts", "reprints", "problems"])
def test_lists_are_the_same(both, what):
    remote, local = both
    assert getattr(remote, what)() == getattr(local, what)()


def test_articles_are_the_same_but_for_the_places_of_headlines(both):
    remote, local = both
    assert remote.articles() == tuple(
        dataclasses.replace(article, title_span=None) for article in local.articles()
    )


def test_events_are_the_same_but_for_their_confidence(both):
    remote, local = both
    wanted = {dataclasses.replace(event, confidence=None) for event in local.events()}
    assert wanted
    assert set(remote.events()) == wanted
    first = remote.events()[0]
    assert remote.event(first.id[:8]) == first


def test_a_document_comes_whole(both):
    remote, local = both
    for name in local.documents():
        assert remote.document(name) == local.document(name)


def test_a_brief_is_the_same(both):
    remote, local = both
    assert remote.brief() == local.brief()


def test_what_is_not_there_is_said(both):
    remote, _ = both
    with pytest.raises(UnknownItem):
        remote.event("e-nothing")
    with pytest.raises(UnknownItem):
        remote.document("nothing.txt")


def test_a_wrong_filter_is_said(both):
    remote, _ = both
    with pytest.raises(ConfigError):
        remote.events(first="soon")


def test_nobody_answers():
    with pytest.raises(LedgerError, match="foedus serve"):
        foedus.connect("http://127.0.0.1:1").documents()
