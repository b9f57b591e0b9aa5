"""What matching in part needs besides: samples of texts, which documents are due, which claims people bound.

It is filled when the ledger is matched anew, which the mark set here makes the next question do.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables and note that matching is due."""
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    id_ = sa.String(32).with_variant(sa.String(32, collation="C"), "postgresql")
    key = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_index("ix_reprints_original", "reprints", ["original_document", "original_article"])
    op.create_table(
        "repeats",
        sa.Column("document", name, nullable=False),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("original_document", name, nullable=False),
        sa.Column("original_article", sa.Integer, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(
            "document", "article", "original_document", "original_article", name="pk_repeats"
        ),
    )
    op.create_index("ix_repeats_original", "repeats", ["original_document", "original_article"])
    op.create_table(
        "samples",
        sa.Column("owner", key, nullable=False, autoincrement=False),
        sa.Column("document", name, nullable=False),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("runs", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_samples"),
    )
    op.create_index("ix_samples_document", "samples", ["document"])
    op.create_table(
        "sampled_runs",
        sa.Column("run", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("day", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("owner", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("run", "day", "owner", name="pk_sampled_runs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "due_documents",
        sa.Column("document", name, nullable=False),
        sa.PrimaryKeyConstraint("document", name="pk_due_documents"),
    )
    op.create_table(
        "bound_claims",
        sa.Column("claim_id", id_, nullable=False),
        sa.PrimaryKeyConstraint("claim_id", name="pk_bound_claims"),
    )
    op.execute("UPDATE meta SET value = 'no' WHERE key = 'matched'")
