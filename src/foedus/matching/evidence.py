"""What speaks for and against two claims being about one thing, named so that a table can weigh it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foedus.matching.subjects import (
    SERIES,
    Likeness,
    Subject,
    compare_subjects,
    is_cool,
    is_other_holding,
    read_subject,
)
from foedus.model.actor import Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Stage, Status
from foedus.model.when import Precision, When

_FINE = {Precision.DAY, Precision.WEEK, Precision.MONTH}
_OF_ONE_NAME = {Likeness.SAME_NAME, Likeness.PART_OF_NAME, Likeness.OTHER_EDITION}
_NEAR_CHARS = 450
_NEXT_CHARS = 40
_YEAR_DAYS = 366  # a treaty is signed in a season; states sign the next of its kind years later
_DONE = {Status.HAPPENED, Status.ONGOING}
_SLACK_DAYS = 2  # time zones, and a date line for the day itself


class Bearing(StrEnum):
    """How the actors, in their roles, of two claims stand to each other."""

    EQUAL = "equal"
    EQUAL_CODES = "equal_codes"  # roles differ
    WITHIN = "within"  # all of one are among the other's
    OVERLAPPING = "overlapping"
    OTHER_PARTNER = "other_partner"  # two each, one in common
    SLIGHT = "slight"  # less than half in common
    REVERSED = "reversed"  # the one's source is the other's target
    OTHER_END = "other_end"  # a source or target of each, and none in common
    APART = "apart"
    UNKNOWN = "unknown"


class Timing(StrEnum):
    """How the times of two claims stand to each other."""

    SAME_DAYS = "same_days"  # both told to the month or finer, and they meet
    OVERLAPPING = "overlapping"  # they meet, one told coarsely
    NEAR = "near"  # they miss by little
    APART = "apart"
    ONE = "one"  # only one has a time
    NONE = "none"


class Gap(StrEnum):
    """Days between the publications of two articles."""

    SAME_ARTICLE = "same_article"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    UNKNOWN = "unknown"


class Names(StrEnum):
    """How the places or the agents of two claims stand to each other."""

    SHARED = "shared"
    APART = "apart"
    UNKNOWN = "unknown"  # one gives none


# Written out once: two million comparisons a minute are too many for formatting.
_SUBJECT = {likeness: f"subject.{likeness.value}" for likeness in Likeness}
_ACTORS = {bearing: f"actors.{bearing.value}" for bearing in Bearing}
_TIME = {timing: f"time.{timing.value}" for timing in Timing}
_PUBLISHED = {gap: f"published.{gap.value}" for gap in Gap}
_PLACE = {names: f"place.{names.value}" for names in Names}
_AGENTS = {names: f"agents.{names.value}" for names in Names}
_PLACE_UNKNOWN, _AGENTS_UNKNOWN = _PLACE[Names.UNKNOWN], _AGENTS[Names.UNKNOWN]


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """A claim as it is compared.

    Attributes:
        claim: The claim.
        subject: Its subject, read, or None.
        codes: Codes of its actors.
        sources: Codes that do it and are not its target.
        targets: Codes it is done to and that do not do it.
        published: Day from which its article was out, or None.
        is_cool: Whether it tells of bad relations.
        edition: Edition of the exercise it is about, `SERIES`, or None.
        is_umbrella: Whether it only says what kind of thing, in an article on several of them.
    """

    claim: Claim
    subject: Subject | None
    codes: frozenset[str]
    sources: frozenset[str]
    targets: frozenset[str]
    published: date | None
    is_cool: bool = False
    edition: str | None = None
    is_umbrella: bool = False


def make_comparable(claim: Claim, article: Article | None) -> Comparable:
    """Read a claim once for all its comparisons; `article` is None when it is not known."""
    published = article.published if article else None
    codes, sources, targets = set(), set(), set()
    for actor in claim.actors:
        codes.add(actor.code)
        if actor.role is Role.SOURCE:
            sources.add(actor.code)
        elif actor.role is Role.TARGET:
            targets.add(actor.code)
    return Comparable(
        claim=claim,
        subject=read_subject(claim.subject, claim.type) if claim.subject else None,
        codes=frozenset(codes),
        sources=frozenset(sources),
        targets=frozenset(targets),
        published=published.first or published.last if published else None,
        is_cool=claim.type is ClaimType.RELATIONS and is_cool(f"{claim.subject or ''} {claim.quote}"),
    )


def list_evidence(one: Comparable, other: Comparable) -> list[str]:
    """The names of what bears on two claims of one type being about one thing, a fixed order.

    Each is ``family.value`` as in ``data/weights.yaml``. The order of the two does not matter.
    """
    # Written for speed where most pairs have nothing to say: a ledger weighs eight pairs a claim.
    a, b = one.claim, other.claim
    timeless = one.edition == other.edition == SERIES
    names = [
        _SUBJECT[_compare_things(one, other)],
        _ACTORS[compare_actors(one, other)],
        _TIME[Timing.NONE if timeless else compare_times(a.when, b.when)],
        _PLACE[_compare_names(a.place, b.place)] if a.place and b.place else _PLACE_UNKNOWN,
        _AGENTS[_compare_names(a.agents, b.agents)] if a.agents and b.agents else _AGENTS_UNKNOWN,
    ]
    if a.status is not b.status:
        is_denied = a.status is Status.DENIED or b.status is Status.DENIED
        names.append("status.contrary" if is_denied else "status.other")
    if a.quantities and b.quantities:
        names.extend(_compare_quantities(a, b))
    if a.stage is Stage.SIGNED and b.stage is Stage.SIGNED and _are_other_signings(a, b):
        names.append("signing.years_apart")
    if a.attributed_to and b.attributed_to:
        names.append("speaker.same" if a.attributed_to == b.attributed_to else "speaker.other")
    if one.subject and other.subject:
        names.extend(_compare_marks(one, other, one.subject, other.subject))
    if a.article == b.article and a.document == b.document:
        names.append(_compare_places(one, other))
    else:
        known = one.edition is not None and one.edition == other.edition
        gap = Gap.UNKNOWN if known else compare_publication(one.published, other.published)
        names.append(_PUBLISHED[gap])
        if gap is Gap.YEARS and one.is_cool and other.is_cool:
            names.append("tension.years_apart")
    return names


def _compare_things(one: Comparable, other: Comparable) -> Likeness:
    """How the subjects stand to each other, editions as their articles have them."""
    likeness = compare_subjects(one.subject, other.subject)
    if likeness in _OF_ONE_NAME and (one.edition or other.edition):
        if is_other_holding(one.edition, other.edition):
            return Likeness.OTHER_EDITION
        return Likeness.SAME_NAME if likeness is Likeness.OTHER_EDITION else likeness
    return likeness


def find_umbrellas(comparables: Iterable[Comparable]) -> frozenset[str]:
    """Ids of claims that only say what kind of thing they are about where their article tells of several.

    "The agreement" is the only agreement of an article, or one of several, and then nobody can say which.
    """
    groups: dict[tuple[str, int, ClaimType], list[Comparable]] = defaultdict(list)
    for comparable in comparables:
        claim = comparable.claim
        groups[claim.document, claim.article, claim.type].append(comparable)
    found = []
    for group in groups.values():
        if len(group) == 1:
            continue
        things: list[frozenset[str]] = []
        for telling in sorted({member.subject.telling for member in group if member.subject}, key=sorted):
            if telling and all(telling.isdisjoint(thing) for thing in things):
                things.append(telling)
        if len(things) > 1:
            found += [member.claim.id for member in group if not (member.subject and member.subject.telling)]
    return frozenset(found)


def find_warm(comparables: Iterable[Comparable]) -> frozenset[str]:
    """Ids of claims in whose words the bad relations are what another claim is about.

    Forms: "amid a chill in relations, the two go on working together in defence".
    """
    groups: dict[tuple[str, int], list[Comparable]] = defaultdict(list)
    for comparable in comparables:
        if comparable.is_cool:
            groups[comparable.claim.document, comparable.claim.article].append(comparable)
    found = []
    for group in groups.values():
        colder = [member for member in group if is_cool(member.claim.subject or "")]
        for member in group:
            if member not in colder and any(
                member.claim.evidence.overlaps(other.claim.evidence) for other in colder
            ):
                found.append(member.claim.id)
    return frozenset(found)


def compare_actors(one: Comparable, other: Comparable) -> Bearing:
    """How the actors of two claims stand to each other."""
    if not one.codes or not other.codes:
        return Bearing.UNKNOWN
    common = one.codes & other.codes
    if not common:
        return Bearing.APART
    if (one.sources or one.targets) and (other.sources or other.targets):
        if one.sources & other.targets or one.targets & other.sources:
            return Bearing.REVERSED
        for mine, yours in ((one.sources, other.sources), (one.targets, other.targets)):
            if mine and yours and not mine & yours:
                return Bearing.OTHER_END
    if one.codes == other.codes:
        same = one.sources == other.sources and one.targets == other.targets
        return Bearing.EQUAL if same else Bearing.EQUAL_CODES
    if common in (one.codes, other.codes):
        return Bearing.WITHIN
    if len(one.codes) == len(other.codes) == 2:
        return Bearing.OTHER_PARTNER
    return Bearing.OVERLAPPING if 2 * len(common) >= max(len(one.codes), len(other.codes)) else Bearing.SLIGHT


def compare_times(one: When | None, other: When | None) -> Timing:
    """How two times stand to each other."""
    if one is None or other is None:
        return Timing.NONE if one is other else Timing.ONE
    gap = days_between(one, other)
    if gap == 0:
        fine = one.precision in _FINE and other.precision in _FINE
        return Timing.SAME_DAYS if fine else Timing.OVERLAPPING
    return Timing.NEAR if gap <= _SLACK_DAYS else Timing.APART


def days_between(one: When, other: When) -> int:
    """Days by which two times miss each other; 0 where they meet."""
    if one.overlaps(other):
        return 0
    earlier, later = (one, other) if _ends_before(one, other) else (other, one)
    assert earlier.last is not None
    assert later.first is not None
    return (later.first - earlier.last).days


def _ends_before(one: When, other: When) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def compare_publication(one: date | None, other: date | None) -> Gap:
    """How far apart two articles appeared."""
    if one is None or other is None:
        return Gap.UNKNOWN
    days = abs((one - other).days)
    if days <= 60:
        return Gap.DAYS if days <= 4 else Gap.WEEKS
    return Gap.MONTHS if days <= 400 else Gap.YEARS


def _are_other_signings(one: Claim, other: Claim) -> bool:
    """Of two signed things, whether so long after one another that neither day can be the other's, ill remembered."""
    return (
        {one.status, other.status} <= _DONE
        and one.when is not None
        and other.when is not None
        and days_between(one.when, other.when) > _YEAR_DAYS
    )


def _compare_names(one: Sequence[str], other: Sequence[str]) -> Names:
    """How names stand to each other, at least one on each side."""
    mine, yours = ({name.casefold() for name in names} for names in (one, other))
    if mine & yours:
        return Names.SHARED
    return Names.SHARED if any(a in b or b in a for a in mine for b in yours) else Names.APART


def _compare_quantities(one: Claim, other: Claim) -> list[str]:
    mine = {(quantity.of, quantity.unit): quantity.value for quantity in one.quantities}
    common = [quantity for quantity in other.quantities if (quantity.of, quantity.unit) in mine]
    if any(quantity.value == mine[quantity.of, quantity.unit] for quantity in common):
        return ["quantities.shared"]
    return ["quantities.apart"] if common else []


def _compare_marks(one: Comparable, other: Comparable, mine: Subject, yours: Subject) -> list[str]:
    """Words that set one of two things off, and kinds of thing that differ: a protocol, an agreement."""
    is_unlike = one.is_cool != other.is_cool and mine.words != yours.words
    marks = ["contrast.one"] if mine.is_other != yours.is_other or is_unlike else []
    if mine.kind and yours.kind and mine.kind != yours.kind:
        marks.append("kind.other")
    if (one.is_umbrella and yours.telling) or (other.is_umbrella and mine.telling):
        marks.append("umbrella.one")
    return marks


def _compare_places(mine: Comparable, yours: Comparable) -> str:
    """Where in one article two claims stand to each other. What is denied in the sentence that tells it is next to it.

    Forms: "Officials say that the deliveries have begun; the ministry denies it."
    """
    one, other = mine.claim, yours.claim
    if one.evidence.overlaps(other.evidence):
        is_denial = (one.status is Status.DENIED) is not (other.status is Status.DENIED)
        is_same = one.subject == other.subject and one.stage is other.stage and mine.codes == yours.codes
        return "distance.next" if is_denial and is_same and one.subject else "distance.same_sentence"
    first, second = sorted((one.evidence, other.evidence))
    gap = second.start - first.end
    if gap <= _NEXT_CHARS:
        return "distance.next"
    return "distance.near" if gap <= _NEAR_CHARS else "distance.far"
