"""A ledger at an address: the desk's API, asked as a ledger on this machine is.

    ledger = foedus.connect("http://127.0.0.1:8000", token="…")

It offers what `foedus.Ledger` offers for reading, typed the same way. Lists are fetched in pages.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import urllib3

from foedus.errors import ConfigError, LedgerError, UnknownItem
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Status
from foedus.model.document import Document, PageData
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.records_in import parse_article, parse_claim, parse_conflict, parse_event
from foedus.model.run import Problem, Step
from foedus.model.span import Span

_PAGE = 500
_TIMEOUT_S = 60.0


class RemoteLedger:
    """A ledger to ask over HTTP. Actors are codes or names, days are dates or ``2012-10-23``.

    Attributes:
        address: Where the desk is.
    """

    def __init__(self, address: str, token: str | None = None) -> None:
        """Args:
        address: ``http://127.0.0.1:8000``.
        token: One of the desk's token file; None where reading needs none.
        """
        self.address = address.rstrip("/")
        self._headers = {"Accept": "application/json"} | (
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        self._pool = urllib3.PoolManager(
            timeout=_TIMEOUT_S, retries=urllib3.Retry(3, status_forcelist=(429,))
        )

    def __repr__(self) -> str:
        return f"<foedus.RemoteLedger {self.address!r}>"

    def documents(self) -> tuple[str, ...]:
        """Names of all documents, sorted."""
        return tuple(item["name"] for item in self._iter("documents"))

    def document(self, name: str) -> Document:
        """One document with its text.

        Raises:
            UnknownItem: There is none of this name.
        """
        record = self._ask(f"documents/{quote(name)}")
        return Document(
            record["name"],
            record["media_type"],
            record["digest"],
            record["text"],
            PageData(**record["page"]),
            tuple(Span(*pair) for pair in record["main"]),
        )

    def articles(self, *, document: str | None = None) -> tuple[Article, ...]:
        """Articles by document name and number; the places of headlines do not come over the wire."""
        return tuple(parse_article(item) for item in self._iter("articles", document=document))

    def claims(
        self,
        *,
        actor: str | None = None,
        type: ClaimType | str | None = None,
        status: Status | str | None = None,
        document: str | None = None,
        min_confidence: float | None = None,
    ) -> tuple[Claim, ...]:
        """Claims by document name, article and place in it."""
        fields = {
            "actor": actor,
            "type": type,
            "status": status,
            "document": document,
            "min-confidence": min_confidence,
        }
        return tuple(parse_claim(item) for item in self._iter("claims", **fields))

    def events(
        self,
        *,
        actor: str | None = None,
        dyad: tuple[str, str] | None = None,
        type: ClaimType | str | None = None,
        status: Status | str | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        document: str | None = None,
        words: str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> tuple[Event, ...]:
        """Events by time; `words` stand in their claims."""
        fields = {
            "actor": [*([actor] if actor else []), *(dyad or ())],
            "type": type,
            "status": status,
            "from": first,
            "to": last,
            "document": document,
            "q": words,
            "as-of": as_of,
            "min-confidence": min_confidence,
            "order": "oldest",
        }
        return tuple(parse_event(item) for item in self._iter("events", **fields))

    def event(self, id_or_start: str) -> Event:
        """One event by its id or the start of it.

        Raises:
            UnknownItem: There is no such event.
        """
        return parse_event(self._ask(f"events/{quote(id_or_start, safe='')}"))

    def conflicts(self, *, event: str | None = None) -> tuple[Conflict, ...]:
        """Conflicts by event and slot."""
        return tuple(parse_conflict(item) for item in self._iter("conflicts", event=event))

    def reprints(self) -> tuple[Reprint, ...]:
        """Articles that repeat earlier ones, sorted."""
        return tuple(Reprint(**item) for item in self._iter("reprints"))

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read or coded and why, by item."""
        return tuple(
            Problem(item["item"], Step(item["step"]), item["code"], item["message"])
            for item in self._ask("problems")
        )

    def brief(
        self,
        *,
        actor: str | None = None,
        dyad: tuple[str, str] | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        week: date | str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> str:
        """A situation brief as Markdown."""
        fields = {
            "actor": [*([actor] if actor else []), *(dyad or ())],
            "from": first,
            "to": last,
            "week": week,
            "as-of": as_of,
            "min-confidence": min_confidence,
        }
        return self._fetch("brief", fields).decode("utf-8")

    def _iter(self, kind: str, **fields: Any) -> Iterator[Any]:
        after: str | None = None
        while True:
            page = self._ask(kind, **fields, limit=_PAGE, after=after)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def _ask(self, path: str, **fields: Any) -> Any:
        return json.loads(self._fetch(path, fields))

    def _fetch(self, path: str, fields: dict[str, Any]) -> bytes:
        given = {name: value for name, value in fields.items() if value not in (None, [])}
        address = f"{self.address}/api/v1/{path}" + (f"?{urlencode(given, doseq=True)}" if given else "")
        try:
            answer = self._pool.request("GET", address, headers=self._headers)
        except urllib3.exceptions.HTTPError as error:
            raise LedgerError(
                f'no answer from "{self.address}": {error}; is `foedus serve` running there?'
            ) from error
        if answer.status != 200:
            raise _to_error(answer.status, answer.data, self.address)
        return bytes(answer.data)


def _to_error(status: int, body: bytes, address: str) -> LedgerError | ConfigError:
    try:
        detail = str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f'"{address}" answered with status {status}; is it a desk of Foedus?'
    if status == 404:
        return UnknownItem(detail)
    return ConfigError(detail) if status in (400, 401, 422) else LedgerError(detail)
