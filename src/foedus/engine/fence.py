"""The fence around one item: whatever goes wrong inside becomes a problem of that item. The only place of
Foedus with an `except Exception`.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from foedus.errors import FoedusError, InputError
from foedus.model.run import Problem, Step

_Result = TypeVar("_Result")

_MAX_MESSAGE_CHARS = 300


class TimeUp(BaseException):
    """An item took too long. No `Exception`, so that no library swallows it."""


def try_step(item: str, step: Step, work: Callable[[], _Result]) -> _Result | Problem:
    """The result of `work`, or the problem that kept it from one.

    Args:
        item: Name of the input.
        step: What `work` does.
        work: Does it.

    Raises:
        FoedusError: Any but `InputError`: a setting or data file is wrong, which no other item would survive.
        TimeUp: The time allowed by `limit_time` is over.
    """
    try:
        return work()
    except InputError as error:
        return Problem(item, step, error.code, _to_line(str(error)))
    except FoedusError:
        raise
    except Exception as error:  # noqa: BLE001
        message = (
            f"fault of Foedus ({type(error).__name__}: {error}); it went on without it, please report it"
        )
        return Problem(item, step, "fault", _to_line(message))


def name_fault(work: Callable[[], _Result], to_error: Callable[[str], FoedusError]) -> _Result:
    """The result of `work`, a call of a library that may raise anything.

    Args:
        work: Makes the call.
        to_error: From what the library says, in one line, to the error that a person can act on.

    Raises:
        FoedusError: What `to_error` gives, whatever the library raised.
    """
    try:
        return work()
    except Exception as error:
        raise to_error(_to_line(str(error))) from error


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` when the body takes longer; only where the system can interrupt it.

    Args:
        seconds: Wall-clock seconds, above 0.
    """
    can_interrupt = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not can_interrupt:
        yield
        return
    previous = signal.signal(signal.SIGALRM, _raise_time_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def to_lost_problem(item: str, seconds: float | None) -> Problem:
    """The problem of an item that took longer than `seconds`, or, with None, ended its worker."""
    if seconds is None:
        return Problem(
            item, Step.CODE, "worker-died", "its worker process died; it is tried again by the next build"
        )
    message = f"took longer than {seconds:g} s; split it, or raise FOEDUS_ITEM_TIMEOUT_S and build again"
    return Problem(item, Step.CODE, "too-slow", message)


def _raise_time_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp


def _to_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _MAX_MESSAGE_CHARS else line[: _MAX_MESSAGE_CHARS - 1] + "…"
