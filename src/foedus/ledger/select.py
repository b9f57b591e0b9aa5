"""A part of a ledger, asked like a whole one: what had been published by a day, what is sure enough.

Temporary views and tables shadow the real ones by name for one connection, so that every question of
`Reading` works on the part as on the whole. What is derived is empty until matching fills it from the part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table
from sqlalchemy.schema import CreateIndex, CreateTable

from foedus.ledger import schema
from foedus.ledger.connect import find_schema
from foedus.ledger.words import create_words


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a ledger is asked.

    Attributes:
        as_of: Only articles published by the end of this day, and what is in them. Articles whose date of
            publication is unknown, or might be later, are left out. None: all.
        min_confidence: Only claims at least this probable, 0–1. None: all.
    """

    as_of: date | None = None
    min_confidence: float | None = None

    @property
    def is_all(self) -> bool:
        """Whether it is the whole ledger."""
        return self.as_of is None and not self.min_confidence


def shadow(connection: Connection, selection: Selection) -> None:
    """Make `connection` see only the part of the ledger that `selection` names."""
    real = connection.dialect.identifier_preparer.quote(find_schema(connection))
    articles, documents, claims = "TRUE", "TRUE", "TRUE"
    # Views take no parameters; a date and a float cannot carry anything but themselves.
    if selection.as_of is not None:
        articles = f"published_last <= '{selection.as_of.isoformat()}'"
        documents = "id IN (SELECT document_id FROM articles)"
        claims = "(document_id, article) IN (SELECT document_id, number FROM articles)"
    if selection.min_confidence:
        claims += f" AND confidence >= {float(selection.min_confidence)!r}"
    for name, condition in (("articles", articles), ("documents", documents), ("claims", claims)):
        connection.exec_driver_sql(
            f"CREATE TEMPORARY VIEW {name} AS SELECT * FROM {real}.{name} WHERE {condition}"  # noqa: S608
        )
    make_shadows(connection, (schema.meta, *reversed(schema.DERIVED)))
    connection.execute(schema.meta.insert(), {"key": "matched", "value": "no"})


def make_shadows(connection: Connection, tables: Iterable[Table]) -> None:
    """Shadow tables, and the index of words, by empty ones that only `connection` sees."""
    for table in tables:
        statement = str(CreateTable(table).compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    create_words(connection, temporary=True)
