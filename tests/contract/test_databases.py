"""What every command answers, asked of a ledger in a file and of the same one on a server."""

import json
import logging
import re

import pytest
from typer.testing import CliRunner

from foedus.address import ServerAddress
from foedus.cli.main import app

PASSWORD = "pa55%20w%40rd"

QUESTIONS = [
    "show state",
    "show events",
    "show events --actor Chile --limit 1",
    "show claims --actor Peru",
    "show actor Peru",
    "show dyad Chile Peru",
    "show conflicts",
    "show document 0-plain.txt",
    "problems",
    "brief --from 2018-03-01 --to 2018-03-31",
    "brief --dyad CHL PER --from 2018-01-01 --to 2018-12-31 --as-of 2018-03-13",
    "export articles",
    "export claims",
    "export events",
    "export conflicts",
    "export claims --as-of 2018-03-13",
    "export events --min-confidence 0.5",
    "export claims --format csv",
    "dump",
]


@pytest.fixture(scope="module")
def addresses(make_ledger_address):
    server = make_ledger_address("postgresql")
    return str(make_ledger_address("sqlite")), server.url.replace("foedus@", f"foedus:{PASSWORD}@")


def run(ledger, words, code=0, **given):
    shown = CliRunner().invoke(app, [*words, "--ledger", ledger], **given)
    assert shown.exit_code == code, shown.output
    return shown.output


@pytest.fixture(scope="module")
def ledgers(addresses, write_desk_ledger, tmp_path_factory):
    """A ledger in a file, judged, and a copy of it on a server; what was said while that was made."""
    folder = tmp_path_factory.mktemp("dump")
    made, dump = str(folder / "made.db"), str(folder / "all.jsonl")
    write_desk_ledger(made)
    claim = json.loads(run(made, ["export", "claims"]).splitlines()[-1])["id"]
    run(made, ["judge", "grade", "Andes Wire", "C", "--why", "seen before"])
    run(made, ["judge", "reject", claim, "--why", "not said"])
    run(made, ["dump", "-o", dump])
    return *addresses, [run(address, ["load", dump]) for address in addresses]


@pytest.mark.parametrize("question", QUESTIONS)
def test_both_answer_the_same_to_the_byte(ledgers, question):
    file, server, _ = ledgers
    answer = run(file, question.split())
    assert len(answer) > 20 or "conflicts" in question
    assert run(server, question.split()) == answer


def test_commands_that_write_work_on_a_server_and_no_password_is_told(ledgers, tmp_path, caplog):
    file, server, said = ledgers
    shown = str(ServerAddress(server))
    (tmp_path / "empty.txt").write_text("")

    def write(ledger):
        """What is told of a ledger after it was written to; its digests are made up, which is told."""
        told = [run(ledger, ["build", str(tmp_path), "--jobs", "1"])]
        told.append(run(ledger, ["judge", "grade", "Andes Wire", "D", "--why", "seen"]))
        said.extend(told)
        return [run(ledger, [command], code=1) for command in ("check", "repair")]

    with caplog.at_level(logging.DEBUG):
        in_file, on_server = write(file), write(server)
        said += [
            run(server, ["judge", "list"]),
            run(server, ["check", "--json"], code=1),
            run(server, ["dump"]),
            run(server, ["problems"]),
            run(server, ["show", "claim", "c-none"], code=2),
            run(server.replace("@/", "@/nowhere"), ["show", "state"], code=2),
            run(f"{server}&options=-csearch_path%3Dnone", ["build", str(tmp_path)], code=2),
            run(f"{server}&colour=blue", ["check"], code=2),
            run(f"{server}:", ["check"], code=2),
            run(re.sub("host=[^&]*", "host=/nowhere", server), ["check"], code=2),
        ]
    assert [told.replace(shown, file) for told in on_server] == [
        re.sub("; kept .*|.*backup.*\n", "", told) for told in in_file
    ]
    words = "\n".join([*said, *on_server, *caplog.messages])
    assert shown in words
    for secret in (PASSWORD, "pa55 w@rd", "pa55", "w%40rd"):
        assert secret not in words
    assert run(server, ["export", "events"]) == run(file, ["export", "events"])
