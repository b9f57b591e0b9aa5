"""The pages, each at an address that says all that it shows."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from foedus.api import Desk
from foedus.api.guard import COOKIE
from foedus.api.judging import make_judgement
from foedus.api.routes import (
    MAX_BRIEF_ARTICLES,
    MAX_LISTED,
    narrow,
    parse_brief,
    pick_register,
    to_fields,
    write_text,
)
from foedus.errors import ConfigError
from foedus.export import pick_format
from foedus.export.docx import write_docx
from foedus.ledger import MAX_COUNTED, Sought
from foedus.model.claim import ClaimType, Status
from foedus.model.judgement import RELIABILITY_WORDS, Correctable
from foedus.model.records import EVENT_KEYS, to_event_record
from foedus.views.asking import Question, parse_day, parse_question
from foedus.views.atlas import find_places
from foedus.views.brief import write_brief
from foedus.views.disputes import load_disputes
from foedus.views.document_sheet import open_document
from foedus.views.dossier_sheet import open_dossier
from foedus.views.event_rows import make_event_rows
from foedus.views.event_sheet import open_event
from foedus.views.network import find_ties
from foedus.views.overview import describe_ledger
from foedus.views.registers import REGISTERS, list_rows
from foedus.views.shapes import Pages, Records
from foedus.web.drawer import Drawer
from foedus.web.drawing import draw_strip_png
from foedus.web.rendering import Renderer, keep_part

#: Events and rows in a file that is downloaded from a page.
MAX_DOWNLOADED = 20_000
_DOWNLOAD_STEP = 500
_MAX_NAMES = 400
_MAX_PROBLEMS = 2_000


def make_pages_router(desk: Desk, renderer: Renderer, drawer: Drawer) -> APIRouter:
    """All pages."""
    router = APIRouter()

    @router.get("/")
    def home(request: Request) -> Response:
        def look() -> Any:
            with desk.reading() as store:
                return describe_ledger(store, desk.names)

        return renderer.page(request, "home", it=desk.keep("overview", look))

    @router.get("/events")
    def events(request: Request) -> Response:
        fields = to_fields(request)
        ending = _pick_ending(request, fields)
        question = parse_question(fields, desk.names)
        if ending is not None:
            return _download_events(desk, question, ending)
        with desk.reading(question.as_of, question.min_confidence) as store:
            entries = store.find_events(
                question.sought, after=question.after, limit=question.limit + 1, newest=question.newest
            )
            rows = make_event_rows(store, desk.names, entries[: question.limit])
            part = (question.sought, question.as_of, question.min_confidence)
            facets = desk.keep(("facets", part), lambda: store.count_facets(question.sought))
            total = sum(count.events or 0 for count in facets["status"])
        following = (
            replace(question, after=entries[question.limit - 1].event)
            if len(entries) > question.limit
            else None
        )
        return renderer.page(
            request,
            "events",
            question=question,
            rows=rows,
            facets=facets,
            total=total,
            max_counted=MAX_COUNTED,
            following=following,
            filters=_list_filters(desk, question),
            actors=_list_actors(desk),
            types=list(ClaimType),
            statuses=list(Status),
            names=desk.names,
            keep=keep_part(question.as_of, question.min_confidence),
            drawn=any(row.entry.is_dated for row in rows),
        )

    @router.get("/events/{id}")
    def event(request: Request, id: str) -> Response:
        question = parse_question(to_fields(request), desk.names)
        with desk.reading(question.as_of, question.min_confidence) as store:
            sheet = open_event(store, desk.names, id)
        if sheet.row.id != id:
            return RedirectResponse(f"/events/{sheet.row.id}", 302)
        return renderer.page(
            request,
            "event",
            it=sheet,
            slots=list(Correctable)[:5],
            keep=keep_part(question.as_of, question.min_confidence),
            is_part=question.as_of is not None or question.min_confidence is not None,
        )

    @router.get("/documents")
    def documents(request: Request, after: str | None = None) -> Response:
        with desk.reading() as store:
            found = store.find_documents(after=after, limit=101)
        return renderer.page(
            request, "documents", rows=found[:100], following=found[99][0] if len(found) > 100 else None
        )

    @router.get("/documents/{name:path}")
    def document(request: Request, name: str, part: str = "1", claim: str | None = None) -> Response:
        if not (part.isascii() and part.isdigit() and len(part) < 6):
            raise ConfigError(f'part: "{part}" is no number of a part; the first is 1')
        with desk.reading() as store:
            sheet = open_document(store, name, part=int(part), claim=claim)
        chosen = next((card.number for card in sheet.cards if card.voice.claim.id == claim), None)
        return renderer.page(request, "document", it=sheet, chosen=chosen)

    @router.get("/actors")
    def actors(request: Request) -> Response:
        with desk.reading() as store:
            counts = store.list_terms("actor")
        rows = [(count.term, desk.names.name(count.term), count.events) for count in counts]
        return renderer.page(request, "actors", rows=rows)

    @router.get("/actors/{actor}")
    def actor(request: Request, actor: str) -> Response:
        return _show_dossier(request, (actor,))

    @router.get("/dyads/{one}/{other}")
    def dyad(request: Request, one: str, other: str) -> Response:
        return _show_dossier(request, (one, other))

    @router.get("/go")
    def go(one: str = "", other: str = "") -> Response:
        """From the form that asks for an actor or two."""
        codes = [desk.names.pick_code(words) for words in (one, other) if words.strip()]
        if not codes:
            raise ConfigError("name an actor, or two")
        path = (
            f"/actors/{quote(codes[0])}"
            if len(set(codes)) == 1
            else f"/dyads/{quote(codes[0])}/{quote(codes[1])}"
        )
        return RedirectResponse(path, 303)

    def _show_dossier(request: Request, words: Sequence[str]) -> Response:
        codes = tuple(desk.names.pick_code(word) for word in words)
        if tuple(words) != codes:
            kind = "actors" if len(codes) == 1 else "dyads"
            return RedirectResponse(f"/{kind}/{'/'.join(quote(code) for code in codes)}", 302)
        if len(set(codes)) < len(codes):
            return RedirectResponse(f"/actors/{quote(codes[0])}", 302)
        fields = to_fields(request)
        day = parse_day("as-of", (fields.pop("on", None) or [""])[0] or None)
        question = parse_question(fields, desk.names)
        with desk.reading(question.as_of, question.min_confidence) as store:
            newest = store.find_newest(1)
            on = day or (newest[0].published if newest else None) or date.max
            sheet = open_dossier(store, desk.names, codes, day=on)
        return renderer.page(
            request,
            "dossier",
            it=sheet,
            names=desk.names,
            keep=keep_part(question.as_of, question.min_confidence),
        )

    @router.get("/network")
    def network(request: Request) -> Response:
        question = parse_question(to_fields(request), desk.names)
        with desk.reading(question.as_of, question.min_confidence) as store:
            found = find_ties(store, desk.names, question)
        return renderer.page(request, "network", it=found, question=question, **_form(question))

    @router.get("/map")
    def atlas(request: Request) -> Response:
        question = parse_question(to_fields(request), desk.names)
        with desk.reading(question.as_of, question.min_confidence) as store:
            found = find_places(store, desk.names, question)
        return renderer.page(request, "map", it=found, question=question, **_form(question))

    def _form(question: Question) -> Mapping[str, Any]:
        return {
            "filters": _list_filters(desk, question),
            "actors": _list_actors(desk),
            "types": list(ClaimType),
            "statuses": list(Status),
            "names": desk.names,
        }

    @router.get("/conflicts")
    def conflicts(request: Request, after: str | None = None, actor: str = "") -> Response:
        code = desk.names.pick_code(actor) if actor.strip() else None
        with desk.reading() as store:
            found = store.find_conflicts(actor=code, after=after, limit=31)
            disputes = load_disputes(store, desk.names, found[:30])
            total = desk.keep("conflicts", lambda: store.count_derived()[1])
        settled = [one for one in desk.ledger.judgements() if one.claims]
        return renderer.page(
            request,
            "conflicts",
            disputes=disputes,
            settled=settled,
            total=total,
            code=code,
            names=desk.names,
            actors=_list_actors(desk),
            following=found[29].id if len(found) > 30 else None,
        )

    @router.get("/brief")
    def brief(request: Request) -> Response:
        fields = to_fields(request)
        ending = (fields.get("format") or [""])[0]

        def one(name: str) -> str | None:
            return (fields.get(name) or [""])[0] or None

        codes = [value for value in fields.get("actor", []) if value.strip()]
        asked = parse_brief(desk, codes, one("from"), one("to"), one("week"), one("min-confidence"))
        with desk.reading(parse_day("as-of", one("as-of"))) as store:
            pages = write_brief(store, desk.names, asked, max_articles=MAX_BRIEF_ARTICLES)
        if ending:
            picture = draw_strip_png(
                desk, drawer, Sought(actors=tuple(asked.dyad or ((asked.actor,) if asked.actor else ())))
            )
            return _download_brief(pages, ending, picture)
        return renderer.page(
            request,
            "brief",
            it=pages,
            asked=asked,
            fields={name: one(name) or "" for name in ("from", "to", "week", "as-of")},
            query=str(request.url.query),
            actors=_list_actors(desk),
            names=desk.names,
        )

    @router.get("/registers/{kind}")
    def register(request: Request, kind: str) -> Response:
        chosen = pick_register(kind)
        fields = to_fields(request)
        ending = _pick_ending(request, fields)
        question = parse_question(fields, desk.names)
        sought = narrow(question.sought, chosen)
        with desk.reading(question.as_of, question.min_confidence) as store:
            if ending is not None:
                entries = store.find_events(sought, limit=MAX_DOWNLOADED, newest=question.newest)
                rows = list_rows(store, desk.names, chosen, entries)
                return _download_rows(rows, chosen.columns, ending, chosen.kind)
            entries = store.find_events(
                sought, after=question.after, limit=question.limit + 1, newest=question.newest
            )
            rows = list_rows(store, desk.names, chosen, entries[: question.limit])
        following = (
            replace(question, after=entries[question.limit - 1].event)
            if len(entries) > question.limit
            else None
        )
        return renderer.page(
            request,
            "register",
            it=chosen,
            registers=REGISTERS,
            rows=rows,
            question=question,
            following=following,
            **(dict(_form(question)) | {"types": []}),  # a register is of one type
        )

    @router.get("/problems")
    def problems(request: Request) -> Response:
        with desk.reading() as store:
            found = desk.keep("problems", lambda: store.problems()[:MAX_LISTED])
        return renderer.page(request, "problems", rows=found[:_MAX_PROBLEMS])

    @router.get("/judgements")
    def judgements(request: Request) -> Response:
        return renderer.page(
            request, "judgements", rows=desk.ledger.judgements()[::-1], words=RELIABILITY_WORDS
        )

    @router.post("/judgements")
    def judge(
        request: Request,
        kind: Annotated[str, Form()],
        ids: Annotated[list[str], Form()],
        why: Annotated[str, Form()] = "",
        slot: Annotated[str, Form()] = "",
        value: Annotated[str, Form()] = "",
    ) -> Response:
        given = [word for item in ids for word in (item.split() if kind != "grade" else [item])]
        made = make_judgement(desk, request.state.reader, kind, given, slot or None, value, why)
        claim = next((id for one in made for side in one.claims for id in side), None)
        target = "/judgements"
        if claim is not None and kind != "reject":
            with desk.reading() as store:
                event = store.events_of([claim]).get(claim)
            target = f"/events/{event}?judged={made[0].judgement.id}" if event else target
        return RedirectResponse(target.partition("?")[0] + f"#{made[0].judgement.id}", 303)

    @router.get("/sign-in")
    def ask_token(request: Request) -> Response:
        return renderer.page(request, "sign_in", wrong=False)

    @router.post("/sign-in")
    def sign_in(request: Request, token: Annotated[str, Form()] = "") -> Response:
        session = desk.readers.sign_in(token.strip())
        if session is None:
            return renderer.page(request, "sign_in", status=403, wrong=True)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
        return answer

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        desk.readers.sign_out(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE)
        return answer

    @router.get("/api")
    def machine(request: Request) -> Response:
        return renderer.page(request, "api", document=request.app.openapi())

    @router.get("/healthz")
    def health() -> Response:
        return JSONResponse({"status": "ok"})

    return router


def _pick_ending(request: Request, fields: dict[str, list[str]]) -> str | None:
    """Which file is asked for instead of the page: by the field ``format``, else by the header ``Accept``."""
    asked = (fields.pop("format", None) or [""])[0]
    if asked:
        if asked not in ("csv", "json"):
            raise ConfigError(f'no format "{asked}"; use csv or json')
        return asked
    accept = request.headers.get("accept", "")
    if "text/html" in accept or "*/*" in accept:
        return None
    return "csv" if "text/csv" in accept else "json" if "application/json" in accept else None


def _download_events(desk: Desk, question: Question, ending: str) -> Response:
    """The records of all events found, not of one page; at most `MAX_DOWNLOADED`."""

    def iter_records() -> Iterator[dict[str, Any]]:
        after, left = question.after, MAX_DOWNLOADED
        while left > 0:
            with desk.reading(question.as_of, question.min_confidence) as store:
                entries = store.find_events(
                    question.sought, after=after, limit=min(_DOWNLOAD_STEP, left), newest=question.newest
                )
                found = store.events(entry.event for entry in entries)
            yield from (to_event_record(found[entry.event]) for entry in entries if entry.event in found)
            if len(entries) < _DOWNLOAD_STEP:
                return
            after, left = entries[-1].event, left - len(entries)

    records = iter_records()
    if ending == "csv":
        return StreamingResponse(
            _iter_csv(Records("events", EVENT_KEYS, records)),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="events.csv"'},
        )
    return StreamingResponse(_iter_json(records), media_type="application/json")


def _iter_csv(shape: Records) -> Iterator[str]:
    """The lines of the CSV format, some records at a time."""
    chosen = pick_format(Records, name="csv")
    rows = iter(shape.rows)
    is_first = True
    while True:
        part = [row for _, row in zip(range(_DOWNLOAD_STEP), rows, strict=False)]
        if not part and not is_first:
            return
        out = io.StringIO(newline="")
        chosen.write(Records(shape.kind, shape.keys, part), out)
        yield out.getvalue() if is_first else out.getvalue().partition("\n")[2]
        is_first = False


def _iter_json(records: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield "["
    for number, record in enumerate(records):
        yield f"{',' if number else ''}\n{json.dumps(record, ensure_ascii=False)}"
    yield "\n]\n"


def _download_rows(
    rows: Sequence[dict[str, Any]], columns: tuple[str, ...], ending: str, name: str
) -> Response:
    if ending == "json":
        return JSONResponse(list(rows))
    out = io.StringIO(newline="")
    plain = {"when": "when_told"}  # the format splits a column of this name, which here holds words
    named = tuple(plain.get(column, column) for column in columns)
    renamed = [{plain.get(key, key): value for key, value in row.items()} for row in rows]
    pick_format(Records, name="csv").write(Records(name, named, renamed), out)
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _download_brief(pages: Pages, ending: str, picture: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="brief.{ending}"'}
    if ending == "md":
        return Response(
            write_text(pages, "markdown"), media_type="text/markdown; charset=utf-8", headers=headers
        )
    if ending == "html":
        return Response(write_text(pages, "html"), media_type="text/html; charset=utf-8", headers=headers)
    if ending == "docx":
        out = io.BytesIO()
        write_docx(pages, out, picture=picture)
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return Response(out.getvalue(), media_type=kind, headers=headers)
    raise ConfigError(f'no format "{ending}"; use md, html or docx')


def _list_filters(desk: Desk, question: Question) -> list[tuple[str, str, str]]:
    """``(field, value in words, query without it)`` of each filter that is set."""
    found = []
    for name, value in question.start_over().to_fields():
        if name in ("order", "limit"):
            continue
        words = desk.names.name(value) if name == "actor" else value.replace("_", " ")
        found.append((name, words, question.without(name, value).to_query()))
    return found


def _list_actors(desk: Desk) -> list[tuple[str, str]]:
    """Codes and names of the actors of the ledger, for the list of suggestions."""

    def look() -> list[tuple[str, str]]:
        with desk.reading() as store:
            terms = store.list_terms("actor", limit=_MAX_NAMES)
        return sorted(((term.term, desk.names.name(term.term)) for term in terms), key=lambda pair: pair[1])

    return desk.keep("actors", look)
