"""The listing of events that the desk turns pages by, and the index of their words.

It is filled when the ledger is matched anew, which the mark set here makes the next question do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables and note that matching is due."""
    word = id_ = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")
    position = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "listing",
        sa.Column("position", position, primary_key=True, autoincrement=False),
        sa.Column("event_id", id_, nullable=False),
        sa.Column("type", word, nullable=False),
        sa.Column("status", word, nullable=False),
        sa.Column("stage", word),
        sa.Column("is_dated", sa.Boolean, nullable=False),
        sa.Column("first", sa.Date),
        sa.Column("last", sa.Date),
        sa.Column("published", sa.Date),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        sa.Column("conflicts", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("lead", id_),
        sa.UniqueConstraint("event_id", name="uq_listing_event_id"),
        sa.PrimaryKeyConstraint("position", name="pk_listing"),
    )
    op.create_index("ix_listing_type", "listing", ["type", "status", "first"])
    op.create_index("ix_listing_published", "listing", ["published"])
    op.create_index("ix_listing_first", "listing", ["first", "last", "type", "status"])
    op.create_table(
        "listing_terms",
        sa.Column("kind", word, nullable=False),
        sa.Column("term", name, nullable=False),
        sa.Column("position", position, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("kind", "term", "position", name="pk_listing_terms"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_terms_position", "listing_terms", ["position", "kind"])
    op.create_table(
        "listing_counts",
        sa.Column("kind", word, nullable=False),
        sa.Column("term", name, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "term", name="pk_listing_counts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_counts_events", "listing_counts", ["kind", "events"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE listing_words USING fts5"
            "(words, content='', tokenize=\"unicode61 remove_diacritics 2\")"
        )
    else:
        op.execute(
            "CREATE TABLE listing_words (position BIGINT PRIMARY KEY,"
            ' words TEXT COLLATE "C" NOT NULL, tokens TEXT[] COLLATE "C" NOT NULL)'
        )
        op.execute("CREATE INDEX ix_listing_words_tokens ON listing_words USING gin (tokens)")
    op.execute("UPDATE meta SET value = 'no' WHERE key = 'matched'")
