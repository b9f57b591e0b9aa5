"""The desk in a browser: every page, the keyboard, a claim followed to its words, a judgement, a brief, axe.

Needs Chromium or Chrome on the path; axe-core comes with ``npm ci --prefix tests/slow``. Screenshots go
to ``out/screens``.
"""

import shutil
import threading
import time
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "out" / "screens"
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
TOKEN = "a-token-that-is-long-enough"
HOSTILE = (
    "<script>window.ran=1</script>\"'><img src=x onerror=window.ran=1> javascript:window.ran=1 =1+1 "
    "\u202eevil \x1b[31m"
)
PAGES = {
    "home": "/",
    "chronology": "/events",
    "document": "/documents/01-finland-joins-nato.html",
    "actor": "/actors/USA",
    "dyad": "/dyads/AUS/USA",
    "network": "/network",
    "map": "/map",
    "conflicts": "/conflicts",
    "brief": "/brief",
    "exercises": "/registers/exercises",
    "agreements": "/registers/agreements",
    "transfers": "/registers/transfers",
    "judgements": "/judgements",
    "actors": "/actors",
    "failure": "/events?type=exercize",
}

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="NO BROWSER: install chromium to run the browser tests"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


def serve(path):
    """A desk over a ledger on a free port; gives its address and how to stop it."""
    import uvicorn

    from foedus.api import guard
    from foedus.cli.serve import make_desk

    guard.BURST, guard.RATE_PER_S = 10**6, 10**6
    tokens = path.with_suffix(".tokens")
    tokens.write_text(f"Ana {TOKEN}\n")
    app = make_desk(ledger=str(path), host="127.0.0.1", token_file=str(tokens))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]

    def stop():
        server.should_exit = True
        thread.join(20)

    return f"http://127.0.0.1:{port}", stop


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    import foedus

    path = tmp_path_factory.mktemp("sample") / "sample.db"
    foedus.build(ROOT / "sample", ledger=path, jobs=1)
    address, stop = serve(path)
    yield address
    stop()


@pytest.fixture
def page(browser, desk):
    context = browser.new_context(
        base_url=desk, viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(90_000)
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            opened.faults.append(message.text)
            if "Content Security Policy" in message.text or "Refused" in message.text
            else None
        ),
    )
    yield opened
    assert opened.faults == []
    context.close()


def wait_for_pictures(page):
    """Pictures are drawn when they come near to where somebody reads."""
    pictures = page.locator("[data-picture]")
    if pictures.count():
        pictures.first.scroll_into_view_if_needed()
        page.wait_for_selector(".drawn svg")
    page.evaluate("window.scrollTo(0, 0)")


def check_axe(page):
    if not AXE.exists():
        warnings.warn("AXE IS MISSING: npm ci --prefix tests/slow", stacklevel=2)
        return
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        (one["id"], one["help"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("name", PAGES)
def test_page_is_drawn_and_fit_for_everybody(page, name):
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.goto(PAGES[name])
    wait_for_pictures(page)
    page.screenshot(path=SCREENS / f"{name}-light.png")
    check_axe(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    wait_for_pictures(page)
    page.screenshot(path=SCREENS / f"{name}-dark.png")
    check_axe(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    wait_for_pictures(page)
    page.screenshot(path=SCREENS / f"{name}-phone.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 391


def test_a_claim_is_followed_from_the_chronology_to_its_words(page):
    page.goto("/events")
    page.fill(".filters input[name=actor] >> nth=0", "Kenya")
    page.click(".filters button")
    page.wait_for_url("**/events?actor=Kenya")
    page.click(".facets a:text('training')")
    page.wait_for_url("**type=training**")
    assert page.locator(".event").count() >= 1
    quote = page.locator(".event blockquote").first.inner_text().strip("“”… \n")
    page.locator(".event blockquote a").first.click()
    page.wait_for_url("**/documents/**")
    assert page.locator("mark.hit").count() >= 1
    marked = "".join(page.locator("mark.hit").all_inner_texts())
    assert " ".join(quote.split())[:30] in " ".join(marked.split())


def test_keyboard_moves_from_claim_to_claim(page):
    page.goto("/documents/01-finland-joins-nato.html")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    assert first.startswith("c-c-")
    assert page.evaluate("document.activeElement.id") not in ("", first)
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first
    assert page.locator(".card.on").count() >= 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/e-*")


def test_a_judgement_is_made_and_taken_back(page):
    page.goto("/sign-in")
    page.fill("input[name=token]", TOKEN)
    page.click("main button")
    page.wait_for_url("**/")
    page.goto("/events?actor=KEN")
    page.locator(".event h2 a").first.click()
    claim = page.locator(".claim .id").first.inner_text()
    page.locator(".claim summary:text('Reject')").first.click()
    page.locator(".claim details[open] input[name=why]").fill("It does not say so.")
    page.locator(".claim details[open] button").click()
    page.wait_for_url("**/judgements#j-*")
    assert "It does not say so." in page.inner_text("main")
    assert page.request.get(f"/api/v1/claims/{claim}").status == 404
    page.locator("summary:text('Take back')").first.click()
    page.locator("details[open] input[name=why]").fill("I misread it.")
    page.locator("details[open] button").click()
    page.wait_for_selector("text=taken back")
    assert page.request.get(f"/api/v1/claims/{claim}").status == 200


def test_a_brief_is_downloaded(page):
    page.goto("/brief")
    with page.expect_download() as waiting:
        page.click("text=DOCX")
    assert waiting.value.suggested_filename == "brief.docx"


def test_pages_work_without_script(browser, desk):
    context = browser.new_context(base_url=desk, java_script_enabled=False)
    page = context.new_page()
    page.goto("/events?actor=KEN")
    assert page.locator(".event").count() >= 1
    assert page.locator("[data-picture] img").first.is_visible()
    context.close()


def test_no_script_of_a_hostile_ledger_runs(browser, tmp_path, write_desk_ledger):
    address, stop = serve(write_desk_ledger(tmp_path / "l.db", HOSTILE))
    try:
        page = browser.new_context(base_url=address).new_page()
        page.set_default_timeout(90_000)
        event = page.request.get("/api/v1/events").json()["items"][0]["id"]
        for place in (
            *PAGES.values(),
            f"/events/{event}",
            "/documents/0-hostile%26%3Ci%3E.txt",
            "/actors/CHL",
            "/problems",
        ):
            if place.startswith("/documents/01"):
                continue
            page.goto(place)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.ran") is None, place
            assert page.locator("a[href^='javascript']").count() == 0
    finally:
        stop()
