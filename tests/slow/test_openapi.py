"""schemathesis asks every route of the OpenAPI document whatever it may be asked: none fails."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from foedus.api import guard


@pytest.fixture(scope="module")
def app(tmp_path_factory, write_desk_ledger, open_client):
    guard.BURST, guard.RATE_PER_S = 10**9, 10**9
    path = write_desk_ledger(tmp_path_factory.mktemp("desk") / "l.db")
    with open_client(path, tokens="Ana a-token-that-is-long-enough\n") as client:
        yield client.app


@pytest.fixture
def api_schema(app):
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, base_url="http://127.0.0.1")


schema = schemathesis.pytest.from_fixture("api_schema")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_no_route_fails(case):
    answer = case.call(headers={"Authorization": "Bearer a-token-that-is-long-enough", "Host": "127.0.0.1"})
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    if answer.status_code >= 400:
        assert "problem+json" in answer.headers["content-type"][0]
