"""Make the picture of the read-me: ``python docs/images/make.py``.

Builds a ledger from ``sample/``, opens the desk on it and takes ``desk.png`` of its first page with Chromium, which
must be installed. Run it again when the desk or the coder has changed.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from PIL import Image

import foedus
from foedus.cli.serve import make_desk

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "sample"
WIDTH, HEIGHT = 1280, 900
_DRAWN_MS = 8_000  # by then the pictures are drawn
_COLOURS = 256
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)


def main() -> int:
    """Take the picture; 2 without a browser."""
    browser = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write("Chromium is not installed\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "foedus.db")
        foedus.build(SAMPLE, ledger=ledger)
        with serve(ledger) as address:
            take(browser, address, HERE / "desk.png", Path(folder, "profile"))
    shrink(HERE / "desk.png")
    return 0


@contextmanager
def serve(ledger: Path) -> Iterator[str]:
    """The address of a desk on the ledger, while it is open."""
    app = make_desk(ledger=str(ledger), host="127.0.0.1", token_file=None)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def take(browser: str, address: str, picture: Path, profile: Path) -> None:
    """A picture of the top of a page."""
    subprocess.run(  # noqa: S603 - a fixed list, no shell
        [
            browser,
            *_FLAGS,
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={picture}",
            f"--virtual-time-budget={_DRAWN_MS}",
            address,
        ],
        check=True,
        timeout=180,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def shrink(picture: Path) -> None:
    """The picture in few colours, a third of its size."""
    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(
            _COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(picture, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main())
