"""How a category stands against the period before: the rule that every brief explains."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from foedus.model.actor import Role
from foedus.model.claim import Claim, ClaimType, Plover
from foedus.views.data_files import load_data


class Standing(StrEnum):
    """The six words of a brief."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    MIXED = "mixed"
    NOTHING_FOUND = "nothing found"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a category holds in a period.

    Attributes:
        toward: Events that are a step toward cooperation.
        away: Events that are a step away from it.
        neither: Events that are neither.
        articles: Independent articles that cover the period, whatever they tell.
    """

    toward: int
    away: int
    neither: int
    articles: int

    @property
    def events(self) -> int:
        """All events."""
        return self.toward + self.away + self.neither


def count_tally(directions: Iterable[int], articles: int) -> Tally:
    """The tally of events that point as `directions` say (1 toward, -1 away, 0 neither)."""
    found = list(directions)
    return Tally(found.count(1), found.count(-1), found.count(0), articles)


def find_direction(claim: Claim) -> int:
    """Which way the event led by `claim` points: 1 toward cooperation, -1 away from it, 0 neither.

    Source: ``data/brief.yaml``, after PLOVER's quad classes; deployments and mobilisations that all parties
    join in point toward cooperation.
    """
    data = load_data("brief")
    direction: int = data["directions"][claim.plover.value]
    is_joint = len(claim.actors) > 1 and all(actor.role is Role.BOTH for actor in claim.actors)
    is_neutral = claim.type.value in data["neutral_types"]
    if is_neutral or claim.plover is Plover.MOBILIZE:
        direction = 1 if is_joint else 0 if is_neutral else direction
    if direction == 0:
        return 0
    turned: int = data["statuses"][claim.status.value]["toward" if direction > 0 else "away"]
    return turned


def find_category(claim_type: ClaimType) -> str:
    """Name of the category that holds a claim type."""
    for category in load_data("brief")["categories"]:
        if claim_type.value in category["types"]:
            return str(category["name"])
    raise KeyError(claim_type)


def list_categories() -> tuple[str, ...]:
    """Names of the categories, in the order of a brief."""
    return tuple(category["name"] for category in load_data("brief")["categories"])


def compare(now: Tally, before: Tally) -> Standing:
    """The standing of a category.

    The balance of a period is its steps toward less its steps away, an article. It has moved when the two
    balances differ by at least one standard error of their difference, the steps of both periods taken as
    Poisson with one common rate: then the category is better or worse. It is mixed when it has not moved and
    there are steps both ways, else unchanged.

    Source: the score test for two Poisson rates. One standard error needs no constant fitted to data; it lets
    the first event after none count where both periods are covered alike, not where one is hardly covered.
    """
    if now.articles == 0:
        return Standing.NOT_COVERED
    if now.events == 0:
        return Standing.NOTHING_FOUND
    if before.articles == 0:
        return Standing.NOT_COVERED
    # Both sides times the articles of both periods: whole numbers compare exactly.
    moved = (now.toward - now.away) * before.articles - (before.toward - before.away) * now.articles
    steps = now.toward + now.away + before.toward + before.away
    variance = steps * now.articles * before.articles
    if moved != 0 and moved**2 >= variance:
        return Standing.BETTER if moved > 0 else Standing.WORSE
    return Standing.MIXED if now.toward and now.away else Standing.UNCHANGED
