"""The pages as a browser without script gets them."""

import csv
import io
import json
import re
import zipfile

import pytest

TOKEN = "a-token-that-is-long-enough"
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) =1+1 "
    "\u202egnp.exe\u202c \x1b[31m\x00 {{7*7}} end"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory, write_desk_ledger, open_client):
    path = write_desk_ledger(tmp_path_factory.mktemp("desk") / "l.db")
    with open_client(path, tokens=f"Ana {TOKEN}\n") as opened:
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def hostile(request, make_ledger_address, write_desk_ledger, open_client):
    path = write_desk_ledger(make_ledger_address(request.param), HOSTILE)
    with open_client(path) as opened:
        yield opened


def find_event(client):
    return client.get("/api/v1/events").json()["items"][0]


PAGES = (
    "/",
    "/events",
    "/events?actor=Chile&type=agreement&from=2018&to=2018-03&q=border+treaty",
    "/documents",
    "/actors",
    "/actors/CHL",
    "/dyads/CHL/PER",
    "/network",
    "/map",
    "/conflicts",
    "/brief?from=2018-03-01&to=2018-03-31",
    "/registers/exercises",
    "/registers/agreements",
    "/registers/transfers",
    "/problems",
    "/judgements",
    "/sign-in",
    "/api",
)


@pytest.mark.parametrize("address", PAGES)
def test_page_opens_and_holds_no_script_of_its_own(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
    assert re.findall(r"<script(?! src=\"/static/desk.js\" type=\"module\")", answer.text) == []
    assert " style=" not in answer.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//(?!example\.org)", answer.text)


@pytest.mark.parametrize("address", [*PAGES[:-2], "/documents/0-hostile&<i>.txt"])
def test_text_of_documents_is_inert(hostile, address):
    text = hostile.get(address.replace("&<i>", "%26%3Ci%3E")).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'href="javascript:' not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "{{7*7}}" in text or "7*7" not in text


def test_event_shows_claims_values_and_both_sides(client):
    event = find_event(client)
    text = client.get(f"/events/{event['id']}").text
    assert "3 independent sources, 3 claims" in text
    assert "On 12 March or on 13 March 2018." in text
    assert all(f"c-{id.partition('-')[2]}" in text for id in event["claims"])
    assert text.count("2018-03-13") > 1


def test_start_of_an_id_leads_to_the_whole_one(client):
    event = find_event(client)["id"]
    answer = client.get(f"/events/{event[:6]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/events/{event}")


def test_document_marks_the_words_of_a_claim_and_dims_the_rest(client):
    claim = find_event(client)["claims"][0]
    text = client.get(f"/documents/0-plain.txt?claim={claim}").text
    assert f'id="c-{claim}"' in text
    assert re.search(r'<span class="rest">[^<]*Menu \| About', text)
    assert 'href="https://example.org/a"' in text


def test_events_come_as_csv_and_json_from_the_same_address(client):
    rows = list(csv.reader(io.StringIO(client.get("/events?actor=CHL&format=csv").text)))
    assert rows[0][0] == "id"
    assert len(rows) == 2
    by_header = client.get("/events?actor=CHL", headers={"Accept": "application/json"})
    assert json.loads(by_header.text)[0]["id"] == rows[1][0]


def test_a_register_is_not_asked_by_type(client):
    assert 'name="type"' in client.get("/events").text
    assert 'name="type"' not in client.get("/registers/exercises").text


def test_formulas_in_downloads_are_defused(tmp_path, write_desk_ledger, open_client):
    path = write_desk_ledger(tmp_path / "l.db", "=cmd()")
    with open_client(path) as opened:
        rows = list(csv.DictReader(io.StringIO(opened.get("/registers/agreements?format=csv").text)))
    assert rows[0]["name"] == "'=cmd()"


@pytest.mark.parametrize(
    ("ending", "start"), [("md", b"# Defence"), ("html", b"<!doctype html>"), ("docx", b"PK")]
)
def test_brief_is_downloaded(client, ending, start):
    answer = client.get(f"/brief?from=2018-03-01&to=2018-03-31&format={ending}")
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    if ending == "docx":
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert any(name.startswith("word/media/") for name in names)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/events/e-zzz", 404, "no event"),
        ("/events?type=exercize", 400, "did you mean exercise?"),
        ("/events?from=soon", 400, "write it as 2012-10-23"),
        ("/events?from=2019&to=2018", 400, "turn them round"),
        ("/events?colour=red", 400, "no filter"),
        ("/events?min-confidence=2", 400, "from 0 to 1"),
        ("/events?as-of=2012-13-45", 400, "is no day"),
        ("/events?after=e-nothing", 404, "begin with the first page"),
        ("/events?q=%21%21", 400, "holds no word"),
        ("/actors/Chilee", 400, "CHL (Chile)"),
        ("/documents/0-plain.tx", 404, "did you mean 0-plain.txt"),
        ("/documents/0-plain.txt?part=9", 404, "no part 9"),
        ("/registers/tanks", 400, "exercises, agreements, transfers"),
        ("/registers/exercises?type=clash", 400, "leave the filter type out"),
        ("/brief?week=now", 400, "is no day"),
        ("/pictures/pie.svg", 404, "months"),
        ("/nowhere", 404, "there is no page"),
    ],
)
def test_wrong_address_says_what_would_be_right(client, address, status, words):
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert words in answer.text.replace("&#34;", '"')


def test_as_of_a_day_shows_what_had_been_published(client):
    assert "1</strong> event" in client.get("/events?as-of=2018-03-13").text.replace("event\n", "event")
    assert "No event fits" in client.get("/events?as-of=2018-03-12").text


def test_judging_needs_a_sign_in_and_is_taken_back(tmp_path, write_desk_ledger, open_client):
    path = write_desk_ledger(tmp_path / "l.db")
    with open_client(path, tokens=f"Ana {TOKEN}\n") as own:
        event = find_event(own)
        claim = event["claims"][0]
        form = {"kind": "reject", "ids": claim, "why": "It does not say so."}
        assert own.post("/judgements", data=form).status_code == 401
        assert own.post("/sign-in", data={"token": "wrong"}).status_code == 403
        assert own.post("/sign-in", data={"token": TOKEN}).status_code == 200
        assert own.post("/judgements", data=form | {"why": " "}).status_code == 400
        assert own.post("/judgements", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert own.post("/judgements", data=form).status_code == 200
        assert own.get(f"/api/v1/claims/{claim}").status_code == 404
        judged = own.get("/api/v1/judgements").json()
        assert [(one["kind"], one["who"], one["state"]) for one in judged] == [("reject", "Ana", "in force")]
        back = {"kind": "back", "ids": judged[0]["id"], "why": "I misread it."}
        assert own.post("/judgements", data=back).status_code == 200
        assert own.get(f"/api/v1/claims/{claim}").status_code == 200
        assert own.post("/sign-out").status_code == 200
        assert own.post("/judgements", data=form).status_code == 401


def test_pictures_are_svg_and_specifications(client):
    for name in ("months", "timeline", "heat", "network", "map"):
        assert client.get(f"/pictures/{name}.svg?actor=CHL&scheme=dark").text.startswith("<svg")
        spec = client.get(f"/pictures/{name}.json?actor=CHL").json()
        assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
