import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from foedus.address import ServerAddress
from foedus.errors import LedgerError
from foedus.ledger import Derived, open_ledger, schema, words
from foedus.ledger.connect import WRITING, connect
from foedus.ledger.migrate import HEAD, MIGRATIONS, REVISIONS, migrate, upgrade

#: The tables as the first release made them.
FIRST = Path(__file__).with_name("schema_0001.sql")


def make_first(path):
    raw = sqlite3.connect(path)
    raw.executescript(FIRST.read_text(encoding="utf-8"))
    raw.execute("INSERT INTO meta VALUES ('kind', 'foedus'), ('matched', 'yes')")
    raw.execute("INSERT INTO alembic_version VALUES ('0001')")
    raw.commit()
    raw.close()


def is_ours(name, kind, parents):
    """Tables of the schema; those that SQLite keeps for the index of words are its own."""
    return kind != "table" or not name.startswith(("alembic_version", words.TABLE))


def test_a_ledger_of_the_first_release_gets_todays_tables(tmp_path):
    path = tmp_path / "l.db"
    make_first(path)
    engine = connect(path, write=True)
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == []
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    engine.dispose()
    with open_ledger(path) as ledger:
        assert ledger.counts().documents == 0


def make_first_on_server(server, database):
    """The tables of the first release as it would have made them on a server, which it did not support."""
    made = FIRST.read_text(encoding="utf-8").replace("    id INTEGER NOT NULL", "    id SERIAL NOT NULL")
    server.run(re.sub(r"(TEXT|VARCHAR\(\d+\))", r'\1 COLLATE "C"', made), database)
    server.run("INSERT INTO meta VALUES ('kind', 'foedus'), ('matched', 'yes')", database)
    server.run("INSERT INTO alembic_version VALUES ('0001')", database)


def test_on_a_server_revisions_make_the_tables_that_new_ledgers_have(server, make_ledger_address):
    old, new = ServerAddress(server.make_database()), make_ledger_address("postgresql")
    make_first_on_server(server, old.name)
    with open_ledger(old, write=False) as ledger:
        assert not ledger.is_matched()
        ledger.write_derived(Derived())
    columns = (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, collation_name"
        " FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
        " ORDER BY 1, 2"
    )
    indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    for question in (columns, indexes, "SELECT version_num FROM alembic_version"):
        assert server.run(question, old.name) == server.run(question, new.name)
    engine = connect(new, write=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_every_revision_is_listed_in_order():
    files = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert tuple(name.split("_")[0] for name in files) == REVISIONS


@pytest.fixture
def next_revision(tmp_path):
    """Today's migrations and one more, as the next release might have it."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "9999_next.py").write_text(
        "from alembic import op\n"
        "import sqlalchemy as sa\n"
        f"revision, down_revision = '9999', '{HEAD}'\n"
        "def upgrade():\n"
        "    op.add_column('runs', sa.Column('machine', sa.Text))\n"
        "    if op.get_bind().exec_driver_sql('SELECT count(*) FROM runs').scalar() > 1:\n"
        "        op.execute('SELECT nonsense')\n",
        encoding="utf-8",
    )
    return folder


def read(path, question):
    raw = sqlite3.connect(path)
    try:
        return raw.execute(question).fetchall()
    finally:
        raw.close()


def test_an_older_ledger_is_migrated_after_a_copy_is_kept(tmp_path, next_revision):
    path = tmp_path / "l.db"
    with open_ledger(path) as ledger:
        ledger.begin_run(version="1", jobs=1)
    (tmp_path / f"l.db.{HEAD}.backup").touch()  # one kept before must not be lost
    backup = migrate(path, HEAD, migrations=next_revision)
    assert backup == tmp_path / f"l.db.{HEAD}.backup2"
    assert read(path, "SELECT version, machine FROM runs") == [("1", None)]
    assert read(path, "SELECT version_num FROM alembic_version") == [("9999",)]
    assert read(backup, "SELECT version FROM runs") == [("1",)]
    assert read(backup, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path, next_revision):
    path = tmp_path / "l.db"
    with open_ledger(path) as ledger:
        ledger.begin_run(version="1", jobs=1)
        ledger.begin_run(version="2", jobs=1)
    with pytest.raises(LedgerError, match="cannot migrate"):
        migrate(path, HEAD, migrations=next_revision)
    assert read(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert len(read(path, "SELECT * FROM pragma_table_info('runs')")) == len(schema.runs.columns)


def test_opening_an_older_ledger_migrates_it(tmp_path, monkeypatch):
    import foedus.ledger.open as opening

    path = tmp_path / "l.db"
    make_first(path)
    seen = []
    monkeypatch.setattr(opening, "HEAD", "9999")
    monkeypatch.setattr(opening, "migrate", lambda *arguments: seen.append(arguments))
    open_ledger(path, write=False).close()
    assert seen == [(path, "0001")]
