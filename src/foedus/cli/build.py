"""`foedus build`: files and folders into a ledger."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.cli.options import CodebookOption, LedgerOption

if TYPE_CHECKING:
    from rich.progress import TaskID

    from foedus.model.run import BuildReport

EXAMPLE = "Example: foedus build articles/ reports/2024.pdf --ledger monitor.db --jobs 4"

_REFRESH_SECONDS = 0.1
_PLAIN_SECONDS = 10.0


def build(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files and folders.", show_default=False)
    ] = None,
    urls: Annotated[
        str | None, typer.Option(metavar="FILE", help="Fetch the addresses in this file, one a line.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="With --urls: fetch nothing, read what was fetched before.")
    ] = False,
    ledger: LedgerOption = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", help="Worker processes. [default: one a core]")
    ] = None,
    codebook: CodebookOption = None,
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="Where to work: local, or ray (needs the extra).")
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="With --engine ray: a cluster. [default: this machine]"),
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="With --engine ray: where facts wait for the ledger. [default: beside the ledger]",
        ),
    ] = None,
) -> None:
    """Read articles and keep what they claim in a ledger.

    Text, Markdown, HTML, PDF, DOCX, e-mail, feeds and web archives (WARC), gzipped or not; told by content, not
    by name. Folders are read with everything below them. Built again, only what is new or changed is read.
    """
    from foedus.engine import build as run_build
    from foedus.engine import make_engine
    from foedus.errors import ConfigError
    from foedus.facade import load_urls, make_settings

    if offline and urls is None:
        raise ConfigError("--offline goes with --urls FILE")
    settings = make_settings(ledger=ledger, jobs=jobs, codebook=codebook)
    with _Bar() if sys.stderr.isatty() else _Lines() as display:
        report = run_build(
            paths or (),
            settings,
            urls=load_urls(urls),
            offline=offline,
            engine=make_engine(engine, settings, address=address, parts=parts),
            progress=display.show,
            fetch_progress=display.show_fetching,
        )
    typer.echo(f"{settings.ledger}: {tell_report(report)}")
    if report.problems:
        typer.echo("What could not be read or coded, and why: foedus problems", err=True)
    if report.interrupted:
        typer.echo("Stopped. What was done is kept; the same command does the rest.", err=True)
        raise typer.Exit(130)


def tell_report(report: "BuildReport") -> str:
    """A build in one line."""
    parts = (
        (report.documents, "document"),
        (report.articles, "article"),
        (report.claims, "claim"),
        (report.problems, "problem"),
    )
    numbers = ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in parts)
    news = f"{report.new:,} new, {report.changed:,} changed, {report.gone:,} gone"
    left_out = f", {report.left_out:,} left out" if report.left_out else ""
    return f"{numbers}, {report.seconds:.1f} seconds ({news}{left_out})"


class _Lines:
    """Progress where nobody watches: a line now and then."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, done: int, total: int, _name: str) -> None:
        """Tell how far the build is, at most every ten seconds."""
        if time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            typer.echo(f"{done:,} of {total:,} inputs", err=True)

    def show_fetching(self, done: int, total: int, _url: str) -> None:
        """Tell how far fetching is, at most every ten seconds."""
        if time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            typer.echo(f"{done:,} of {total:,} addresses fetched", err=True)


class _Bar:
    """Progress for a person: a bar with rate and remaining time. No thread: the build forks."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress: Progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            auto_refresh=False,
        )
        self._task: TaskID = self._progress.add_task("looking for inputs", total=None, rate="")
        self._started = self._last = 0.0

    def __enter__(self) -> "_Bar":
        self._progress.start()
        self._progress.refresh()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show_fetching(self, done: int, total: int, _url: str) -> None:
        """Move the bar of fetching; reading begins a new one."""
        self._progress.update(self._task, completed=done, total=total, description="fetching", rate="")
        self._progress.refresh()

    def show(self, done: int, total: int, _name: str) -> None:
        """Move the bar."""
        now = time.monotonic()
        self._started = self._started or now
        is_last = done == total
        if is_last or now - self._last >= _REFRESH_SECONDS:
            self._last = now
            passed = now - self._started
            rate = f"{done / passed:.1f}/s" if passed > 1 else ""
            description = "matching" if is_last else "reading"
            self._progress.update(self._task, completed=done, total=total, description=description, rate=rate)
            self._progress.refresh()
