"""The tables of a ledger: one schema for SQLite and PostgreSQL.

Facts (`documents`, `articles`, `claims`, `claim_actors`, `problems`) are written once per input and version.
`judgements` holds what people decided; rows are only ever added.
Derived tables (`DERIVED`) are rebuilt from the facts and the judgements, and from these the listing (`listing`,
`listing_terms`, `listing_counts`, the index of words).
Besides judgements `runs` alone holds times of day; nothing of it is ever exported.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.types import TypeEngine

from foedus.ledger.text import EscapedText
from foedus.ledger.words import create_words


def _make_text(plain: TypeEngine[str], length: int | None = None) -> TypeEngine[str]:
    """A type of text for both databases."""
    return plain.with_variant(EscapedText(length), "postgresql")


_TEXT = _make_text(Text())
_WORD = _make_text(String(32), 32)
_ID = _WORD
# SQLite numbers rows by itself only where a key is just "INTEGER", which there holds 64 bits too.
_POSITION = BigInteger().with_variant(Integer, "sqlite")

# Named constraints, so that migrations can speak of them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", _make_text(String(64), 64), primary_key=True),
    Column("value", _TEXT, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", _TEXT, nullable=False),
    Column("jobs", Integer, nullable=False),
    Column("started", _TEXT, nullable=False),  # ISO 8601, UTC
    Column("finished", _TEXT),
    Column("new", Integer),
    Column("changed", Integer),
    Column("gone", Integer),
    Column("interrupted", Boolean),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", _TEXT, nullable=False, unique=True),
    Column("root", _TEXT, nullable=False),  # the folder that `name` is relative to
    Column("digest", _TEXT, nullable=False, index=True),
    Column("version", _TEXT, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("media_type", _TEXT),
    Column("page", JSON),
    Column("main", JSON),
    Column("text", _TEXT),  # None: the input could not be read, see problems; last, since it is long
    Index("ix_documents_gone", "gone", "media_type"),  # to count without turning over the texts
)

articles = Table(
    "articles",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", _TEXT),
    Column("title_start", Integer),
    Column("title_end", Integer),
    Column("publisher", _TEXT),
    Column("author", _TEXT),
    Column("language", _make_text(String(16), 16), nullable=False),
    Column("published_first", Date),
    Column("published_last", Date),
    Column("published_precision", _WORD),
    Column("published_text", _TEXT),
    Column("published_basis", _WORD),
    Column("spans", JSON, nullable=False),
    Index("ix_articles_published", "published_last", "published_first"),
    Index("ix_articles_language", "language"),
    Index("ix_articles_publisher", "publisher"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("document_id", Integer, nullable=False),
    Column("article", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("type", _WORD, nullable=False),
    Column("stage", _WORD),
    Column("plover", _WORD, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("subject", _TEXT),
    Column("when_first", Date),
    Column("when_last", Date),
    Column("when_precision", _WORD),
    Column("when_text", _TEXT),
    Column("when_basis", _WORD),
    Column("attributed_to", _TEXT),
    Column("recurrence", _TEXT),
    Column("confidence", Float, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("quote", _TEXT, nullable=False),
    Column("actors", JSON, nullable=False),
    Column("agents", JSON, nullable=False),
    Column("place", JSON, nullable=False),
    Column("via", JSON, nullable=False),
    Column("quantities", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    ForeignKeyConstraint(
        ["document_id", "article"], ["articles.document_id", "articles.number"], ondelete="CASCADE"
    ),
    Index("ix_claims_place", "document_id", "article", "position", unique=True),
    Index("ix_claims_when", "when_first", "when_last"),
    Index("ix_claims_kind", "type", "status"),
)

# The actors of claims once more, one a row, to search by.
claim_actors = Table(
    "claim_actors",
    metadata,
    Column("code", _TEXT, primary_key=True),
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True, index=True),
)

problems = Table(
    "problems",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), index=True),
    Column("root", _TEXT, nullable=False, index=True),
    Column("item", _TEXT, nullable=False),
    Column("step", _WORD, nullable=False),
    Column("code", _TEXT, nullable=False),
    Column("message", _TEXT, nullable=False),
)

reprints = Table(
    "reprints",
    metadata,
    Column("document", _TEXT, primary_key=True),
    Column("article", Integer, primary_key=True),
    Column("original_document", _TEXT, nullable=False),
    Column("original_article", Integer, nullable=False),
    Index("ix_reprints_original", "original_document", "original_article"),
)

# Which articles repeat which, and in how many words: what `reprints` follow from.
repeats = Table(
    "repeats",
    metadata,
    Column("document", _TEXT, primary_key=True),
    Column("article", Integer, primary_key=True),
    Column("original_document", _TEXT, primary_key=True),
    Column("original_article", Integer, primary_key=True),
    Column("words", Integer, nullable=False),
    Index("ix_repeats_original", "original_document", "original_article"),
)

# Of each article the runs of words that copies are found by, 8 bytes each; `owner` stands for the article.
samples = Table(
    "samples",
    metadata,
    Column("owner", _POSITION, primary_key=True, autoincrement=False),
    Column("document", _TEXT, nullable=False, index=True),
    Column("article", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("runs", LargeBinary, nullable=False),
)

# The same by run: the articles that have a run in the order of their days.
sampled_runs = Table(
    "sampled_runs",
    metadata,
    Column("run", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("owner", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("type", _WORD, nullable=False),
    Column("subject", _TEXT),
    Column("when_first", Date),
    Column("when_last", Date),
    Column("when_precision", _WORD),
    Column("when_text", _TEXT),
    Column("when_basis", _WORD),
    Column("status", _WORD, nullable=False),
    Column("stage", _WORD),
    Column("sources", Integer, nullable=False),
    Column("confidence", Float),
    Column("actors", JSON, nullable=False),
    Column("stages", JSON, nullable=False),
    Index("ix_events_when", "when_first", "when_last"),
)

event_claims = Table(
    "event_claims",
    metadata,
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim_id", _ID, nullable=False, index=True),
)

event_actors = Table(
    "event_actors",
    metadata,
    Column("code", _TEXT, primary_key=True),
    Column("event_id", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# What people decided: only ever added to. `record` is the record of the judgement.
judgements = Table(
    "judgements",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("kind", _WORD, nullable=False),
    Column("who", _TEXT, nullable=False),
    Column("made", _TEXT, nullable=False),  # ISO 8601, UTC
    Column("record", JSON, nullable=False),
)

# Claims that judgements reject or correct, as they stand after them: shown in the place of the facts.
judged_claims = Table(
    "judged_claims",
    metadata,
    *(
        Column(column.name, column.type, primary_key=column.primary_key, nullable=column.nullable)
        for column in claims.columns
    ),
    Column("rejected", Boolean, nullable=False),
)

judged_claim_actors = Table(
    "judged_claim_actors",
    metadata,
    Column("code", _TEXT, primary_key=True),
    Column("claim_id", _ID, primary_key=True, index=True),
)

# Claims of which judgements said, at the last matching, that they are one or not, or whose event they correct.
bound_claims = Table("bound_claims", metadata, Column("claim_id", _ID, primary_key=True))

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("event_id", _ID, nullable=False, index=True),
    Column("slot", _WORD, nullable=False),
    Column("sides", JSON, nullable=False),
    Column("note", _TEXT, nullable=False),
)

# Which claims meet in matching: the claims of a block in the order of their days.
blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", _ID, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# Claims that are new, changed or no more since the last matching.
due = Table(
    "due",
    metadata,
    Column("claim_id", _ID, primary_key=True),
    Column("document", _TEXT, nullable=False),
)

# Documents that are new or changed since the last matching.
due_documents = Table("due_documents", metadata, Column("document", _TEXT, primary_key=True))

# Each event once more, placed in the order of time: what the desk finds, counts and turns pages by.
listing = Table(
    "listing",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=False),
    Column("event_id", _ID, nullable=False, unique=True),
    Column("type", _WORD, nullable=False),
    Column("status", _WORD, nullable=False),
    Column("stage", _WORD),
    Column("is_dated", Boolean, nullable=False),
    Column("first", Date),  # its time, or when it was published; open ends and unknown times are None
    Column("last", Date),
    Column("published", Date),  # the latest day on which one of its articles can have appeared
    Column("claims", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("confidence", Float, nullable=False),  # of its surest claim
    Column("lead", _ID),  # the surest claim
    Index("ix_listing_type", "type", "status", "first", "last"),
    Index("ix_listing_published", "published"),
    Index("ix_listing_first", "first", "last", "type", "status"),
)

# Positions by what they can be found by: actor, dyad, publisher, place, document.
listing_terms = Table(
    "listing_terms",
    metadata,
    Column("kind", _WORD, primary_key=True),
    Column("term", _TEXT, primary_key=True),
    Column("position", _POSITION, primary_key=True, autoincrement=False),
    Index("ix_listing_terms_position", "position", "kind"),
    sqlite_with_rowid=False,
)

# How many events a term finds, so that a page need not count them all.
listing_counts = Table(
    "listing_counts",
    metadata,
    Column("kind", _WORD, primary_key=True),
    Column("term", _TEXT, primary_key=True),
    Column("events", Integer, nullable=False),
    Index("ix_listing_counts_events", "kind", "events"),
    sqlite_with_rowid=False,
)


@event.listens_for(metadata, "after_create")
def _create_rest(_metadata: MetaData, connection: Connection, **_: Any) -> None:
    create_words(connection)


#: What the desk finds events by, made anew whenever what is derived changes.
LISTING = (listing_counts, listing_terms, listing)

#: Rebuilt by matching, children first.
DERIVED = (
    *LISTING,
    conflicts,
    event_actors,
    event_claims,
    events,
    reprints,
    repeats,
    samples,
    sampled_runs,
    blocks,
    due,
    due_documents,
    bound_claims,
    judged_claim_actors,
    judged_claims,
)
