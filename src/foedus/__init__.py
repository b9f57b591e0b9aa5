"""Foedus: open reporting about defence relations between states, as an evidence ledger.

    import foedus

    ledger = foedus.build("articles/")  # or foedus.open("foedus.db"), foedus.connect("http://127.0.0.1:8000")
    ledger.events(dyad=("RUS", "BLR"))

Importing this package loads nothing else; `build`, `open`, `load` and `Ledger` come from `foedus.facade` when used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.facade import Ledger, build, load
    from foedus.facade import open_file as open
    from foedus.remote import RemoteLedger as connect  # noqa: N813 - called like a function

__version__ = "0.1.0"

__all__ = ["Ledger", "__version__", "build", "connect", "load", "open"]

_FACADE = {"Ledger": "Ledger", "build": "build", "load": "load", "open": "open_file"}


def __getattr__(name: str) -> Any:
    if name == "connect":
        from foedus.remote import RemoteLedger

        return RemoteLedger
    if name not in _FACADE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from foedus import facade

    return getattr(facade, _FACADE[name])
