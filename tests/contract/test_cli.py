"""What every command owes, asked of all of them."""

import shlex

import pytest
import typer

from foedus.cli.main import app


def list_commands():
    waiting = [((), typer.main.get_command(app))]
    while waiting:
        words, command = waiting.pop()
        inner = getattr(command, "commands", None)
        if inner:
            waiting.extend(((*words, name), part) for name, part in inner.items())
        else:
            yield words, command


COMMANDS = sorted(list_commands(), key=lambda pair: pair[0])
EACH = pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(words) for words, _ in COMMANDS])


def test_all_commands_are_there():
    shown = {
        *(
            f"show {what}"
            for what in (
                "claims",
                "events",
                "actor",
                "dyad",
                "claim",
                "event",
                "document",
                "conflicts",
                "state",
            )
        ),
        *(f"judge {what}" for what in ("join", "part", "reject", "correct", "grade", "back", "list")),
        *(f"judgements {what}" for what in ("export", "import")),
    }
    assert {" ".join(words) for words, _ in COMMANDS} == {
        "build", "export", "brief", "problems", "codebook", "serve", "check", "repair", "dump", "load", *shown,
    }  # fmt: skip


@EACH
def test_a_command_says_what_it_does_and_what_each_option_means(words, command):
    assert command.help and command.help.strip().split("\n")[0].endswith((".", ",", "every"))
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name


@EACH
def test_the_example_of_a_command_is_one_that_it_takes(words, command):
    label, _, examples = command.epilog.partition(": ")
    assert label in ("Example", "Examples")
    for example in examples.split("; "):
        name, *given = shlex.split(example)
        assert name == "foedus"
        assert tuple(given[: len(words)]) == words
        command.make_context(" ".join(words), given[len(words) :]).close()


@EACH
def test_a_command_that_reads_a_ledger_can_be_told_which(words, command):
    options = {option for parameter in command.params for option in parameter.opts}
    assert ("--ledger" in options) == (words != ("codebook",))
