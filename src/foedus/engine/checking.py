"""Verifying a ledger together with what is kept beside it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from foedus.address import LedgerAddress
from foedus.engine.find import COPIES, find_beside, show_path
from foedus.ledger import Ledger, open_ledger
from foedus.model.checkup import Checkup, Flaw, Part
from foedus.read import Member, ReadLimits, find_container, iter_members


def check(path: str | LedgerAddress) -> Checkup:
    """Verify a ledger, and that the copies of fetched pages beside it hold what their documents were read from.

    Nothing is changed. Where the folder of copies is not there, copies are not looked for.

    Raises:
        LedgerError: There is no usable ledger at `path`.
    """
    with open_ledger(path, write=False) as ledger:
        checkup = ledger.check()
        return replace(checkup, flaws=(*checkup.flaws, *_find_lost_copies(ledger)))


def _find_lost_copies(ledger: Ledger) -> Iterator[Flaw]:
    folder = find_beside(ledger.address, COPIES)
    if not folder.is_dir():
        return
    root = show_path(folder)
    fetched = [known for known in ledger.known().values() if known.root == root]
    kept = {*_iter_digests(folder)} if fetched else set()
    for known in fetched:
        digest = known.digest.split()[0] if known.digest else ""
        if len(digest) == sha256().digest_size * 2 and digest not in kept:
            yield Flaw(Part.COPIES, known.name, "no copy of the page holds what the document was read from")


def _iter_digests(folder: Path) -> Iterator[str]:
    """SHA-256 of each document in the copies, also of earlier ones; those that cannot be read give none."""
    for file in sorted(folder.rglob("*.warc.gz")):
        kind = find_container(file)
        if kind is not None:
            for found in iter_members(file, file.name, kind, ReadLimits()):
                if isinstance(found, Member):
                    yield sha256(found.data).hexdigest()
