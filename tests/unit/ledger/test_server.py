from concurrent.futures import ThreadPoolExecutor

import pytest

from foedus.address import ServerAddress
from foedus.errors import LedgerError
from foedus.ledger import open_ledger
from foedus.ledger.migrate import HEAD


@pytest.fixture
def address(server):
    return ServerAddress(server.make_database())


def count_tables(server, address):
    return server.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", address.name)[0][0]


def test_a_question_makes_no_ledger_in_an_empty_database(address, server):
    with pytest.raises(LedgerError, match="foedus build"):
        open_ledger(address, write=False)
    assert count_tables(server, address) == 0


def test_a_database_with_other_tables_is_left_as_it_is(address, server):
    server.run("CREATE TABLE documents (id int)", address.name)
    for write in (True, False):
        with pytest.raises(LedgerError, match="of its own"):
            open_ledger(address, write=write)
    assert count_tables(server, address) == 1


def test_a_ledger_of_a_newer_version_is_refused(address, server):
    open_ledger(address).close()
    server.run("UPDATE alembic_version SET version_num = '9999'", address.name)
    for write in (True, False):
        with pytest.raises(LedgerError, match="newer version"):
            open_ledger(address, write=write)


def test_another_database_with_such_tables_is_no_ledger(address, server):
    open_ledger(address).close()
    server.run("DELETE FROM meta", address.name)
    with pytest.raises(LedgerError, match="not a Foedus ledger"):
        open_ledger(address)


def test_a_database_that_cannot_hold_all_text_is_refused(server):
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(LedgerError, match="LATIN1"):
        open_ledger(ServerAddress(server.find_address("latin")))


def test_a_database_that_is_not_there_is_told(server):
    with pytest.raises(LedgerError, match="does not exist"):
        open_ledger(ServerAddress(server.find_address("nowhere")))


def test_several_that_make_one_ledger_at_once_make_it_once(address, server):
    def make(number):
        with open_ledger(address) as ledger:
            return ledger.begin_run(version=str(number), jobs=1)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(make, range(4))) == [1, 2, 3, 4]
    assert server.run("SELECT version_num FROM alembic_version", address.name) == [(HEAD,)]
    assert server.run("SELECT key FROM meta ORDER BY key", address.name) == [
        ("kind",),
        ("matched",),
        ("written",),
    ]


def test_who_may_not_write_may_read(address, server):
    open_ledger(address).close()
    server.run("CREATE ROLE reader LOGIN", address.name)
    server.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", address.name)
    reader = ServerAddress(address.url.replace("foedus@", "reader@"))
    with open_ledger(reader, write=False) as ledger:
        assert ledger.counts().documents == 0
        with pytest.raises(LedgerError, match="permission denied"):
            ledger.begin_run(version="1", jobs=1)
