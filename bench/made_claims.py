"""Claims made up for measuring: invented events between real country codes, told by one article each or by many.

Their names and days are now given, now left out, now misspelt. The same count and seed make the same claims.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from foedus.model.actor import Actor, Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Plover, Quantity, Stage, Status
from foedus.model.ids import make_id
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

FIRST_DAY = date(2000, 1, 1)
_DAYS = 365 * 24
_CODE_LIST = (
    "AFG ALB DZA AGO ARG ARM AUS AUT AZE BGD BLR BEL BRA BGR KHM CMR CAN TCD CHL CHN COL HRV CZE DNK EGY EST "
    "ETH FIN FRA GEO DEU GHA GRC HUN IND IDN IRN IRQ IRL ISR ITA JPN JOR KAZ KEN KOR KWT KGZ LVA LBN LTU MYS "
    "MDV MLI MEX MDA MNG MAR MOZ NPL NLD NZL NER NGA NOR OMN PAK PER PHL POL PRT QAT ROU RUS RWA SAU SEN SRB "
    "SGP SVK SVN ZAF ESP LKA SDN SWE SYR TJK TZA THA TUN TUR TKM UGA UKR ARE GBR USA UZB VNM YEM ZMB"
)
CODES = tuple(_CODE_LIST.split())
_FIRST = (
    "Iron",
    "Silver",
    "Northern",
    "Steadfast",
    "Desert",
    "Swift",
    "Golden",
    "Joint",
    "Brave",
    "Blue",
    "Arctic",
)
_SECOND = (
    "Shield",
    "Spear",
    "Wolf",
    "Resolve",
    "Arrow",
    "Storm",
    "Lance",
    "Bridge",
    "Anchor",
    "Hammer",
    "Eagle",
)
_THING_LIST = (
    "frigates howitzers radars helicopters tanks trainers drones missiles corvettes trucks "
    "transport-aircraft pilot-school depot airfield naval-base joint-staff satellite-data border-patrol "
    "mine-clearing hospital"
)
_THINGS = tuple(_THING_LIST.split())
_TYPES = [kind for kind in ClaimType if kind is not ClaimType.CLASH]
_STATUSES = (Status.PLANNED, Status.HAPPENED, Status.HAPPENED, Status.ONGOING)
_STAGES = (Stage.NEGOTIATED, Stage.SIGNED, Stage.RATIFIED)
REPORTS = (1, 1, 2, 3, 5, 12)
"""How many articles tell of an event: one of these, each as often."""


def make_claims(
    count: int, seed: int, reports: Sequence[int] = REPORTS
) -> tuple[list[Claim], list[Article], dict[str, int]]:
    """Claims, their articles, and the number of each claim's event, each told by one of the numbers of `reports`."""
    chance = random.Random(seed)
    claims: list[Claim] = []
    articles: list[Article] = []
    event_of: dict[str, int] = {}
    # A few states are in most of the news.
    weights = [1 / (place + 3) for place in range(len(CODES))]
    event = 0
    while len(claims) < count:
        event += 1
        for claim, article in _iter_reports(event, chance, weights, reports):
            claims.append(claim)
            articles.append(article)
            event_of[claim.id] = event
    return claims[:count], articles[:count], event_of


def _iter_reports(
    event: int, chance: random.Random, weights: Sequence[float], reports: Sequence[int]
) -> Iterator[tuple[Claim, Article]]:
    kind = chance.choice(_TYPES)
    codes = list(dict.fromkeys(chance.choices(CODES, weights, k=chance.choice((2, 2, 2, 3)))))
    day = FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    subject = _make_subject(kind, day, chance)
    for report in range(chance.choice(reports)):
        published = day + timedelta(days=chance.randrange(-5, 12))
        document = f"{chance.randrange(10**9):09}-{event}-{report}.txt"
        told = chance.random()
        when = When(day, day, Precision.DAY, None, Basis.STATED) if told < 0.6 else None
        claim = Claim(
            id=make_id("c", event, report),
            document=document,
            article=0,
            type=kind,
            stage=chance.choice(_STAGES) if kind is ClaimType.AGREEMENT else None,
            plover=Plover.COOPERATE,
            actors=tuple(Actor(code, Role.BOTH) for code in codes),
            agents=(),
            subject=_misspell(subject, chance) if told < 0.9 else None,
            place=(),
            when=when,
            status=chance.choice(_STATUSES),
            attributed_to=None,
            via=(),
            recurrence=None,
            quantities=(Quantity(float(100 + event % 900), None, None, "troops", None, False),)
            if told < 0.2
            else (),
            evidence=Span(0, 80),
            quote=f"{subject} {' '.join(codes)} {event} {report}",
            confidence=0.8,
        )
        yield claim, make_article(document, published)


def make_article(document: str, published: date) -> Article:
    """An article of nothing but its name and day."""
    when = When(published, published, Precision.DAY, None, Basis.METADATA)
    return Article(document, 0, None, None, None, None, "en", when, (Span(0, 80),))


def _make_subject(kind: ClaimType, day: date, chance: random.Random) -> str:
    if kind is ClaimType.EXERCISE:
        return f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}-{day.year}"
    words = " and ".join(chance.sample(_THINGS, k=chance.choice((1, 1, 2))))
    return f"{kind.value.replace('_', ' ')} of {words}"


def _misspell(subject: str, chance: random.Random) -> str:
    if chance.random() > 0.1:
        return subject
    place = chance.randrange(1, len(subject) - 1)
    return subject[:place] + subject[place + 1 :]
