"""What only a ledger on a server does; what all ledgers do is tested on both."""

import os
import signal
import sys
import threading
import time
from datetime import date
from itertools import count

import pytest
from sqlalchemy import Engine, event

from foedus.address import ServerAddress
from foedus.errors import LedgerError, MissingExtra, NotStorable, TooSlow, Unavailable
from foedus.ledger import Selection, open_ledger, patience, postgresql, schema
from foedus.ledger.connect import WRITING, connect


@pytest.fixture
def address(make_ledger_address):
    return make_ledger_address("postgresql")


def test_the_driver_is_asked_for_by_the_name_of_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"foedus\[postgres\]"):
        open_ledger("postgresql://host/name", write=False)


def test_text_sorts_by_code_point_whatever_the_locale(address, server):
    open_ledger(address).close()
    kinds = "data_type IN ('text', 'character varying', 'ARRAY') AND table_schema = 'public'"
    columns = server.run(
        f"SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE {kinds}",
        address.name,
    )
    assert len(columns) > 60
    assert {row[:2] for row in columns if row[2] != "C"} == {("alembic_version", "version_num")}


def test_a_question_sees_one_state_and_writes_nothing(address):
    with open_ledger(address) as ledger, ledger._engine.connect() as connection:
        count = schema.runs.select()
        assert connection.execute(count).all() == []
        ledger.begin_run(version="1", jobs=1)
        assert connection.execute(count).all() == []
        with pytest.raises(Exception, match="read-only"):
            connection.execute(schema.runs.delete())


def test_the_state_differs_when_the_ledger_was_written_to_and_only_then(address, server):
    with open_ledger(address) as ledger:
        before = ledger.state()
        ledger.select(Selection(min_confidence=0.5)).close()  # makes temporary tables
        server.run("CREATE TABLE other (id int)", server.make_database().partition("@/")[2].partition("?")[0])
        assert ledger.state() == before
        ledger.begin_run(version="1", jobs=1)
        first = ledger.state()
        assert first != before
        ledger.begin_run(version="1", jobs=1)
        assert ledger.state() not in (before, first)


def test_a_writer_waits_for_another_one_and_not_for_ever(address, monkeypatch):
    open_ledger(address).close()
    held, done = threading.Event(), threading.Event()

    def hold():
        engine = connect(address, write=True)
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            held.set()
            done.wait(20)
        engine.dispose()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(20)
        monkeypatch.setattr(postgresql, "_OPTIONS", "-c DateStyle=ISO -c lock_timeout=200")
        with open_ledger(address) as impatient, pytest.raises(Unavailable, match="writing"):
            impatient.begin_run(version="1", jobs=1)
        monkeypatch.undo()
        threading.Timer(0.3, done.set).start()
        with open_ledger(address) as patient:
            assert patient.begin_run(version="1", jobs=1) > 0
        assert done.is_set()
    finally:
        done.set()
        holder.join()


def test_a_question_that_takes_too_long_is_cut_off_and_the_next_one_is_not(address):
    with open_ledger(address, write=True):
        pass
    with open_ledger(address, write=False) as ledger:
        ledger.limit_time(0.3)
        started = time.monotonic()
        with pytest.raises(TooSlow, match="longer than 0.3 seconds"), ledger._engine.connect() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(20)")
        assert time.monotonic() - started < 15
        assert ledger.counts().documents == 0


def test_a_server_that_is_away_is_told(address, server):
    with open_ledger(address) as ledger, open_ledger(address, write=False) as reader:
        assert reader.counts().documents == 0  # its connection stays open
        server.stop()
        try:
            for ask in (reader.counts, lambda: ledger.begin_run(version="1", jobs=1), ledger.problems):
                with pytest.raises(Unavailable, match=f'cannot reach "{address}"'):
                    ask()
            with pytest.raises(Unavailable):
                open_ledger(address)
        finally:
            server.start()
        assert reader.counts().documents == 0
        assert ledger.begin_run(version="1", jobs=1) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops a process of the server")
def test_a_server_that_says_nothing_any_more_is_not_waited_for_without_end(address, monkeypatch):
    open_ledger(address).close()
    monkeypatch.setattr(patience, "SILENCE_S", 0.5)
    with open_ledger(address, write=False) as reader:
        with reader._engine.connect() as connection:
            process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            os.kill(process, signal.SIGSTOP)
            try:
                with pytest.raises(Unavailable, match=r"has not answered for 0\.5 seconds"):
                    connection.exec_driver_sql("SELECT 1")
            finally:
                os.kill(process, signal.SIGCONT)
        assert reader.counts().documents == 0


def test_a_writer_that_does_nothing_is_cut_off_and_others_go_on(address, monkeypatch):
    open_ledger(address).close()
    monkeypatch.setattr(postgresql, "_LOCK", postgresql._LOCK.replace("3600s", "100ms"))
    with open_ledger(address) as idle, open_ledger(address) as other:
        with pytest.raises(Unavailable, match="idle-in-transaction"), idle.rematching() as shelf:
            threading.Event().wait(0.5)
            assert other.begin_run(version="1", jobs=1) == 1
            shelf.load_judged()
        assert other.begin_run(version="1", jobs=1) == 2


def test_statements_that_are_given_up_or_lack_room_are_told(address, monkeypatch):
    open_ledger(address).close()
    monkeypatch.setattr(postgresql, "_OPTIONS", f"{postgresql._OPTIONS} -c statement_timeout=200")
    fail = "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"
    asked = (("SELECT pg_sleep(20)", "gave up a statement"), (fail, "cannot be used just now: no room"))
    with open_ledger(address) as ledger:
        for statement, told in asked:
            with pytest.raises(Unavailable, match=told), ledger._engine.connect() as connection:
                connection.exec_driver_sql(statement)


def test_a_check_whose_connection_is_cut_tells_that_and_no_flaws(address, server):
    open_ledger(address).close()
    calls, cut_at = count(1), 0

    @event.listens_for(Engine, "before_cursor_execute")
    def disturb(*_):
        if next(calls) == cut_at:
            server.cut(address.name)

    try:
        with open_ledger(address) as ledger:
            calls = count(1)
            assert ledger.check().is_sound
            number = next(calls)
            assert number > 30
            for step in range(1, number, number // 6):
                calls, cut_at = count(1), step
                with pytest.raises(Unavailable, match="cannot reach"):
                    ledger.check()
    finally:
        event.remove(Engine, "before_cursor_execute", disturb)


def test_a_connection_that_was_cut_while_it_was_idle_is_made_anew(address, server):
    open_ledger(address).close()
    with open_ledger(address, write=False) as reader:
        assert reader.counts().documents == 0
        assert server.cut(address.name) == 1
        assert reader.counts().documents == 0


def test_a_part_whose_connection_was_cut_never_answers_for_the_whole(address, server, write_desk_ledger):
    write_desk_ledger(address)
    with open_ledger(address, write=False) as ledger:
        part = ledger.select(Selection(as_of=date(2000, 1, 1)))
        assert part.counts().claims == 0
        server.cut(address.name)
        for _ in range(3):
            with pytest.raises(Unavailable, match="cut|reach"):
                part.counts()
        part.close()
        assert ledger.counts().claims == 3


def test_a_ledger_for_writing_keeps_no_connection_that_workers_could_inherit(address, server):
    with open_ledger(address) as ledger:
        ledger.begin_run(version="1", jobs=1)
        assert server.cut(address.name) == 0


def test_a_name_too_long_for_an_index_is_refused_as_a_name(address, make_document):
    from foedus.ledger import Facts

    name = "".join(chr(0x4E00 + (n * n * 7919 + n * 104729) % 20000) for n in range(4000))
    with open_ledger(address) as ledger:
        with pytest.raises(NotStorable, match="cannot write"):
            ledger.write_facts([Facts(name, "/in", "1", make_document(name))], version="1")
        assert ledger.counts().documents == 0


def test_addresses_of_schemas_keep_ledgers_apart(address, server):
    server.run("CREATE SCHEMA team", address.name)
    other = ServerAddress(f"{address.url}&options=-csearch_path%3Dteam")
    with open_ledger(address) as one, open_ledger(other) as two:
        one.begin_run(version="1", jobs=1)
        assert two.begin_run(version="2", jobs=1) == 1
    missing = ServerAddress(f"{address.url}&options=-csearch_path%3Dnone")
    with pytest.raises(LedgerError, match="schema"):
        open_ledger(missing)
