"""REST under ``/api/v1``: what is there, each item at an address of its own, lists in pages."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from foedus import __version__
from foedus.api import schemas
from foedus.api.desk import Desk
from foedus.api.judging import make_judgement, to_standing_record
from foedus.errors import ConfigError
from foedus.export import FORMATS
from foedus.facade import make_period
from foedus.ledger import Sought
from foedus.model.claim import ClaimType, Stage, Status
from foedus.model.document import PageData
from foedus.model.event import Reprint, Slot
from foedus.model.records import (
    to_article_record,
    to_claim_record,
    to_conflict_record,
    to_event_record,
)
from foedus.views.asking import (
    MAX_PAGE_SIZE,
    PAGE_SIZE,
    Question,
    parse_confidence,
    parse_question,
)
from foedus.views.atlas import find_places
from foedus.views.brief import Asked, write_brief
from foedus.views.network import find_ties
from foedus.views.registers import REGISTERS, Register, list_rows
from foedus.views.shapes import Pages

#: The most problems that one call gives.
MAX_LISTED = 10_000
#: Articles of the period of a brief, and of the one before, that the desk reads for it.
MAX_BRIEF_ARTICLES = 20_000

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {
            "application/problem+json": {
                "schema": {"$ref": "#/components/schemas/ProblemAnswer"},
                "example": {"type": "about:blank", "title": words, "status": status, "detail": words},
            }
        },
    }
    for status, words in {
        304: "Not changed since the entity tag that was sent",
        400: "A value is wrong; says which and what would be right",
        401: "A token is needed",
        404: "Not in this ledger",
        405: "Not done this way",
        409: "The ledger does not allow it",
        414: "The address is too long",
        422: "A value is of the wrong kind",
        429: "Too many calls",
        503: "Takes too long, ask for less; or the ledger cannot be reached",
    }.items()
}
_PROBLEMS[304] = {"description": "Not changed since the entity tag that was sent"}

_After = Annotated[str | None, Query(description="Cursor: `next` of the page before", max_length=500)]
_Limit = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE, description="Items on a page", examples=[20])]
_ActorName = Annotated[str, Path(description="A code or a name", max_length=200, examples=["BLR"])]


def _asked(
    request: Request,
    q: Annotated[
        str | None, Query(description="Words that stand in its claims", examples=["joint exercise"])
    ] = None,
    actor: Annotated[
        list[str] | None, Query(description="Codes or names; all must be in it", examples=[["RUS", "BLR"]])
    ] = None,
    type: Annotated[
        list[ClaimType] | None, Query(description="Any of these types", examples=[["exercise"]])
    ] = None,
    status: Annotated[list[Status] | None, Query(description="Any of these", examples=[["planned"]])] = None,
    stage: Annotated[list[Stage] | None, Query(description="Any of these", examples=[["signed"]])] = None,
    publisher: Annotated[
        str | None, Query(description="Told by this publisher", examples=["Andes Wire"])
    ] = None,
    place: Annotated[str | None, Query(description="With this place, as named", examples=["Minsk"])] = None,
    document: Annotated[str | None, Query(description="Told in this document", examples=["a.txt"])] = None,
    first: Annotated[
        str | None, Query(alias="from", description="First day, month or year", examples=["2012-01-01"])
    ] = None,
    last: Annotated[
        str | None, Query(alias="to", description="Last day, month or year", examples=["2012-12"])
    ] = None,
    disputed: Annotated[
        str | None, Query(description="`yes`: only where sources disagree", examples=["yes"])
    ] = None,
    as_of: Annotated[
        str | None,
        Query(alias="as-of", description="What had been published by this day", examples=["2012-01-01"]),
    ] = None,
    min_confidence: Annotated[
        str | None,
        Query(alias="min-confidence", description="Claims at least this probable", examples=["0.7"]),
    ] = None,
    order: Annotated[str | None, Query(description="`newest` or `oldest` first", examples=["oldest"])] = None,
    limit: Annotated[
        str | None, Query(description=f"Items on a page, 1 to {MAX_PAGE_SIZE}", examples=["20"])
    ] = None,
    after: _After = None,
) -> Question:
    """The filters that lists of events share; the same names as in the addresses of the pages."""
    desk: Desk = request.app.state.desk
    return parse_question(to_fields(request), desk.names)


_Asked = Annotated[Question, Depends(_asked)]


def to_fields(request: Request) -> dict[str, list[str]]:
    """Values of an address by field."""
    fields: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        fields.setdefault(name, []).append(value)
    return fields


def make_router(desk: Desk) -> APIRouter:
    """All routes of the API."""
    router = APIRouter(prefix="/api/v1", responses=_PROBLEMS)

    @router.get("/ledger", tags=["ledger"], response_model=schemas.LedgerRecord)
    def ledger() -> Response:
        """The ledger in numbers."""

        def count() -> dict[str, Any]:
            with desk.reading() as store:
                counts, span = store.counts(), store.find_span(Sought())
                events, conflicts, reprints = store.count_derived()
                return {
                    "version": __version__,
                    "documents": counts.documents,
                    "articles": counts.articles,
                    "claims": counts.claims,
                    "events": events,
                    "conflicts": conflicts,
                    "reprints": reprints,
                    "problems": counts.problems,
                    "first": span[0].isoformat() if span else None,
                    "last": span[1].isoformat() if span else None,
                    "languages": dict(store.count_languages()),
                }

        return JSONResponse(desk.keep("ledger", count))

    @router.get("/events", tags=["events"], responses={200: schemas.page_of(schemas.EventRecord, "events")})
    def events(asked: _Asked) -> Response:
        """Events in the order of time, newest first unless told otherwise."""
        with desk.reading(asked.as_of, asked.min_confidence) as store:
            entries = store.find_events(
                asked.sought, after=asked.after, limit=asked.limit + 1, newest=asked.newest
            )
            found = store.events(entry.event for entry in entries[: asked.limit])
            total = desk.keep(
                ("total", asked.sought, asked.as_of, asked.min_confidence),
                lambda: store.count_events(asked.sought),
            )
        items = [
            to_event_record(found[entry.event]) for entry in entries[: asked.limit] if entry.event in found
        ]
        return JSONResponse(_page(items, [entry.event for entry in entries], asked.limit) | {"total": total})

    @router.get("/events/{id}", tags=["events"], response_model=schemas.EventRecord)
    def event(id: Annotated[str, Path(max_length=100, examples=["e-0123456789abcdef0123"])]) -> Response:
        """One event by its id or the start of it."""
        with desk.reading() as store:
            return JSONResponse(to_event_record(store.event(id)))

    @router.get("/facets", tags=["events"], response_model=schemas.FacetsRecord)
    def facets(asked: _Asked) -> Response:
        """How many of the events have which type, status, actor, publisher and place."""
        with desk.reading(asked.as_of, asked.min_confidence) as store:
            counts = store.count_facets(asked.sought)
        total = sum(count.events or 0 for count in counts["status"])
        named = {
            kind: [{"term": count.term, "events": count.events} for count in found]
            for kind, found in counts.items()
        }
        return JSONResponse({"total": total} | named)

    @router.get("/claims", tags=["claims"], responses={200: schemas.page_of(schemas.ClaimRecord, "claims")})
    def claims(
        actor: Annotated[
            str | None, Query(description="A code or a name", max_length=200, examples=["BLR"])
        ] = None,
        type: Annotated[ClaimType | None, Query(examples=["exercise"])] = None,
        status: Annotated[Status | None, Query(examples=["planned"])] = None,
        document: Annotated[str | None, Query(max_length=500, examples=["a.txt"])] = None,
        min_confidence: Annotated[str | None, Query(alias="min-confidence", examples=["0.7"])] = None,
        after: _After = None,
        limit: _Limit = PAGE_SIZE,
    ) -> Response:
        """Claims by document name, article and place in it, as people corrected them."""
        with desk.reading() as store:
            found = store.find_claims(
                actor=desk.names.pick_code(actor) if actor else None,
                type=type,
                status=status,
                document=document,
                min_confidence=parse_confidence(min_confidence),
                after=after,
                limit=limit + 1,
            )
        items = [to_claim_record(claim) for claim in found[:limit]]
        return JSONResponse(_page(items, [claim.id for claim in found], limit))

    @router.get("/claims/{id}", tags=["claims"], response_model=schemas.ClaimRecord)
    def claim(id: Annotated[str, Path(max_length=100, examples=["c-0123456789abcdef0123"])]) -> Response:
        """One claim."""
        with desk.reading() as store:
            return JSONResponse(to_claim_record(store.claim(id)))

    @router.get(
        "/conflicts",
        tags=["conflicts"],
        responses={200: schemas.page_of(schemas.ConflictRecord, "conflicts")},
    )
    def conflicts(
        event: Annotated[
            str | None,
            Query(max_length=100, description="Only of this event", examples=["e-0123456789abcdef0123"]),
        ] = None,
        slot: Annotated[Slot | None, Query(examples=["when"])] = None,
        actor: Annotated[
            str | None, Query(max_length=200, description="A code or a name", examples=["BLR"])
        ] = None,
        after: _After = None,
        limit: _Limit = PAGE_SIZE,
    ) -> Response:
        """Claims of one event that cannot all be true, by event and slot."""
        with desk.reading() as store:
            found = store.find_conflicts(
                event=event,
                slot=slot.value if slot else None,
                actor=desk.names.pick_code(actor) if actor else None,
                after=after,
                limit=limit + 1,
            )
        items = [to_conflict_record(one) for one in found[:limit]]
        return JSONResponse(_page(items, [one.id for one in found], limit))

    @router.get("/conflicts/{id}", tags=["conflicts"], response_model=schemas.ConflictRecord)
    def conflict(id: Annotated[str, Path(max_length=100, examples=["x-0123456789abcdef0123"])]) -> Response:
        """One conflict."""
        with desk.reading() as store:
            return JSONResponse(to_conflict_record(store.conflict(id)))

    @router.get(
        "/articles", tags=["documents"], responses={200: schemas.page_of(schemas.ArticleRecord, "articles")}
    )
    def articles(
        document: Annotated[str | None, Query(max_length=500, examples=["a.txt"])] = None,
        after: _After = None,
        limit: _Limit = PAGE_SIZE,
    ) -> Response:
        """Articles by document name and number."""
        start = _parse_place(after)
        with desk.reading() as store:
            found = store.find_articles(document=document, after=start, limit=limit + 1)
            originals = store.find_originals([(article.document, article.number) for article in found])
        items = [
            to_article_record(article, _to_reprint(article.document, article.number, originals))
            for article in found[:limit]
        ]
        cursors = [f"{article.number}/{article.document}" for article in found]
        return JSONResponse(_page(items, cursors, limit))

    @router.get(
        "/documents", tags=["documents"], responses={200: schemas.page_of(schemas.DocumentEntry, "documents")}
    )
    def documents(after: _After = None, limit: _Limit = PAGE_SIZE) -> Response:
        """Documents by name."""
        with desk.reading() as store:
            found = store.find_documents(after=after, limit=limit + 1)
        items = [{"name": name, "media_type": kind, "gone": gone} for name, kind, gone in found[:limit]]
        return JSONResponse(_page(items, [name for name, _, _ in found], limit))

    @router.get("/documents/{name:path}", tags=["documents"], response_model=schemas.DocumentRecord)
    def document(name: Annotated[str, Path(max_length=1_000, examples=["a.txt"])]) -> Response:
        """One document with its text."""
        with desk.reading() as store:
            found = store.document(name)
        record = {
            "name": found.name,
            "media_type": found.media_type,
            "digest": found.digest,
            "text": found.text,
            "page": {field: getattr(found.page, field) for field in PageData.__dataclass_fields__},
            "main": [[span.start, span.end] for span in found.main],
        }
        return JSONResponse(record)

    @router.get(
        "/reprints", tags=["documents"], responses={200: schemas.page_of(schemas.ReprintRecord, "reprints")}
    )
    def reprints(after: _After = None, limit: _Limit = PAGE_SIZE) -> Response:
        """Articles that repeat earlier ones, by document name and number."""
        with desk.reading() as store:
            found = store.find_reprints(after=_parse_place(after), limit=limit + 1)
        items = [{name: getattr(one, name) for name in Reprint.__dataclass_fields__} for one in found[:limit]]
        return JSONResponse(_page(items, [f"{one.article}/{one.document}" for one in found], limit))

    @router.get("/problems", tags=["ledger"], response_model=list[schemas.ProblemRecord])
    def problems() -> Response:
        """What could not be read or coded and why, by item."""
        with desk.reading() as store:
            found = desk.keep("problems", lambda: store.problems()[:MAX_LISTED])
        return JSONResponse(
            [
                {"item": one.item, "step": one.step.value, "code": one.code, "message": one.message}
                for one in found
            ]
        )

    @router.get("/actors", tags=["actors"], response_model=list[schemas.ActorEntry])
    def actors() -> Response:
        """Actors of the ledger, most events first."""
        with desk.reading() as store:
            counts = store.list_terms("actor")
        return JSONResponse([_describe_actor(desk, count.term, count.events or 0) for count in counts])

    @router.get("/actors/{actor}", tags=["actors"], response_model=schemas.ActorEntry)
    def actor(actor: _ActorName) -> Response:
        """One actor by code or name."""
        code = desk.names.pick_code(actor)
        with desk.reading() as store:
            events = store.count_events(Sought(actors=(code,)))
        return JSONResponse(_describe_actor(desk, code, events))

    @router.get("/network", tags=["actors"], response_model=list[schemas.TieRecord])
    def network(asked: _Asked) -> Response:
        """Pairs of actors that share the most of the events asked for; of the latest 10,000 where there are more."""
        with desk.reading(asked.as_of, asked.min_confidence) as store:
            found = find_ties(store, desk.names, asked)
        return JSONResponse(
            [{"one": tie.one, "other": tie.other, "events": tie.events} for tie in found.ties]
        )

    @router.get("/places", tags=["events"], response_model=list[schemas.SpotRecord])
    def places(asked: _Asked) -> Response:
        """Places of the events asked for, of the latest 10,000 where there are more; those without coordinates last."""
        with desk.reading(asked.as_of, asked.min_confidence) as store:
            found = find_places(store, desk.names, asked)
        known = [
            {
                "place": spot.place,
                "events": spot.events,
                "latitude": spot.latitude,
                "longitude": spot.longitude,
            }
            for spot in found.spots
        ]
        unknown = [
            {"place": place, "events": events, "latitude": None, "longitude": None}
            for place, events in found.unplaced
        ]
        return JSONResponse([*known, *unknown])

    @router.get("/registers/{kind}", tags=["registers"], responses={200: _register_answer()})
    def register(
        kind: Annotated[
            str, Path(description="exercises, agreements or transfers", max_length=40, examples=["exercises"])
        ],
        asked: _Asked,
    ) -> Response:
        """A register in the shape of the field's own sets; the filters are those of events but `type`."""
        chosen = pick_register(kind)
        with desk.reading(asked.as_of, asked.min_confidence) as store:
            entries = store.find_events(
                narrow(asked.sought, chosen),
                after=asked.after,
                limit=asked.limit + 1,
                newest=asked.newest,
            )
            rows = list_rows(store, desk.names, chosen, entries[: asked.limit])
        return JSONResponse(_page(rows, [entry.event for entry in entries], asked.limit))

    @router.get("/brief", tags=["brief"], response_class=Response, responses={200: _brief_answer()})
    def brief(
        actor: Annotated[
            list[str] | None, Query(description="One or two, codes or names", examples=[["BLR"]])
        ] = None,
        first: Annotated[str | None, Query(alias="from", max_length=20, examples=["2012-01-01"])] = None,
        last: Annotated[str | None, Query(alias="to", max_length=20, examples=["2012-12-31"])] = None,
        week: Annotated[
            str | None, Query(max_length=20, description="A day of the week", examples=["2012-10-23"])
        ] = None,
        min_confidence: Annotated[str | None, Query(alias="min-confidence", examples=["0.7"])] = None,
        as_of: Annotated[str | None, Query(alias="as-of", examples=["2012-01-01"])] = None,
    ) -> Response:
        """A situation brief as Markdown."""
        asked = parse_brief(desk, actor or [], first, last, week, min_confidence)
        day = parse_question({"as-of": [as_of]} if as_of else {}, desk.names).as_of
        with desk.reading(day) as store:
            pages = write_brief(store, desk.names, asked, max_articles=MAX_BRIEF_ARTICLES)
        return Response(write_text(pages, "markdown"), media_type="text/markdown; charset=utf-8")

    @router.get("/judgements", tags=["judgements"], response_model=list[schemas.JudgementRecord])
    def judgements() -> Response:
        """What people judged, and how it stands, by time."""
        return JSONResponse([to_standing_record(one) for one in desk.ledger.judgements()])

    @router.post(
        "/judgements", tags=["judgements"], response_model=list[schemas.JudgementRecord], status_code=201
    )
    def judge(request: Request, asked: Annotated[schemas.JudgementAsked, Body()]) -> Response:
        """Make a judgement: join, part, reject, correct, grade, or take one back. Needs a token."""
        made = make_judgement(
            desk, request.state.reader, asked.kind, asked.ids, asked.slot, asked.value, asked.why
        )
        return JSONResponse([to_standing_record(one) for one in made], 201)

    return router


def narrow(sought: Sought, register: Register) -> Sought:
    """The same, of the type that a register lists.

    Raises:
        ConfigError: Another type is asked for.
    """
    if sought.types and register.type not in sought.types:
        raise ConfigError(f"the register of {register.kind} lists nothing else; leave the filter type out")
    return replace(sought, types=(register.type,))


def pick_register(kind: str) -> Register:
    """The register of this name.

    Raises:
        ConfigError: There is none.
    """
    for known in REGISTERS:
        if known.kind == kind:
            return known
    raise ConfigError(f'no register "{kind}"; use {", ".join(known.kind for known in REGISTERS)}')


def parse_brief(
    desk: Desk,
    actors: Sequence[str],
    first: str | None,
    last: str | None,
    week: str | None,
    min_confidence: str | None,
) -> Asked:
    """What a brief is about, from the fields of an address.

    Raises:
        ConfigError: A value cannot be used.
    """
    codes = tuple(dict.fromkeys(desk.names.pick_code(actor) for actor in actors if actor.strip()))
    if len(codes) > 2:
        raise ConfigError(f"a brief is about one actor or two, not {len(codes)}")
    period = make_period(first or None, last or None, week or None)
    confidence = parse_confidence(min_confidence or None)
    asked = Asked(
        period, codes[0] if len(codes) == 1 else None, (codes[0], codes[1]) if len(codes) == 2 else None
    )
    if min_confidence:
        asked = replace(asked, min_confidence=confidence or 0.0)
    return asked


def write_text(pages: Pages, name: str) -> str:
    """Pages in a format of this name."""
    (chosen,) = (known for known in FORMATS if known.shape is Pages and known.name == name)
    out = io.StringIO(newline="")
    chosen.write(pages, out)
    return out.getvalue()


def _page(items: Sequence[Mapping[str, Any]], cursors: Sequence[str], limit: int) -> dict[str, Any]:
    return {"items": list(items), "next": cursors[limit - 1] if len(cursors) > limit else None}


def _parse_place(after: str | None) -> tuple[str, int] | None:
    if after is None:
        return None
    number, slash, document = after.partition("/")
    if not slash or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise ConfigError(f'after: "{after}" is no cursor of articles; give `next` of the page before')
    return document, int(number)


def _to_reprint(
    document: str, number: int, originals: Mapping[tuple[str, int], tuple[str, int]]
) -> Reprint | None:
    original = originals.get((document, number))
    return Reprint(document, number, *original) if original else None


def _describe_actor(desk: Desk, code: str, events: int) -> dict[str, Any]:
    spec = desk.names.find_spec(code)
    return {
        "code": code,
        "name": desk.names.name(code),
        "iso3166": spec.alpha2 if spec else None,
        "cow": spec.cow if spec else None,
        "events": events,
    }


def _register_answer() -> dict[str, Any]:
    row = dict.fromkeys(REGISTERS[0].columns) | {
        "event": "e-0123456789abcdef0123",
        "Ex_Name": "Union Shield-2011",
    }
    schema = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"type": "object"}},
            "next": {"type": ["string", "null"]},
        },
    }
    content = {"application/json": {"schema": schema, "example": {"items": [row], "next": None}}}
    return {"description": "A page of rows", "content": content}


def _brief_answer() -> dict[str, Any]:
    content = {"text/markdown": {"schema": {"type": "string"}, "example": "# Defence relations, 2012\n"}}
    return {"description": "The brief", "content": content}
