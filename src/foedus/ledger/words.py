"""The index of words: which events' claims hold some words. The same answers on every database.

SQLite has an index of its own (FTS5). On PostgreSQL a table holds the words as that index sees them, so that there
is one notion of what a word is: SQLite, in memory, takes the texts apart there, too.
"""

import sqlite3
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, TextClause, false, text
from sqlalchemy.sql.elements import ColumnElement

TABLE = "listing_words"

_FTS5 = "USING fts5(words, content='', tokenize=\"unicode61 remove_diacritics 2\")"
_MAX_TOKEN_CHARS = 200  # of an entry of PostgreSQL's index, which holds 2,700 bytes at most

#: By dialect; ``{temporary}`` stands where the word would.
_CREATE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {{temporary}}{TABLE} {_FTS5}",),
    "postgresql": (
        f"CREATE {{temporary}}TABLE {TABLE} (position BIGINT PRIMARY KEY,"
        ' words TEXT COLLATE "C" NOT NULL, tokens TEXT[] COLLATE "C" NOT NULL)',
        f"CREATE INDEX ix_{TABLE}_tokens ON {TABLE} USING gin (tokens)",
    ),
}
_TEMPORARY = {"sqlite": "temp.", "postgresql": "TEMPORARY "}


def create_words(connection: Connection, *, temporary: bool = False) -> None:
    """Make the index, empty."""
    kind = connection.dialect.name
    for statement in _CREATE[kind]:
        connection.exec_driver_sql(statement.format(temporary=_TEMPORARY[kind] if temporary else ""))


def clear_words(connection: Connection) -> None:
    """Empty the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')")  # noqa: S608
    else:
        connection.exec_driver_sql(f"DELETE FROM {TABLE}")  # noqa: S608


def add_words(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Add texts by the positions of their events."""
    if connection.dialect.name == "sqlite":
        statement = f"INSERT INTO {TABLE}(rowid, words) VALUES (:position, :words)"  # noqa: S608
        values = [{"position": position, "words": words} for position, words in texts]
    else:
        statement = f"INSERT INTO {TABLE} VALUES (:position, :words, CAST(:tokens AS text[]))"  # noqa: S608
        folded = fold([words for _, words in texts])
        values = [
            {"position": position, "words": f" {' '.join(tokens)} ", "tokens": _clip(tokens)}
            for (position, _), tokens in zip(texts, folded, strict=True)
        ]
    if values:
        connection.execute(text(statement), values)


# SQLite's index cannot forget a single entry without being told its words, which may be no more. Those of entries that
# were taken out stay there until the listing is made anew, and their positions are not used again.


def remove_words(connection: Connection, positions: Sequence[int]) -> None:
    """Take out the texts at some positions, where the index can."""
    if connection.dialect.name != "sqlite":
        statement = text(f"DELETE FROM {TABLE} WHERE position = ANY(CAST(:positions AS bigint[]))")  # noqa: S608
        connection.execute(statement, {"positions": list(positions)})


def find_worn(connection: Connection, start: int, end: int) -> frozenset[int]:
    """Positions from `start`, below `end`, that cannot be given to another text."""
    if connection.dialect.name != "sqlite":
        return frozenset()
    query = text(f"SELECT rowid FROM {TABLE} WHERE rowid >= :start AND rowid < :end")  # noqa: S608
    return frozenset(connection.execute(query, {"start": start, "end": end}).scalars())


def count_words(connection: Connection) -> int:
    """How many texts the index knows, also of those that are no more."""
    table = f"{TABLE}_docsize" if connection.dialect.name == "sqlite" else TABLE
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


def drop_words(connection: Connection) -> None:
    """Drop the index, whatever state it is in."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")


def holds_words(phrases: Sequence[str], dialect: str) -> TextClause | ColumnElement[bool]:
    """The condition that an event of the listing holds all of some phrases.

    Args:
        phrases: Each of words that stand together; one without any word stands nowhere.
        dialect: Name of the database's dialect.
    """
    if dialect == "sqlite":
        inside = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :match"  # noqa: S608
        match = " AND ".join(f'"{phrase}"' for phrase in phrases)
        return text(f"listing.position IN ({inside})").bindparams(match=match)
    folded = fold(phrases)
    if not all(folded):
        return false()
    likes = {f"words{number}": f"% {' '.join(tokens)} %" for number, tokens in enumerate(folded)}
    conditions = " AND ".join(("tokens @> CAST(:tokens AS text[])", *(f"words LIKE :{key}" for key in likes)))
    inside = f"SELECT position FROM {TABLE} WHERE {conditions}"  # noqa: S608
    tokens = _clip([token for tokens in folded for token in tokens])
    return text(f"listing.position IN ({inside})").bindparams(tokens=tokens, **likes)


def fold(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in their order, as SQLite's index sees them: lower case, without diacritics."""
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute(f"CREATE VIRTUAL TABLE texts {_FTS5}")
        memory.execute("CREATE VIRTUAL TABLE words USING fts5vocab(texts, instance)")
        memory.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", enumerate(texts))
        found: list[list[str]] = [[] for _ in texts]
        rows = memory.execute("SELECT doc, term FROM words ORDER BY doc, offset")
        for number, group in groupby(rows, key=lambda row: row[0]):
            found[number] = [term for _, term in group]
        return found
    finally:
        memory.close()


def _clip(tokens: Sequence[str]) -> list[str]:
    return sorted({token[:_MAX_TOKEN_CHARS] for token in tokens})
