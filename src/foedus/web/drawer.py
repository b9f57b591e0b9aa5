"""vl-convert in a process of its own: it holds Python's lock while it works, and a page must not wait for that."""

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from threading import Lock
from typing import Any

from foedus.errors import TooSlow

_VEGA_LITE = "6.4"
_TIMEOUT_S = 60.0
_BUNDLE = (
    "import sys, vl_convert; "
    f"sys.stdout.buffer.write(vl_convert.javascript_bundle(vl_version={_VEGA_LITE!r}).encode())"
)


class Drawer:
    """Draws pictures one after another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def draw(self, spec: Mapping[str, Any], ending: str) -> bytes:
        """The picture of a Vega-Lite specification.

        Args:
            spec: The specification.
            ending: ``svg`` or ``png``.

        Raises:
            TooSlow: It took too long, or the process died.
        """
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"))
            pool = self._pool
        try:
            return pool.submit(_draw, dict(spec), ending).result(_TIMEOUT_S)
        except (TimeoutError, BrokenProcessPool, CancelledError) as error:  # or another picture ended it
            self.close()
            raise TooSlow("the picture could not be drawn in time; ask for less, or try again") from error

    def close(self) -> None:
        """End the process."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


@cache
def load_vega() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as one script, as vl-convert carries them; made once, in some seconds."""
    made = subprocess.run([sys.executable, "-c", _BUNDLE], check=True, capture_output=True)  # noqa: S603 - own code
    return made.stdout


def _draw(spec: dict[str, Any], ending: str) -> bytes:
    import vl_convert

    if ending == "svg":
        return str(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=_VEGA_LITE, scale=2))
