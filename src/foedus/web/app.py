"""The desk as one application: pages, pictures, API, and the guard before them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from foedus import __version__
from foedus.api import Desk, Guard, add_failures, make_router
from foedus.web.drawer import Drawer
from foedus.web.drawing import make_drawing_router
from foedus.web.pages import make_pages_router
from foedus.web.rendering import Renderer

LOOPBACK = "127.0.0.1"

_DESCRIPTION = """Claims, events and conflicts about defence relations between states, with the words they rest on.

Lists come in pages: `next` of a page is `after` of the following one. Answers carry an entity tag that changes with
the ledger. Errors are `application/problem+json`. Judgements need a token, reading does when the desk is not on the
loopback address: `Authorization: Bearer TOKEN`."""


def make_app(open_desk: Callable[[], Desk], *, host: str = LOOPBACK) -> FastAPI:
    """The application.

    Args:
        open_desk: Opens the ledger.
        host: The address it listens on; on a loopback address it answers to loopback names only.
    """
    desk = open_desk()
    drawer = Drawer()

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        yield
        drawer.close()
        desk.close()

    app = FastAPI(
        title="Foedus",
        version=__version__,
        description=_DESCRIPTION,
        license_info={"name": "Apache-2.0"},
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # the usual page of documents is loaded from another host
        redoc_url=None,
        lifespan=live,
    )
    app.state.desk = desk
    renderer = Renderer(desk)
    app.include_router(make_router(desk))
    app.include_router(make_pages_router(desk, renderer, drawer), include_in_schema=False)
    app.include_router(make_drawing_router(desk, drawer), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    add_failures(app, renderer.fail)
    _add_schemas(app)
    app.add_middleware(Guard, desk=desk, hosts=_list_hosts(host))
    return app


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _list_hosts(host: str) -> set[str] | None:
    if not is_loopback(host):
        return None
    return {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}


def _add_schemas(app: FastAPI) -> None:
    """Put into the OpenAPI document the schemas that pages of records refer to."""
    from foedus.api import schemas

    plain = app.openapi

    def openapi() -> dict[str, object]:
        document = plain()
        known = document.setdefault("components", {}).setdefault("schemas", {})
        for record in (
            schemas.EventRecord,
            schemas.ClaimRecord,
            schemas.ConflictRecord,
            schemas.ArticleRecord,
            schemas.DocumentEntry,
            schemas.ReprintRecord,
            schemas.ProblemAnswer,
        ):
            schema = record.model_json_schema(ref_template="#/components/schemas/{model}")
            known.update(schema.pop("$defs", {}))
            known[record.__name__] = schema
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        return document

    app.openapi = openapi  # type: ignore[method-assign]
