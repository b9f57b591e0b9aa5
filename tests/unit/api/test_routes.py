"""Every route answers as its document says; lists turn pages; nothing makes the server fail."""

import pytest

from foedus.api import schemas
from foedus.model.records import CLAIM_KEYS, CONFLICT_KEYS, EVENT_KEYS

TOKEN = "a-token-that-is-long-enough"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def path(request, make_ledger_address, write_desk_ledger):
    return write_desk_ledger(make_ledger_address(request.param))


@pytest.fixture(scope="module")
def client(path, open_client):
    with open_client(path, tokens=f"Ana {TOKEN}\n") as opened:
        yield opened


@pytest.mark.parametrize(
    ("address", "record"),
    [
        ("/api/v1/events", schemas.EventRecord),
        ("/api/v1/claims?actor=Chile&type=agreement", schemas.ClaimRecord),
        ("/api/v1/conflicts?slot=when", schemas.ConflictRecord),
        ("/api/v1/articles", schemas.ArticleRecord),
        ("/api/v1/documents", schemas.DocumentEntry),
    ],
)
def test_lists_hold_records_of_their_schema(client, address, record):
    page = client.get(address).json()
    assert page["items"]
    assert page["next"] is None
    for item in page["items"]:
        record.model_validate(item)


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (schemas.EventRecord, EVENT_KEYS),
        (schemas.ClaimRecord, CLAIM_KEYS),
        (schemas.ConflictRecord, CONFLICT_KEYS),
    ],
)
def test_schemas_have_the_keys_of_the_contract(record, keys):
    assert set(record.model_fields) == set(keys)


@pytest.mark.parametrize("kind", ["claims", "articles", "documents"])
def test_pages_are_turned_by_a_cursor(client, kind):
    seen, address = [], f"/api/v1/{kind}?limit=1"
    cursor = ""
    while cursor is not None:
        page = client.get(address + (f"&after={cursor}" if cursor else "")).json()
        seen += page["items"]
        cursor = page["next"]
    assert seen == client.get(f"/api/v1/{kind}").json()["items"]
    assert len(seen) == 3


def test_items_have_addresses_of_their_own(client):
    event = client.get("/api/v1/events").json()["items"][0]
    assert client.get(f"/api/v1/events/{event['id']}").json() == event
    claim = client.get(f"/api/v1/claims/{event['claims'][0]}").json()
    assert claim["id"] == event["claims"][0]
    document = client.get(f"/api/v1/documents/{claim['document']}").json()
    span = claim["evidence"]
    assert document["text"][span["start"] : span["end"]] == span["quote"]
    conflict = client.get("/api/v1/conflicts").json()["items"][0]
    assert client.get(f"/api/v1/conflicts/{conflict['id']}").json() == conflict


def test_entity_tag_spares_what_has_not_changed(client):
    first = client.get("/api/v1/events")
    tag = first.headers["etag"]
    again = client.get("/api/v1/events", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/api/v1/events?order=oldest", headers={"If-None-Match": tag}).status_code == 200


def test_entity_tag_changes_with_the_ledger(ledger_address, write_desk_ledger, open_client):
    path = write_desk_ledger(ledger_address)
    with open_client(path, tokens=f"Ana {TOKEN}\n") as own:
        tag = own.get("/api/v1/events").headers["etag"]
        claim = own.get("/api/v1/claims").json()["items"][0]["id"]
        made = own.post(
            "/api/v1/judgements",
            json={"kind": "reject", "ids": [claim], "why": "wrong"},
            headers={"Authorization": f"Bearer {TOKEN}"},
        )
        assert made.status_code == 201
        assert own.get("/api/v1/events").headers["etag"] != tag
        assert len(own.get("/api/v1/events").json()["items"][0]["claims"]) == 2


def test_a_part_whose_connection_is_cut_is_made_anew(
    make_ledger_address, write_desk_ledger, open_client, server
):
    address = write_desk_ledger(make_ledger_address("postgresql"))
    question = "/api/v1/events?as-of=2030-01-01"
    with open_client(address) as own:
        answer = own.get(question)
        assert answer.json()["items"]
        assert server.cut(address.name) > 1
        cut = own.get(question)
        assert (cut.status_code, cut.headers["content-type"]) == (503, "application/problem+json")
        assert own.get(question).json() == answer.json()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/v1/events/e-nothing", 404, 'no event "e-nothing"'),
        ("/api/v1/claims/c-nothing", 404, "ids of claims look like"),
        ("/api/v1/claims?actor=Chilee", 400, "CHL (Chile)"),
        ("/api/v1/events?from=2012-99", 400, "is no day"),
        ("/api/v1/claims?limit=0", 422, "limit"),
        ("/api/v1/articles?after=x", 400, "no cursor"),
        ("/api/v1/registers/tanks", 400, "no register"),
        ("/api/v1/nowhere", 404, "no page"),
    ],
)
def test_failures_are_problems(client, address, status, words):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = schemas.ProblemAnswer.model_validate(answer.json())
    assert problem.status == status
    assert words in problem.detail


def test_judging_needs_a_token_of_somebody(client):
    body = {"kind": "reject", "ids": ["c-zzz"], "why": "wrong"}
    assert client.post("/api/v1/judgements", json=body).status_code == 401
    wrong = {"Authorization": "Bearer nobody"}
    assert client.post("/api/v1/judgements", json=body, headers=wrong).status_code == 401
    assert client.get("/api/v1/events", headers=wrong).status_code == 401
    right = {"Authorization": f"Bearer {TOKEN}"}
    assert client.post("/api/v1/judgements", json=body, headers=right).status_code == 404


def test_every_route_has_an_example(client):
    document = client.get("/api/v1/openapi.json").json()
    known = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for route in methods.values():
            (good,) = (answer for status, answer in route["responses"].items() if status in ("200", "201"))
            for content in good["content"].values():
                schema = content.get("schema", {})
                name = schema.get("$ref", schema.get("items", {}).get("$ref", "")).rpartition("/")[2]
                assert "example" in content or "example" in known.get(name, {}), path


def test_every_reference_of_the_document_leads_somewhere(client):
    import json
    import re

    document = client.get("/api/v1/openapi.json").json()
    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert wanted <= set(document["components"]["schemas"])
