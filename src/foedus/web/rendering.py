"""From shapes to pages. Everything that comes from outside is cleaned and escaped; nothing is marked as safe."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from foedus import __version__
from foedus.api import Desk
from foedus.export import clean, clean_line
from foedus.views.standing import list_categories

_SAFE_SCHEMES = ("http", "https")


class Renderer:
    """Fills the templates."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._environment = Environment(
            loader=PackageLoader("foedus.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "line": lambda value: clean_line(str(value)),
            "text": lambda value: clean(str(value)),
            "path": lambda value: quote(str(value), safe=""),
            "document": lambda value: quote(str(value), safe="/"),
            "plain": lambda value: str(value).replace("_", " "),
            "number": lambda value: f"{value:,}",
            "percent": lambda value: f"{value:.0%}",
            "link": safe_link,
            "marked": cut_excerpt,
        }
        self._environment.globals |= {"categories": list_categories(), "version": __version__}

    def page(self, request: Request, name: str, *, status: int = 200, **values: Any) -> Response:
        """A page from the template of this name."""
        readers = self._desk.readers
        shared: Mapping[str, Any] = {
            "address": request.url.path,
            "reader": getattr(request.state, "reader", None),
            "can_sign_in": bool(readers.tokens),
            "ledger_name": self._desk.ledger.path.name,
            "keep": "",
        }
        text = self._environment.get_template(f"{name}.html.j2").render(**(dict(shared) | values))
        return HTMLResponse(text, status)

    def fail(self, request: Request, status: int, title: str, detail: str) -> Response:
        """The page that says what went wrong."""
        return self.page(request, "failure", status=status, title=title, detail=detail)


def safe_link(address: str | None) -> str | None:
    """An address that may become a link: of the web, without control characters; None for any other."""
    if not address or clean_line(address) != address or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in _SAFE_SCHEMES and parts.netloc else None


def cut_excerpt(excerpt: Any) -> list[tuple[str, bool]]:
    """The text of an excerpt in pieces, each with whether it is marked."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop, _ in excerpt.marks:
        pieces += [(excerpt.text[end:start], False), (excerpt.text[start:stop], True)]
        end = stop
    return [*pieces, (excerpt.text[end:], False)]


def keep_part(as_of: date | None, min_confidence: float | None) -> str:
    """What links to an event carry on, so that they lead to the same part of the ledger; begins with ``?``."""
    parts = []
    if as_of is not None:
        parts.append(f"as-of={as_of}")
    if min_confidence is not None:
        parts.append(f"min-confidence={min_confidence:g}")
    return f"?{'&'.join(parts)}" if parts else ""
