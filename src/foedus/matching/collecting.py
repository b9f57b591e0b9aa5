"""Python's search for rings of dead objects, paused."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collecting() -> Iterator[None]:
    """Look for no rings of dead objects meanwhile: matching makes none, and going through a million claims takes time.

    Objects outside rings are freed as always. Source: 60,000 claims of ``bench/matching.py`` are matched in 16.1 s of
    processor with it and in 18.8 s without.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
