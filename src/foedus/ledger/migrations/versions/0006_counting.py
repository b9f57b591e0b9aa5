"""Indexes by which the desk counts in a large ledger without reading its texts and articles."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the indexes; nothing else changes."""
    op.create_index("ix_documents_gone", "documents", ["gone", "media_type"])
    op.drop_index("ix_articles_published_last", "articles")
    op.create_index("ix_articles_published", "articles", ["published_last", "published_first"])
    op.create_index("ix_articles_language", "articles", ["language"])
    op.create_index("ix_articles_publisher", "articles", ["publisher"])
    op.drop_index("ix_listing_type", "listing")
    op.create_index("ix_listing_type", "listing", ["type", "status", "first", "last"])
