"""From errors to answers: one table, problem+json for machines (RFC 9457), a page for people."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from foedus.errors import ConfigError, FoedusError, InputError, LedgerError, TooSlow, Unavailable, UnknownItem
from foedus.export import clean_line

PROBLEM = "application/problem+json"

#: The first that fits counts.
STATUSES: tuple[tuple[type[FoedusError], int], ...] = (
    (UnknownItem, 404),
    (TooSlow, 503),
    (Unavailable, 503),
    (ConfigError, 400),
    (InputError, 400),
    (LedgerError, 409),
    (FoedusError, 500),
)

_TITLES: Mapping[int, str] = {
    400: "This cannot be asked so",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not in this ledger",
    405: "Not done this way",
    409: "The ledger does not allow it",
    413: "Too large",
    414: "Too long",
    421: "Another host is meant",
    422: "This cannot be asked so",
    429: "Too many calls",
    500: "A fault",
    503: "Not now",
}

#: Makes the page of a failure: the request, status, title and what to do.
PageMaker = Callable[[Request, int, str, str], Response]


def add_failures(app: FastAPI, make_page: PageMaker) -> None:
    """Answer errors of Foedus, of FastAPI and of the address: as a page outside ``/api``, else as problem+json."""

    def answer(
        request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        if request.url.path.startswith("/api/") or "text/html" not in request.headers.get(
            "accept", "text/html"
        ):
            return make_problem(status, detail, headers=headers)
        return make_page(request, status, _TITLES.get(status, "Failure"), detail)

    async def on_foedus(request: Request, error: Exception) -> Response:
        status = next(status for kind, status in STATUSES if isinstance(error, kind))
        return answer(request, status, str(error))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = str(error.detail)
        if error.status_code == 404 and detail == "Not Found":
            detail = f'there is no page "{request.url.path}"; the home page leads to all there are'
        return answer(request, error.status_code, detail, error.headers)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, 422, "; ".join(_tell_invalid(part) for part in error.errors()[:5]))

    app.add_exception_handler(FoedusError, on_foedus)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)


def make_problem(
    status: int, detail: str, advice: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer as RFC 9457 has it."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Failure"),
        "status": status,
        "detail": clean_line(f"{detail}; {advice}" if advice else detail),
    }
    text = json.dumps(body, ensure_ascii=True)
    return Response(text, status, headers=dict(headers or {}), media_type=PROBLEM)


def _tell_invalid(part: Mapping[str, Any]) -> str:
    name = ".".join(str(step) for step in part.get("loc", ())[1:]) or "the body"
    return f"{name}: {part.get('msg', 'cannot be used')}"
