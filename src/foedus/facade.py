"""Foedus from Python.

import foedus

ledger = foedus.build("articles/")
for event in ledger.events(dyad=("RUS", "BLR")):
    print(event.when, event.subject, event.sources)
ledger.export("claims", "claims.csv")
print(ledger.brief(actor="Belarus"))
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from foedus.address import ServerAddress, parse_ledger
from foedus.codebook import Codebook, load_codebook
from foedus.config import Settings, find_user, load_settings
from foedus.engine import Progress, make_engine, open_matched
from foedus.engine import build as run_build
from foedus.engine import check as run_check
from foedus.engine import dump as run_dump
from foedus.engine import judge as run_judge
from foedus.engine import load as run_load
from foedus.engine import repair as run_repair
from foedus.engine.judging import (
    decide_back,
    decide_correct,
    decide_grade,
    decide_join,
    decide_part,
    decide_reject,
    import_judgements,
)
from foedus.errors import ConfigError
from foedus.export import pick_format, write_whole
from foedus.ledger import Ledger as Store
from foedus.ledger import Selection, Wanted, open_ledger
from foedus.model.article import Article
from foedus.model.checkup import Checkup, Repair
from foedus.model.claim import Claim, ClaimType, Status
from foedus.model.document import Document
from foedus.model.event import Conflict, Event, Reprint
from foedus.model.judgement import Correctable, Reliability, Standing, Value, Verdict
from foedus.model.judgement_records import RecordError
from foedus.model.judgement_words import parse_value
from foedus.model.run import BuildReport, Problem
from foedus.views.actors import ActorNames
from foedus.views.brief import MIN_CONFIDENCE, Asked, write_brief
from foedus.views.interchange import KINDS
from foedus.views.judged import list_judgements, weigh_ledger
from foedus.views.period import Period, find_week
from foedus.views.shapes import Pages, Records
from foedus.views.sources import load_sources
from foedus.views.state import State, find_published, find_state

_Member = TypeVar("_Member", bound=StrEnum)


def build(
    *paths: str | Path,
    ledger: str | Path | ServerAddress | None = None,
    jobs: int | None = None,
    codebook: str | Path | None = None,
    urls: str | Path | None = None,
    offline: bool = False,
    engine: str = "local",
    address: str | None = None,
    parts: str | Path | None = None,
    progress: Progress | None = None,
) -> "Ledger":
    """Bring a ledger up to date with files and folders, and with pages that are fetched, and open it.

    Args:
        paths: Files and folders, folders with everything below them.
        ledger: The ledger file, or ``postgresql://user@host/database``; None is ``foedus.db`` in the working
            folder, or what the settings say.
        jobs: Worker processes; None is one a core.
        codebook: A folder that extends or overrides the codebook.
        urls: A file with addresses to fetch, one a line.
        offline: Whether to do with what was fetched before.
        engine: Where inputs are read and coded: ``local``, or ``ray``, which needs the extra of that name.
        address: Of a Ray cluster; None is Ray on this machine.
        parts: Folder for what waits for the ledger, shared by the machines of the cluster; None is beside the
            ledger.
        progress: Called after each input with how many are done, how many there are, and its name.

    Returns:
        The ledger; `Ledger.report` tells what the build did.

    Raises:
        ConfigError: A path or the list is missing, or ambiguous.
        DataFileError: The codebook is malformed.
        LedgerError: The ledger cannot be used.
        MissingExtra: `engine` is ``ray``, which is not installed.
        KeyboardInterrupt: Ctrl-C; what was done by then is kept.
    """
    settings = make_settings(ledger=ledger, jobs=jobs, codebook=codebook)
    report = run_build(
        paths,
        settings,
        urls=load_urls(urls),
        offline=offline,
        engine=make_engine(engine, settings, address=address, parts=parts),
        progress=progress,
    )
    if report.interrupted:
        raise KeyboardInterrupt
    return Ledger(settings, report)


def load_urls(path: str | Path | None) -> tuple[str, ...]:
    """The addresses of a list; none without one.

    Raises:
        ConfigError: The list cannot be read, or holds no address.
    """
    if path is None:
        return ()
    from foedus.engine.fetching import load_list  # the network is for those who ask for it

    return load_list(path)


def open_file(
    path: str | Path | ServerAddress | None = None, *, codebook: str | Path | None = None
) -> "Ledger":
    """Open a ledger that was built before.

    Args:
        path: The ledger file, or ``postgresql://user@host/database``; None is ``foedus.db`` in the working
            folder, or what the settings say.
        codebook: A folder that extends or overrides the codebook, for the names of actors.

    Raises:
        LedgerError: There is no usable ledger at `path`.
    """
    settings = make_settings(ledger=path, codebook=codebook)
    open_ledger(settings.ledger, write=False).close()
    return Ledger(settings)


def load(
    file: str | Path,
    *,
    ledger: str | Path | ServerAddress | None = None,
    codebook: str | Path | None = None,
) -> "Ledger":
    """Make a ledger of a dump, and open it.

    Args:
        file: What `Ledger.dump` wrote.
        ledger: The ledger file, which must be missing or empty, or the address of an empty database; None is
            ``foedus.db`` in the working folder, or what the settings say.
        codebook: A folder that extends or overrides the codebook, for the names of actors.

    Raises:
        ConfigError: The file cannot be read.
        DataFileError: It is malformed or by a newer version; names the line. Nothing was loaded.
        LedgerError: There is something in the ledger already, or it cannot be written.
    """
    settings = make_settings(ledger=ledger, codebook=codebook)
    run_load(file, settings.ledger)
    return Ledger(settings)


def make_settings(
    *,
    ledger: str | Path | ServerAddress | None = None,
    jobs: int | None = None,
    codebook: str | Path | None = None,
) -> Settings:
    """The settings of the environment, with what the caller says in their place.

    Raises:
        ConfigError: A setting cannot be used.
    """
    settings = load_settings()
    if jobs is not None and jobs < 1:
        raise ConfigError(f'jobs is "{jobs}"; give 1 or more')
    if codebook is not None and not Path(codebook).is_dir():
        raise ConfigError(f'no codebook folder "{codebook}"')
    return replace(
        settings,
        ledger=parse_ledger(ledger) if ledger is not None else settings.ledger,
        jobs=jobs or settings.jobs,
        codebook=Path(codebook) if codebook is not None else settings.codebook,
    )


def parse_day(day: date | str) -> date:
    """A day, given as one or as ``2012-10-23``.

    Raises:
        ConfigError: The words are no day.
    """
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise ConfigError(f'"{day}" is no day; write it as 2012-10-23') from error


def make_selection(as_of: date | str | None, min_confidence: float | None) -> Selection:
    """The part of a ledger that is asked.

    Raises:
        ConfigError: A value cannot be used.
    """
    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise ConfigError(f'"{min_confidence}" is no confidence; give a number from 0 to 1')
    return Selection(parse_day(as_of) if as_of is not None else None, min_confidence)


def make_period(first: date | str | None, last: date | str | None, week: date | str | None) -> Period | None:
    """The period that is asked for; None when none is.

    Raises:
        ConfigError: Only one end is given, the ends are the wrong way round, or a week is given besides.
    """
    if week is not None:
        if first is not None or last is not None:
            raise ConfigError("give either a week or its first and last day, not both")
        return find_week(parse_day(week))
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise ConfigError("give both the first and the last day of the period")
    period = Period(parse_day(first), parse_day(last))
    if period.first > period.last:
        raise ConfigError(f"the period ends on {period.last}, before it begins on {period.first}")
    return period


class Ledger:
    """A ledger to ask. Actors are codes (``BLR``) or names (``Belarus``), days are dates or ``2012-10-23``.

    `as_of` asks what had been published by the end of a day, articles of unknown date left out;
    `min_confidence` leaves out claims that are less probable. Events and conflicts are then those of the
    claims that are left.

    Attributes:
        path: The ledger file, or the address of the database, which as text shows no password.
        report: What the build did, when `build` gave the ledger; else None.
    """

    def __init__(self, settings: Settings, report: BuildReport | None = None) -> None:
        self.path = settings.ledger
        self.report = report
        self._codebook_folder = settings.codebook
        self._who = settings.who

    def __repr__(self) -> str:
        return f"<foedus.Ledger {str(self.path)!r}>"

    def documents(self) -> tuple[str, ...]:
        """Names of all documents, sorted."""
        with self.open_store() as store:
            return store.document_names()

    def document(self, name: str) -> Document:
        """One document with its text.

        Raises:
            LedgerError: There is none of this name.
        """
        with self.open_store() as store:
            return store.document(name)

    def articles(
        self, *, document: str | None = None, as_of: date | str | None = None
    ) -> tuple[Article, ...]:
        """Articles by document name and number."""
        with self.open_store(as_of) as store:
            return tuple(store.iter_articles(document=document))

    def claims(
        self,
        *,
        actor: str | None = None,
        dyad: tuple[str, str] | None = None,
        type: ClaimType | str | None = None,
        status: Status | str | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        document: str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> tuple[Claim, ...]:
        """Claims by document name, article and place in it.

        Args:
            actor: Only with this actor, in any role.
            dyad: Only with both of these.
            type: Only of this type.
            status: Only of this status.
            first: Only what overlaps this day or later ones; undated claims count by their publication.
            last: Only what overlaps this day or earlier ones.
            document: Only in the document of this name.
            as_of: See the class.
            min_confidence: See the class.
        """
        wanted = self.make_wanted(actor, dyad, type, status, first, last, document)
        with self.open_store(as_of, min_confidence) as store:
            return tuple(store.iter_claims(wanted))

    def events(
        self,
        *,
        actor: str | None = None,
        dyad: tuple[str, str] | None = None,
        type: ClaimType | str | None = None,
        status: Status | str | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        document: str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> tuple[Event, ...]:
        """Events by time, those without one last. For the arguments see `claims`."""
        wanted = self.make_wanted(actor, dyad, type, status, first, last, document)
        with self.open_store(as_of, min_confidence) as store:
            return tuple(store.iter_events(wanted))

    def event(self, id_or_start: str) -> Event:
        """One event by its id or the start of it.

        Raises:
            LedgerError: No event, or more than one, has such an id.
        """
        with self.open_store() as store:
            return store.event(id_or_start)

    def conflicts(
        self,
        *,
        event: str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> tuple[Conflict, ...]:
        """Conflicts by event and slot."""
        with self.open_store(as_of, min_confidence) as store:
            return tuple(store.iter_conflicts(event=event))

    def state(
        self,
        day: date | str,
        *,
        actor: str | None = None,
        min_confidence: float | None = None,
    ) -> State:
        """How things stood at the end of a day, from what had been published by then.

        Args:
            day: The day.
            actor: Only what this actor has part in.
            min_confidence: See the class.
        """
        wanted = Wanted(actor=self._to_code(actor))
        with self.open_store(day, min_confidence) as store:
            events = tuple(store.iter_events(wanted))
            claims = store.claims(claim for event in events for claim in event.claims)
            published = find_published(claims.values(), load_sources(store, claims.values()))
        return find_state(events, claims, published, parse_day(day))

    def reprints(self) -> tuple[Reprint, ...]:
        """Articles that repeat earlier ones, sorted."""
        with self.open_store() as store:
            return store.reprints()

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read or coded and why, by item."""
        with self.open_store() as store:
            return store.problems()

    def judgements(self) -> tuple[Standing, ...]:
        """What people judged and how it stands: in force, waiting, contradicted, taken back; by time and id."""
        with self.open_store() as store:
            return weigh_ledger(store).standings

    def join(self, *ids: str, why: str, who: str | None = None) -> Standing:
        """Judge that claims and events, by their ids or the starts of them, are one thing.

        Nothing automatic goes against a judgement. It names claims by what they are, so that it outlives
        builds; where they are gone it waits for them. Two that contradict each other have no effect, neither
        of them, until one is taken back.

        Args:
            ids: At least two, of one type; an event stands for all claims it has now.
            why: The reason.
            who: Who judges; None is what the settings say, else the name of the user.

        Returns:
            The judgement and how it stands.

        Raises:
            ConfigError: An argument cannot be used.
            LedgerError: There is no such claim or event, or the ledger cannot be written.
        """
        return self._judge(lambda store: [decide_join(store, ids)], why, who)[0]

    def part(self, *ids: str, why: str, who: str | None = None) -> Standing:
        """Judge that claims and events are not one thing: no two of them. For the arguments see `join`.

        A claim named beside its own event is parted from the other claims of it.
        """
        return self._judge(lambda store: [decide_part(store, ids)], why, who)[0]

    def reject(self, *ids: str, why: str, who: str | None = None) -> tuple[Standing, ...]:
        """Judge that claims are wrong: they are shown and counted nowhere. A judgement a claim; see `join`."""
        return self._judge(lambda store: [decide_reject(store, item) for item in ids], why, who)

    def correct(
        self, id: str, slot: Correctable | str, value: Value, *, why: str, who: str | None = None
    ) -> Standing:
        """Judge that a slot of a claim or an event has a value. See `join`.

        Args:
            id: Of a claim, or of an event, or the start of it.
            slot: By its name in the records, such as ``when``.
            value: As the model has it, or the words for it as ``foedus judge correct`` takes them.
            why: The reason.
            who: Who judges.
        """
        chosen = _to_member(Correctable, slot)
        assert chosen is not None  # a word was given
        if isinstance(value, str) and not isinstance(value, StrEnum):
            try:
                value = parse_value(chosen, value, to_code=self.names.pick_code)
            except RecordError as error:
                raise ConfigError(str(error)) from error
        return self._judge(lambda store: [decide_correct(store, id, chosen, value)], why, who)[0]

    def grade(
        self, publisher: str, reliability: Reliability | str, *, why: str, who: str | None = None
    ) -> Standing:
        """Judge how reliable a publisher is, by an Admiralty letter from A to F. See `join`."""
        letter = _to_member(Reliability, reliability)
        assert letter is not None  # a word was given
        return self._judge(lambda store: [decide_grade(store, publisher, letter)], why, who)[0]

    def take_back(self, *ids: str, why: str, who: str | None = None) -> tuple[Standing, ...]:
        """Take back judgements, by their ids or the starts of them: the ledger is as if they never were."""
        return self._judge(lambda store: [decide_back(store, item) for item in ids], why, who)

    def export_judgements(self, path: str | Path) -> None:
        """Write all judgements, also those taken back, to a file of JSON Lines.

        Raises:
            ConfigError: The file cannot be written.
        """
        with self.open_store() as store:
            write_shape(list_judgements(store), path, format="jsonl")

    def import_judgements(self, path: str | Path) -> int:
        """Take over the judgements of a file, all or none; gives how many the ledger did not have.

        Raises:
            ConfigError: The file cannot be read.
            DataFileError: It is malformed or by a newer version; names the line. Nothing was taken over.
        """
        return import_judgements(self.path, path)

    def brief(
        self,
        *,
        actor: str | None = None,
        dyad: tuple[str, str] | None = None,
        first: date | str | None = None,
        last: date | str | None = None,
        week: date | str | None = None,
        as_of: date | str | None = None,
        min_confidence: float = MIN_CONFIDENCE,
        path: str | Path | None = None,
    ) -> str:
        """A situation brief as Markdown; with `path` also written there, by its ending as Markdown, HTML or DOCX.

        Args:
            actor: Only what this actor has part in.
            dyad: Only what both of these have part in.
            first: First day of the period; without a period the latest that the ledger covers.
            last: Last day of it.
            week: A day of the week, Monday to Sunday, that is the period.
            as_of: See the class.
            min_confidence: Claims less probable are left out.
            path: A file ending in ``.md``, ``.html`` or ``.docx``.

        Raises:
            ConfigError: The period, an actor or the file cannot be used.
        """
        asked = self.make_asked(actor, dyad, make_period(first, last, week), min_confidence)
        with self.open_store(as_of) as store:
            pages = write_brief(store, self.names, asked)
        if path is not None:
            write_shape(pages, path)
        text = io.StringIO()
        pick_format(Pages).write(pages, text)
        return text.getvalue()

    def export(
        self,
        kind: str,
        path: str | Path,
        *,
        format: str | None = None,
        as_of: date | str | None = None,
        min_confidence: float | None = None,
    ) -> None:
        """Write the interchange records of one kind to a file.

        Args:
            kind: ``articles``, ``claims``, ``events`` or ``conflicts``.
            path: The file; it takes its name only when it is whole.
            format: ``jsonl`` or ``csv``; None is what the ending of `path` says.
            as_of: See the class.
            min_confidence: See the class.

        Raises:
            ConfigError: There is no such kind or format, or the file cannot be written.
        """
        if kind not in KINDS:
            raise ConfigError(f'"{kind}" cannot be exported; use {", ".join(KINDS)}')
        with self.open_store(as_of, min_confidence) as store:
            write_shape(KINDS[kind](store), path, format=format)

    def check(self) -> Checkup:
        """Verify all of the ledger: its file, quotations against texts, references, the listing, copies of pages.

        Changes nothing.

        Raises:
            LedgerError: There is no usable ledger.
        """
        return run_check(self.path)

    def repair(self) -> Repair:
        """Rebuild what is derived from facts and judgements, after a copy of a ledger file is kept.

        No fact is changed or dropped; documents of which the ledger holds something wrong are read again by the next
        build.

        Raises:
            LedgerError: There is no usable ledger, or the copy or the ledger cannot be written.
        """
        return run_repair(self.path)

    def dump(self, path: str | Path) -> None:
        """Write the whole ledger but what is derived to a file of JSON Lines, for `foedus.load`.

        Raises:
            ConfigError: The file cannot be written.
            LedgerError: Something in the ledger cannot be read.
        """
        with write_whole(path) as file:
            run_dump(self.path, file)

    @cached_property
    def names(self) -> ActorNames:
        """Names of actors."""
        return ActorNames(self._codebook)

    def make_asked(
        self,
        actor: str | None,
        dyad: tuple[str, str] | None,
        period: Period | None,
        min_confidence: float,
    ) -> Asked:
        """What a brief is about, actors as codes."""
        make_selection(None, min_confidence)
        return Asked(period, self._to_code(actor), self._to_codes(dyad), min_confidence)

    def make_wanted(
        self,
        actor: str | None,
        dyad: tuple[str, str] | None,
        type: ClaimType | str | None,
        status: Status | str | None,
        first: date | str | None,
        last: date | str | None,
        document: str | None,
    ) -> Wanted:
        """Which claims or events are asked for, actors as codes and words as what they stand for."""
        return Wanted(
            actor=self._to_code(actor),
            dyad=self._to_codes(dyad),
            type=_to_member(ClaimType, type),
            status=_to_member(Status, status),
            first=parse_day(first) if first is not None else None,
            last=parse_day(last) if last is not None else None,
            document=document,
        )

    @cached_property
    def _codebook(self) -> Codebook:
        return load_codebook(self._codebook_folder)

    def _judge(
        self, decide: Callable[[Store], Sequence[Verdict]], why: str, who: str | None
    ) -> tuple[Standing, ...]:
        return run_judge(self.path, decide, who=who or self._who or find_user(), why=why)

    def _to_code(self, actor: str | None) -> str | None:
        return None if actor is None else self.names.pick_code(actor)

    def _to_codes(self, dyad: tuple[str, str] | None) -> tuple[str, str] | None:
        return None if dyad is None else (self.names.pick_code(dyad[0]), self.names.pick_code(dyad[1]))

    @contextmanager
    def open_store(
        self, as_of: date | str | None = None, min_confidence: float | None = None
    ) -> Iterator[Store]:
        """The store below, for questions that this class does not ask; see the class for the arguments."""
        with open_matched(self.path, make_selection(as_of, min_confidence)) as store:
            yield store


def write_shape(shape: Pages | Records, path: str | Path, *, format: str | None = None) -> None:
    """Write a shape to a file, in the format named or that the file's ending says.

    Raises:
        ConfigError: There is no such format, or the file cannot be written.
    """
    chosen = pick_format(type(shape), name=format, path=path)
    with write_whole(path, is_binary=chosen.is_binary) as file:
        chosen.write(shape, file)


def _to_member(kind: type[_Member], word: _Member | str | None) -> _Member | None:
    if word is None:
        return None
    try:
        return kind(word)
    except ValueError as error:
        raise ConfigError(f'no {kind.__name__.lower()} "{word}"; use {", ".join(kind)}') from error
