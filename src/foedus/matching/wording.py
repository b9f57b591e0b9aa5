"""Plain words for the sides of a conflict."""

import re
from collections.abc import Callable, Mapping, Sequence

from foedus.matching.sources import ArticleKey
from foedus.matching.subjects import count_parties
from foedus.model.article import Article
from foedus.model.claim import Bound, Claim, Quantity, Status
from foedus.model.event import Event
from foedus.model.when import When

_DURATION = re.compile(r"P(\d+)([YMWD])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_BOUNDS = {Bound.MIN: "at least ", Bound.MAX: "at most "}
_MAX_NAMES = 3


def name_sides(
    event: Event,
    sides: Sequence[Sequence[Claim]],
    articles: Mapping[ArticleKey, Article],
    say: Callable[[Claim], str],
) -> str:
    """One sentence that names what each side says, and who it is.

    Args:
        event: What they speak of.
        sides: Claims of each side, at least one each.
        articles: By document and number, for the names of publishers.
        say: What a claim says of the thing: "is held every year".
    """
    thing = _name_thing(event)
    said = [f"{_name_holders(side, articles)} that it {say(side[0])}" for side in sides]
    return f"Of {thing}, it is said by {', and by '.join(said)}."


def name_recurrence(duration: str) -> str:
    """``P1Y`` as "every year", ``P2Y`` as "every 2 years"; other durations as they are."""
    found = _DURATION.fullmatch(duration)
    if not found:
        return f"every {duration}"
    count, unit = int(found[1]), _UNITS[found[2]]
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def name_date(when: When | None) -> str:
    """A time in ISO days: "on 2021-09-10", "from 2021-09-10 to 2021-09-16"."""
    if when is None:
        return "at an unknown time"
    first, last = (day.isoformat() if day else None for day in (when.first, when.last))
    if first == last:
        return f"on {first}"
    if first is None or last is None:
        return f"from {first} on" if first else f"up to {last}"
    return f"from {first} to {last}"


def name_quantity(quantity: Quantity) -> str:
    """A number with what it counts: "at least 1,500 troops", "20,000,000 to 30,000,000 USD"."""
    numbers = [quantity.value] if quantity.max is None else [quantity.value, quantity.max]
    amount = " to ".join(f"{number:,.10g}" for number in numbers)
    bound = _BOUNDS[quantity.bound] if quantity.bound else "about " if quantity.approximate else ""
    return " ".join(part for part in (f"{bound}{amount}", quantity.unit, quantity.of) if part)


def name_status(claim: Claim) -> str:
    """Whether a claim says that it was done: "was signed", "was not signed", "happened", "is under way"."""
    denied = claim.status is Status.DENIED
    if claim.stage:
        return f"was {'not ' if denied else ''}{claim.stage.value.replace('_', ' ')}"
    if denied:
        return "is not so"
    return "is under way" if claim.status is Status.ONGOING else "happened"


def name_parties(claim: Claim) -> str:
    """Who is in it: "has CHL and PER in it and nobody else", "has BOL, CHL and PER in it"."""
    more = " and nobody else" if count_parties(claim.quote) else ""
    return f"has {_name_codes(claim)} in it{more}"


def name_part(claim: Claim) -> str:
    """Who is in it, or is not: "has BOL, CHL and PER in it", "does not have BOL in it"."""
    verb = "does not have" if claim.status is Status.DENIED else "has"
    return f"{verb} {_name_codes(claim)} in it"


def _name_codes(claim: Claim) -> str:
    *codes, last = sorted({actor.code for actor in claim.actors})
    return f"{', '.join(codes)} and {last}" if codes else last


def _name_thing(event: Event) -> str:
    if event.subject:
        return f"“{event.subject}”"
    codes = ", ".join(actor.code for actor in event.actors)
    return f"the {event.type.value.replace('_', ' ')}" + (f" of {codes}" if codes else "")


def _name_holders(side: Sequence[Claim], articles: Mapping[ArticleKey, Article]) -> str:
    names = list(dict.fromkeys(_name_holder(claim, articles) for claim in side))
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return ", ".join(names[:_MAX_NAMES]) + more


def _name_holder(claim: Claim, articles: Mapping[ArticleKey, Article]) -> str:
    article = articles.get((claim.document, claim.article))
    outlet = (article.publisher if article else None) or claim.document
    return f"{claim.attributed_to} ({outlet})" if claim.attributed_to else outlet
