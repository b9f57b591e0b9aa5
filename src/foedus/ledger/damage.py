"""The database itself: whether it is whole, and its indexes made anew. What is said here depends on the database."""

from collections.abc import Iterator

from sqlalchemy import Connection

from foedus.ledger.words import create_words, drop_words


def find_damage(connection: Connection) -> Iterator[str]:
    """What the database says is wrong with its own file; nothing where a server looks after it."""
    if connection.dialect.name == "sqlite":
        for (message,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if message != "ok":
                yield str(message)


def rebuild_indexes(connection: Connection) -> None:
    """Make the indexes anew, also that of words, which is empty then."""
    drop_words(connection)
    create_words(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("REINDEX")
