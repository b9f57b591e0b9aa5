"""Whether a publisher writes the day before the month in a numeric date."""

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from foedus.articles.publisher import GENERIC_DOMAINS, to_domain

# Reserved for bodies of the United States.
_UNITED_STATES_DOMAINS = (".gov", ".mil")
_WORD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")


def guess_day_first(
    *, language: str, tag: str | None, addresses: Iterable[str | None], names: Iterable[str | None]
) -> bool | None:
    """Whether ``02/11`` is 2 November for this publisher; None when its convention is not known.

    Decided by the first of these that tells: the country of an address; a language tag with a country; the
    language, unless it is English, which is written both ways; a country in the publisher's name.

    Args:
        language: ISO 639-1 code of the text.
        tag: Language tag that the page declares (``en-GB``).
        addresses: Addresses of the page, then of its source.
        names: Names of the publisher: masthead, site.

    Source: Unicode CLDR short date patterns through Babel; ccTLDs are ISO 3166-1 codes but for ``uk``.
    """
    for address in addresses:
        domain = to_domain(address)
        if domain is None:
            continue
        if domain.endswith(_UNITED_STATES_DOMAINS):
            return False
        suffix = domain.rpartition(".")[2]
        if len(suffix) == 2 and suffix not in GENERIC_DOMAINS:
            order = _order_in("GB" if suffix == "uk" else suffix.upper())
            if order is not None:
                return order
    order = _order_in((tag or "").replace("_", "-").partition("-")[2].upper())
    if order is not None:
        return order
    if language not in ("en", "und"):
        return _order_of(language)
    for name in names:
        territory = _find_territory(name or "")
        if territory is not None:
            return _order_in(territory)
    return None


@cache
def _order_in(territory: str) -> bool | None:
    """Day first in a country, by its most widely used official language; None for what is no country."""
    if len(territory) != 2:
        return None
    languages = get_official_languages(territory, de_facto=True)
    for language in languages:
        order = _order_of(f"{language}_{territory}")
        if order is not None:
            return order
    return None


@cache
def _order_of(code: str) -> bool | None:
    try:
        pattern = str(Locale.parse(code.replace("-", "_")).date_formats["short"].pattern)
    except (UnknownLocaleError, ValueError):
        base = code.partition("_")[0]
        return _order_of(base) if base != code else None
    if pattern.lstrip("\u200f\u200e").startswith("y"):
        # Year first at home says nothing of how the same country writes 02/11/2007.
        return None
    return pattern.find("d") < pattern.find("M")


@cache
def _territories() -> dict[str, str]:
    names = Locale.parse("en").territories
    return {name.casefold(): code for code, name in names.items() if len(code) == 2 and code.isalpha()}


def _find_territory(name: str) -> str | None:
    territories = _territories()
    folded = name.casefold()
    found = [
        code
        for country, code in territories.items()
        if country in folded and re.search(rf"\b{re.escape(country)}\b", folded)
    ]
    return found[0] if len(found) == 1 else None
