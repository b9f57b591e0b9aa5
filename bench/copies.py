"""More of a ledger made up for measuring: every document with all that is in it and follows from it, some times over.

Done in SQL, since a million claims take an hour to write and match one by one. A copy has ids and names of its own
and the words, days and actors of what it copies. What only matching reads (blocks, samples) is not copied.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_MOST = 20
#: Columns that hold ids or names, by table, in tables that are copied row by row; `json` columns hold ids of claims.
_TABLES = {
    "documents": {"id": "row", "name": "name", "digest": "name"},
    "articles": {"document_id": "row"},
    "claims": {"id": "id", "document_id": "row"},
    "claim_actors": {"claim_id": "id"},
    "events": {"id": "id", "stages": "json"},
    "event_claims": {"event_id": "id", "claim_id": "id"},
    "event_actors": {"event_id": "id"},
    "conflicts": {"id": "id", "event_id": "id", "sides": "json"},
    "reprints": {"document": "name", "original_document": "name"},
    "listing": {"position": "position", "event_id": "id", "lead": "id"},
    "listing_terms": {"position": "position", "term": "term"},
}
_CHANGED = {
    "row": "{column} + :copy * :rows",
    "name": ":letter || {column}",
    "id": "substr({column}, 1, 2) || :letter || substr({column}, 3)",
    "json": "replace({column}, '\"c-', '\"c-' || :letter)",
    "position": "{column} + :copy",
    "term": "CASE kind WHEN 'document' THEN :letter || term ELSE term END",
}
_WORDS = """
INSERT INTO main.listing_words (rowid, words)
SELECT listing.position + :copy, group_concat(
    coalesce(events.subject, '') || char(10) || quote || char(10) || coalesce(publisher, ''), char(10))
FROM made.listing JOIN made.events ON events.id = listing.event_id
JOIN made.event_claims ON event_claims.event_id = events.id JOIN made.claims ON claims.id = event_claims.claim_id
JOIN made.articles ON articles.document_id = claims.document_id AND articles.number = claims.article
GROUP BY listing.position
"""
_COUNTS = """
INSERT INTO main.listing_counts SELECT kind, term, count(*) FROM main.listing_terms GROUP BY kind, term
"""


def add_copies(path: Path, copies: int) -> None:
    """Add so many copies, up to 20, of all that the ledger `path` holds.

    Raises:
        ValueError: More or fewer are asked for.
    """
    if not 0 <= copies <= _MOST:
        raise ValueError(f"{copies} is no number of copies; give 0 to {_MOST}")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, closing(sqlite3.connect(path)) as bare:
        bare.isolation_level = None
        made = shutil.copy(path, Path(folder, "made.db"))
        bare.execute("PRAGMA synchronous = OFF")
        bare.execute("PRAGMA cache_size = -500000")
        bare.execute("ATTACH ? AS made", (str(made),))
        (rows,) = bare.execute("SELECT max(id) FROM documents").fetchone()
        bare.execute("BEGIN")
        for statement in (*_iter_copying(bare), _WORDS):
            for copy in range(1, copies + 1):
                letter = chr(ord("g") + copy - 1)  # no digit of an id
                bare.execute(statement, {"copy": copy, "letter": letter, "rows": rows})
        bare.execute("DELETE FROM main.listing_counts")
        bare.execute(_COUNTS)
        bare.execute("COMMIT")


def _iter_copying(bare: sqlite3.Connection) -> Iterator[str]:
    for table, changed in _TABLES.items():
        columns = [row[1] for row in bare.execute(f"PRAGMA table_info({table})")]
        values = [_CHANGED[changed[one]].format(column=one) if one in changed else one for one in columns]
        yield f"INSERT INTO main.{table} SELECT {', '.join(values)} FROM made.{table}"
