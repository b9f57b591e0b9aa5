"""An index by which claims of a type and status are found in a large ledger."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index; nothing else changes."""
    op.create_index("ix_claims_kind", "claims", ["type", "status"])
