import pytest

from foedus.api import guard

TOKEN = "a-token-that-is-long-enough"


@pytest.fixture
def path(tmp_path, write_desk_ledger):
    return write_desk_ledger(tmp_path / "l.db")


def test_other_names_of_this_machine_are_refused(path, open_client):
    with open_client(path) as client:
        assert client.get("/api/v1/events", headers={"Host": "evil.example"}).status_code == 421
        assert client.get("/api/v1/events", headers={"Host": "localhost:8000"}).status_code == 200


def test_reading_needs_a_token_off_the_loopback_address(path, open_client):
    with open_client(path, tokens=f"Ana Maria {TOKEN}\n", host="192.0.2.1") as client:
        assert client.get("/api/v1/events").status_code == 401
        page = client.get("/events", headers={"Accept": "text/html"}, follow_redirects=False)
        assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
        assert client.get("/static/desk.css").status_code == 200
        assert client.get("/api/v1/events", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_too_many_calls_are_told_to_wait(path, open_client, monkeypatch):
    monkeypatch.setattr(guard, "BURST", 5)
    monkeypatch.setattr(guard, "RATE_PER_S", 0.001)
    with open_client(path) as client:
        answers = [client.get("/healthz") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_large_bodies_and_long_addresses_are_refused(path, open_client):
    with open_client(path) as client:
        assert client.post("/judgements", data={"why": "x" * 70_000}).status_code == 413
        assert client.get("/events?q=" + "x" * 9_000).status_code == 414
        parts = iter([b"kind=reject&ids=c-1&why=" + b"x" * 70_000])
        assert client.get("/events").status_code == 200
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert client.post("/judgements", content=parts, headers=form).status_code in (400, 413)


def test_questions_that_take_too_long_are_cut_off(path, open_client, monkeypatch):
    from foedus.api import desk

    monkeypatch.setattr(desk, "TIMEOUT_S", -1.0)
    monkeypatch.setattr("foedus.ledger.sqlite._STEPS_BETWEEN_LOOKS", 1)
    with open_client(path) as client:
        answer = client.get("/api/v1/events")
    assert answer.status_code == 503
    assert "ask for less" in answer.json()["detail"]
