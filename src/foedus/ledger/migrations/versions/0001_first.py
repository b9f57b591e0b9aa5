"""The first schema: the tables as `foedus.ledger.schema` made them then.

New ledgers are made from the schema and stamped with the newest revision, so there is nothing to do here;
later revisions build on it.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: a ledger at this revision has its tables."""
