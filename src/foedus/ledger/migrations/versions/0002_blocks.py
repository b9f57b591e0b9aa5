"""Blocks of matching, claims due for it, and the confidence of events; all events are made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; the next question matches all claims."""
    op.create_table(
        "blocks",
        sa.Column("key", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("day", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("claim_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "claim_id", name="pk_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocks_claim_id", "blocks", ["claim_id"])
    op.create_table(
        "due",
        sa.Column("claim_id", _ID, nullable=False),
        sa.Column("document", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_due"),
    )
    op.add_column("events", sa.Column("confidence", sa.Float))
    op.execute("UPDATE meta SET value = 'no' WHERE key = 'matched'")
