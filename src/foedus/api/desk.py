"""A ledger kept open for many questions at once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import Lock, RLock
from typing import Any, TypeVar

from foedus.api.readers import Readers
from foedus.engine import match_ledger, select_part
from foedus.errors import TooSlow, Unavailable
from foedus.facade import Ledger
from foedus.ledger import Ledger as Store
from foedus.ledger import Selection, open_ledger
from foedus.views.actors import ActorNames

_Value = TypeVar("_Value")

#: Seconds that one question to the ledger may take.
TIMEOUT_S = 10.0

#: Parts of the ledger (as of a day, above a confidence) that are kept matched, and claims that one may have.
_MAX_PARTS = 4
MAX_PART_CLAIMS = 60_000

#: Answers kept that are dear to make: pictures as SVG, the overview.
_MAX_KEPT = 128


class Desk:
    """The ledger, its parts and the people who may use it.

    Attributes:
        ledger: The ledger as Python sees it, for judgements and briefs.
        names: Names of actors.
        readers: Who may read and judge.
    """

    def __init__(self, ledger: Ledger, readers: Readers) -> None:
        self.ledger = ledger
        self.names: ActorNames = ledger.names
        self.readers = readers
        self._store = open_ledger(ledger.path, write=False)
        if not self._store.is_matched():
            match_ledger(self._store)
        self._store.limit_time(TIMEOUT_S)
        self._parts: OrderedDict[tuple[str, Selection], tuple[Store, RLock]] = OrderedDict()
        self._kept: OrderedDict[tuple[str, Hashable], Any] = OrderedDict()
        self._lock = Lock()

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            for part, _ in self._parts.values():
                part.close()
            self._parts.clear()
        self._store.close()

    def state(self) -> str:
        """Words that differ when the ledger was written to in between."""
        return self._store.state()

    @contextmanager
    def reading(self, as_of: date | None = None, min_confidence: float | None = None) -> Iterator[Store]:
        """The ledger, or the part of it that is asked; a part is used by one thread at a time.

        Raises:
            TooSlow: The part would have to be made of too many claims.
        """
        selection = Selection(as_of, min_confidence)
        if selection.is_all:
            yield self._store
            return
        store, lock = self._find_part(selection)
        with lock:
            try:
                yield store
            except Unavailable:
                self._forget(store)
                raise

    def keep(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The answer to `key`, made once for each state of the ledger."""
        whole = (self.state(), key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                value: _Value = self._kept[whole]
                return value
        value = make()
        with self._lock:
            self._kept[whole] = value
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)
        return value

    def rematch(self) -> None:
        """Match the ledger anew after a judgement."""
        with open_ledger(self.ledger.path) as store:
            if not store.is_matched():
                match_ledger(store)

    def _forget(self, store: Store) -> None:
        """Forget a part whose connection is no more; the next question has it made anew."""
        with self._lock:
            for key in [key for key, (part, _) in self._parts.items() if part is store]:
                del self._parts[key]
        store.close()

    def _find_part(self, selection: Selection) -> tuple[Store, RLock]:
        key = (self.state(), selection)
        with self._lock:
            if key not in self._parts:
                count = self._store.counts().claims
                if count > MAX_PART_CLAIMS:
                    raise TooSlow(
                        f"the ledger has {count:,} claims; as of a day or above a confidence the desk matches at "
                        f"most {MAX_PART_CLAIMS:,} anew. `foedus show events --as-of DAY` takes as long as it needs"
                    )
                self._parts[key] = (select_part(self._store, selection), RLock())
            self._parts.move_to_end(key)
            while len(self._parts) > _MAX_PARTS:
                self._parts.popitem(last=False)  # closed when nobody holds it any more
            return self._parts[key]
