"""Judgements of people, and the claims as they stand after them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WORD = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the three tables, empty."""
    op.create_table(
        "judgements",
        sa.Column("id", _WORD, nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("who", _TEXT, nullable=False),
        sa.Column("made", _TEXT, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
    )
    op.create_table(
        "judged_claims",
        sa.Column("id", _WORD, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("type", _WORD, nullable=False),
        sa.Column("stage", _WORD),
        sa.Column("plover", _WORD, nullable=False),
        sa.Column("status", _WORD, nullable=False),
        sa.Column("subject", _TEXT),
        sa.Column("when_first", sa.Date),
        sa.Column("when_last", sa.Date),
        sa.Column("when_precision", _WORD),
        sa.Column("when_text", _TEXT),
        sa.Column("when_basis", _WORD),
        sa.Column("attributed_to", _TEXT),
        sa.Column("recurrence", _TEXT),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
        sa.Column("quote", _TEXT, nullable=False),
        sa.Column("actors", sa.JSON, nullable=False),
        sa.Column("agents", sa.JSON, nullable=False),
        sa.Column("place", sa.JSON, nullable=False),
        sa.Column("via", sa.JSON, nullable=False),
        sa.Column("quantities", sa.JSON, nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("rejected", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judged_claims"),
    )
    op.create_table(
        "judged_claim_actors",
        sa.Column("code", _TEXT, nullable=False),
        sa.Column("claim_id", _WORD, nullable=False),
        sa.PrimaryKeyConstraint("code", "claim_id", name="pk_judged_claim_actors"),
    )
    op.create_index("ix_judged_claim_actors_claim_id", "judged_claim_actors", ["claim_id"])
