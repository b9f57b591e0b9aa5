"""Clearing what is derived, so that matching makes it anew, whatever is wrong with it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from foedus.ledger import rows, schema
from foedus.ledger.check import Unread, read_rows
from foedus.ledger.damage import rebuild_indexes
from foedus.model.checkup import Checkup, Part

_CLAIMS_AT_ONCE = 500


def reset(connection: Connection, checkup: Checkup) -> tuple[str, ...]:
    """Empty what is derived, make the search tables of claims and the indexes anew. Facts stay as they are.

    Args:
        connection: In a transaction that writes.
        checkup: What is wrong. Documents with flaws get no version, so that the next build reads them again.

    Returns:
        The names of those documents, sorted.
    """
    for table in schema.DERIVED:
        connection.execute(delete(table))
    rebuild_indexes(connection)
    connection.execute(delete(schema.claim_actors))
    ids = connection.execute(select(schema.claims.c.id).order_by(schema.claims.c.id)).scalars().all()
    for start in range(0, len(ids), _CLAIMS_AT_ONCE):
        values = [*_iter_actors(connection, ids[start : start + _CLAIMS_AT_ONCE])]
        if values:
            connection.execute(insert(schema.claim_actors), values)
    again = sorted({flaw.document for flaw in checkup.flaws if flaw.part is Part.FACTS and flaw.document})
    table = schema.documents
    for name in again:
        connection.execute(update(table).where(table.c.name == name).values(version=""))
    return tuple(again)


def _iter_actors(connection: Connection, claims: Sequence[str]) -> Iterator[rows.Row]:
    for row in read_rows(connection, schema.claims, schema.claims.c.id.in_(claims)):
        if not isinstance(row, Unread):  # one that cannot be read is found by nobody
            for code in sorted({code for code, _ in row.actors}):
                yield {"claim_id": row.id, "code": code}
