"""Make the picture of the read-me: ``python docs/images/make.py``.

Builds a ledger from ``sample/``, writes its brief as HTML and takes ``brief.png`` of its top with Chromium,
which must be installed. Run it again when the brief or the coder has changed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

import foedus

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "sample"
WIDTH, HEIGHT = 960, 1180
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
        page = Path(folder, "brief.html")
        foedus.build(SAMPLE, ledger=Path(folder, "foedus.db")).brief(path=page)
        take(browser, page, HERE / "brief.png", Path(folder, "profile"))
    shrink(HERE / "brief.png")
    return 0


def take(browser: str, page: Path, picture: Path, profile: Path) -> None:
    """A picture of the top of a page."""
    subprocess.run(  # noqa: S603 - a fixed list, no shell
        [
            browser,
            *_FLAGS,
            f"--user-data-dir={profile}",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={picture}",
            page.as_uri(),
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
