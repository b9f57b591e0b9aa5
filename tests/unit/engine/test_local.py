import multiprocessing
import os
import time
from functools import partial
from pathlib import Path

import pytest

from foedus.engine.find import Input
from foedus.engine.local import Lost, run
from foedus.errors import DataFileError
from foedus.ledger import Facts


def make_items(*names):
    return [Input(name, "/in", Path("/in") / name) for name in names]


def act(item):
    """Do what the name says, as an input that does something to its worker."""
    if item.name.startswith("die"):
        os._exit(1)
    if item.name.startswith("hang"):
        time.sleep(60)
    if item.name.startswith("bad"):
        raise DataFileError("the codebook is malformed")
    return Facts(item.name, item.root, str(os.getpid()), None)


def make_act():
    return act


def names_of(results):
    return sorted(result.name for result in results if isinstance(result, Facts))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_item_gives_its_facts_once(jobs):
    names = [f"{number:02}" for number in range(20)]
    results = list(run(make_items(*names), make_act, jobs=jobs, timeout_s=30))
    assert names_of(results) == names


def test_one_job_is_this_process_and_two_are_others():
    (here,) = run(make_items("a"), make_act, jobs=1, timeout_s=30)
    assert here.digest == str(os.getpid())
    others = list(run(make_items("a", "b", "c"), make_act, jobs=2, timeout_s=30))
    assert str(os.getpid()) not in {facts.digest for facts in others}


def test_no_items_give_nothing():
    assert list(run([], make_act, jobs=2, timeout_s=1)) == []


def test_a_worker_that_dies_costs_one_item():
    items = make_items("a", "die1", "b", "die2", "c", "die3", "d")
    results = list(run(items, make_act, jobs=2, timeout_s=30))
    assert names_of(results) == ["a", "b", "c", "d"]
    lost = [result for result in results if isinstance(result, Lost)]
    assert sorted((one.item.name, one.seconds) for one in lost) == [
        ("die1", None),
        ("die2", None),
        ("die3", None),
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_takes_too_long_is_given_up_and_the_rest_goes_on(jobs):
    started = time.monotonic()
    results = list(run(make_items("a", "hang1", "hang2", "b", "c"), make_act, jobs=jobs, timeout_s=0.3))
    assert time.monotonic() - started < 20
    assert names_of(results) == ["a", "b", "c"]
    lost = [result for result in results if isinstance(result, Lost)]
    assert sorted((one.item.name, one.seconds) for one in lost) == [("hang1", 0.3), ("hang2", 0.3)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_wrong_setting_stops_the_run(jobs):
    with pytest.raises(DataFileError, match="malformed"):
        list(run(make_items("a", "bad", "b"), make_act, jobs=jobs, timeout_s=30))
    assert multiprocessing.active_children() == []


def test_no_worker_outlives_a_run_that_is_left_early():
    results = run(make_items("a", "hang1", "hang2", "hang3"), make_act, jobs=3, timeout_s=30)
    next(results)
    assert multiprocessing.active_children() != []
    results.close()
    assert multiprocessing.active_children() == []


def test_items_are_taken_only_as_workers_are_free():
    taken = []

    def feed():
        for item in make_items(*"abcdef"):
            taken.append(item.name)
            yield item

    results = run(feed(), partial(make_act), jobs=2, timeout_s=30)
    next(results)
    assert len(taken) <= 3
    list(results)
    assert len(taken) == 6
