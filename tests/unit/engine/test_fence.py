import threading
import time
from contextlib import suppress

import pytest

from foedus.engine.fence import TimeUp, limit_time, name_fault, to_lost_problem, try_step
from foedus.errors import ConfigError, DataFileError, InputError
from foedus.model.run import Problem, Step


def raiser(error):
    def work():
        raise error

    return work


def test_a_result_passes_through():
    assert try_step("a", Step.READ, lambda: 7) == 7


def test_whatever_a_library_raises_is_named():
    assert name_fault(lambda: 7, ConfigError) == 7
    with pytest.raises(ConfigError, match="^it says: no such place$"):
        name_fault(raiser(Exception("no such\n place")), lambda words: ConfigError(f"it says: {words}"))
    with pytest.raises(KeyboardInterrupt):
        name_fault(raiser(KeyboardInterrupt()), ConfigError)


def test_what_is_wrong_with_the_item_becomes_its_problem():
    problem = try_step("a", Step.READ, raiser(InputError("empty", "nothing\n in  it")))
    assert problem == Problem("a", Step.READ, "empty", "nothing in it")


@pytest.mark.parametrize("error", [ValueError("odd\nvalue"), RecursionError("too deep"), MemoryError()])
def test_a_fault_becomes_a_problem_of_one_line_that_asks_for_a_report(error):
    problem = try_step("a", Step.CODE, raiser(error))
    assert problem.code == "fault"
    assert type(error).__name__ in problem.message
    assert "report" in problem.message
    assert "\n" not in problem.message


def test_a_long_message_is_cut():
    problem = try_step("a", Step.CODE, raiser(InputError("odd", "x" * 1000)))
    assert len(problem.message) == 300
    assert problem.message.endswith("…")


@pytest.mark.parametrize("error", [DataFileError("bad"), KeyboardInterrupt(), TimeUp()])
def test_what_no_other_item_would_survive_is_not_held_back(error):
    with pytest.raises(type(error)):
        try_step("a", Step.CODE, raiser(error))


def test_time_is_up_even_where_a_library_swallows_exceptions():
    def swallow():
        while True:
            with suppress(Exception):
                time.sleep(0.01)

    with pytest.raises(TimeUp), limit_time(0.05):
        swallow()


def test_after_the_limit_nothing_is_pending():
    with limit_time(0.05):
        pass
    time.sleep(0.1)


def test_off_the_main_thread_there_is_no_limit():
    done = []

    def work():
        with limit_time(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_lost_items_are_told_apart():
    assert to_lost_problem("a", 3.0).code == "too-slow"
    assert "3 s" in to_lost_problem("a", 3.0).message
    assert to_lost_problem("a", None).code == "worker-died"
