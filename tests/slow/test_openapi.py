"""schemathesis asks every route of the OpenAPI document whatever it may be asked: none fails."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from foedus.api import guard

TOKEN = "a-token-that-is-long-enough"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}
ASKED = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture
def api(tmp_path, write_desk_ledger, open_client, monkeypatch):
    monkeypatch.setattr(guard, "BURST", 10**9)
    monkeypatch.setattr(guard, "RATE_PER_S", 10**9)
    path = write_desk_ledger(tmp_path / "l.db")
    with open_client(path, tokens=f"Ana {TOKEN}\n") as client:
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app, headers=HEADERS)


@pytest.mark.filterwarnings("ignore")
def test_no_route_fails(api):
    asked, statuses = 0, set()
    for found in api.get_all_operations():
        operation = found.ok()

        @ASKED
        @given(case=operation.as_strategy())
        def ask(case):
            answer = case.call(headers=HEADERS)
            statuses.add(answer.status_code)
            assert answer.status_code < 500 or answer.status_code == 503, answer.text
            if answer.status_code >= 400:
                assert "problem+json" in answer.headers["content-type"][0]

        ask()
        asked += 1
    assert asked > 10
    assert {200, 404} <= statuses
