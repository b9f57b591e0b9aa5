"""Actors: from the values of an actor file to `ActorSpec`, faults noted.

An actor file has up to five sections: ``states``, ``organisations`` and ``groups`` map codes to entries,
``not_actors`` lists phrases that hold a name of an actor and do not mean it, ``places`` maps codes of states
to names of places on their soil.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.codebook.passages import ORG_CODE
from foedus.codebook.source import DataFile, Entry, to_day
from foedus.codebook.spec import ActorKind, ActorName, ActorSpec, Membership, NameKind

NAME_KEYS = {
    "names": NameKind.NAME,
    "adjectives": NameKind.ADJECTIVE,
    "demonyms": NameKind.DEMONYM,
    "prefixes": NameKind.PREFIX,
    "capitals": NameKind.CAPITAL,
    "seats": NameKind.SEAT,
    "bodies": NameKind.BODY,
}
SECTIONS = {
    "states": ActorKind.STATE,
    "organisations": ActorKind.ORGANISATION,
    "groups": ActorKind.GROUP,
}
# Organisations with codes of their own (contract, section 5).
_ORGANISATIONS = """NATO EU UN OSCE CSTO CIS EAEU SCO UNION_STATE AU ECOWAS ASEAN GCC ARAB_LEAGUE AUKUS QUAD
G7 IAEA COALITION_ISIL"""
ORGANISATIONS = frozenset(_ORGANISATIONS.split())
UNDATED = "undated"
_STATE_CODE = re.compile(r"[A-Z]{3}")
_ALPHA2 = re.compile(r"[A-Z]{2}")
_YEAR = re.compile(r"[12]\d{3}")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae"}
)


@dataclass(frozen=True, slots=True)
class ActorTables:
    """What an actor file holds.

    Attributes:
        actors: By code.
        not_actors: Phrases that hold a name of an actor and do not mean it.
        places: Name of a place to the code of its state.
    """

    actors: dict[str, ActorSpec]
    not_actors: tuple[str, ...]
    places: dict[str, str]


def parse_actors(file: DataFile) -> ActorTables:
    """The actors, phrases and places of a file; what is malformed is left out and noted in `file`."""
    root = file.entry(file.value, ())
    if root is None:
        return ActorTables({}, (), {})
    actors: dict[str, ActorSpec] = {}
    for section, kind in SECTIONS.items():
        listed = root.raw(section)
        entries = None if listed is None else file.entry(listed, (section,))
        for code in entries.value if entries else ():
            entry = file.entry(listed[code], (section, str(code)))
            if str(code) in actors:
                file.fault((section, str(code)), f"{code} stands in two sections")
            if entry is not None:
                actors[str(code)] = _parse_actor(entry, str(code), kind)
    not_actors = root.texts("not_actors")
    places = _places(root)
    root.close()
    return ActorTables(actors, not_actors, places)


def spelling_variants(text: str) -> tuple[str, ...]:
    """Other ways to write one name, in order, without `text` itself.

    Forms: ``Côte d'Ivoire`` with a curly apostrophe, and without marks on its letters; ``St. Lucia`` as
    ``St Lucia`` and ``Saint Lucia``; ``Trinidad & Tobago`` as ``Trinidad and Tobago``.
    """
    found = {text: None}
    for rewrite in (
        _without_ampersand,
        _with_saint,
        _with_short_saint,
        _without_marks,
        _with_curly_apostrophe,
    ):
        found.update(dict.fromkeys([rewrite(known) for known in found]))
    return tuple(found)[1:]


def _places(root: Entry) -> dict[str, str]:
    """Places in the order of the file, each in all its spellings; a place in two states is a fault."""
    places: dict[str, str] = {}
    for code, names in root.text_lists("places").items():
        for text in names:
            if places.get(text, code) != code:
                root.file.fault(("places", code), f'"{text}" stands under {places[text]} too')
            places[text] = code
            if not text.isascii() or _REWRITTEN.search(text):
                for variant in spelling_variants(text):
                    places.setdefault(variant, code)
    return places


def _parse_actor(entry: Entry, code: str, kind: ActorKind) -> ActorSpec:
    _check_code(entry, code, kind)
    entry.need("name")
    name = entry.text("name") or code
    ambiguous, unless = entry.text_lists("ambiguous"), entry.text_lists("unless")
    given = [(name, NameKind.NAME)]
    for key, name_kind in NAME_KEYS.items():
        given.extend((text, name_kind) for text in entry.texts(key))
    names = _names(entry, code, given, ambiguous, unless)
    for key, weighed in (("ambiguous", ambiguous), ("unless", unless)):
        for text in weighed:
            if all(text != known for known, _ in given):
                entry.fault(key, f'"{text}" is not among the names of {code}')
    alpha2 = entry.text("alpha2")
    if alpha2 is not None and not _ALPHA2.fullmatch(alpha2):
        entry.fault("alpha2", f'"{alpha2}" is no code of two letters')
    spec = ActorSpec(
        code=code,
        kind=kind,
        name=name,
        names=names,
        cow=entry.whole("cow"),
        alpha2=alpha2,
        since=entry.day("since"),
        until=entry.day("until"),
        members=_members(entry),
        home=entry.texts("home"),
    )
    if spec.since and spec.until and spec.since > spec.until:
        entry.fault("until", "ends before it begins")
    entry.close()
    return spec


def _check_code(entry: Entry, code: str, kind: ActorKind) -> None:
    if kind is ActorKind.STATE:
        fits = bool(_STATE_CODE.fullmatch(code)) and code not in ORGANISATIONS
    elif kind is ActorKind.ORGANISATION:
        fits = code in ORGANISATIONS or bool(ORG_CODE.fullmatch(code))
    else:
        fits = bool(ORG_CODE.fullmatch(code))
    if not fits:
        entry.fault(None, f'"{code}" is no code of a {kind} (ISO alpha-3; NATO, …; ORG:NAME)')


def _names(
    entry: Entry,
    code: str,
    given: Iterable[tuple[str, NameKind]],
    ambiguous: Mapping[str, tuple[str, ...]],
    unless: Mapping[str, tuple[str, ...]],
) -> tuple[ActorName, ...]:
    """Names as given, then their other spellings; a name given twice is a fault."""
    names: dict[tuple[str, bool], ActorName] = {}
    for text, kind in given:
        key = (text, kind is NameKind.PREFIX)
        if key in names:
            entry.fault(None, f'"{text}" stands twice among the names of {code}')
        names[key] = ActorName(
            text, kind, code, text in ambiguous, ambiguous.get(text, ()), unless.get(text, ())
        )
    for name in tuple(names.values()):
        if name.text.isascii() and not _REWRITTEN.search(name.text):
            continue
        for text in spelling_variants(name.text):
            key = (text, name.kind is NameKind.PREFIX)
            if key not in names:
                names[key] = ActorName(text, name.kind, code, name.ambiguous, name.context, name.unless)
    return tuple(names.values())


def _members(entry: Entry) -> tuple[Membership, ...]:
    """Memberships in the order of the file.

    Forms: ``2004-03-29: [EST, LVA]``; ``1973-01-01/2020-01-31: [GBR]``; ``1976: [CPV]`` where only the year
    is known; ``undated: [CAN]``.
    """
    periods = entry.raw("members")
    if periods is None:
        return ()
    keys = (*entry.keys, "members")
    listed = entry.file.entry(periods, keys)
    found: list[Membership] = []
    for period in listed.value if listed else ():
        days = _parse_period(period)
        if days is None:
            entry.file.fault((*keys, str(period)), f'"{period}" is no day, year or span of them')
            continue
        codes = Entry(entry.file, keys, {str(period): periods[period]}).texts(str(period))
        found.extend(Membership(code, *days) for code in codes)
    return tuple(found)


def _parse_period(period: Any) -> tuple[date | None, date | None] | None:
    if period == UNDATED:
        return None, None
    first_words, slash, last_words = str(period).partition("/")
    first, last = _to_edge(first_words, 1, 1), _to_edge(last_words, 12, 31) if slash else None
    if first is None or (slash and last is None) or (last is not None and first > last):
        return None
    return first, last


def _to_edge(words: str, month: int, day: int) -> date | None:
    """A day, or the outermost day of a year."""
    return date(int(words), month, day) if _YEAR.fullmatch(words) else to_day(words)


_REWRITTEN = re.compile(r"['&]|\bSaint |\bSt\.? ")


def _without_ampersand(text: str) -> str:
    return text.replace(" & ", " and ")


def _with_saint(text: str) -> str:
    return re.sub(r"\bSt\.? (?=[^\W\da-z_])", "Saint ", text)


def _with_short_saint(text: str) -> str:
    return re.sub(r"\b(?:St\.|Saint) (?=[^\W\da-z_])", "St ", text)


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return unicodedata.normalize("NFC", "".join(ch for ch in apart if not unicodedata.combining(ch)))


def _with_curly_apostrophe(text: str) -> str:
    return text.replace("'", "’")
