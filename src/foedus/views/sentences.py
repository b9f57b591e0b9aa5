"""A claim told in a sentence that takes no side: who is said to have done what, when, according to whom.

Sentences are composed from the claim's slots by the patterns of ``data/sentences.yaml``. What a claim does
not name is told around, never made up.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from foedus.model.actor import Role
from foedus.model.article import Article
from foedus.model.claim import Claim, ClaimType, Quantity, Status
from foedus.views.actors import ActorNames
from foedus.views.data_files import load_data
from foedus.views.phrases import is_name, is_plural, tidy_subject, with_article
from foedus.views.wording import tell_published, to_adverb, to_amount, to_list

_MAX_QUOTE_CHARS = 280
_MAX_NAMES = 5
_RECURRENCES = {
    "P1Y": "every year",
    "P12M": "every year",
    "P2Y": "every second year",
    "P6M": "every six months",
    "P3M": "every quarter",
    "P1M": "every month",
    "P1W": "every week",
    "P7D": "every week",
    "P1D": "every day",
}

#: Patterns of one claim type, as the data file has them.
_Pattern = Mapping[str, Any]


def tell_claim(claim: Claim, names: ActorNames, *, voices: Sequence[str], published: date | None) -> str:
    """One sentence, with its full stop.

    Args:
        claim: What is told.
        names: Names of the actors.
        voices: Who says it, as `find_voice` gives it, most important first, none twice; at least one.
        published: Last day on which it can have been published; decides between "has not" and "did not".
    """
    pattern = load_data("sentences")["types"][claim.type.value]
    voice = _tell_voices(voices)
    deed = "" if claim.type is ClaimType.RELATIONS else _Teller(claim, names, pattern, published).tell()
    if claim.type is ClaimType.RELATIONS:
        text = f"{voice} on {_tell_relations(claim, names)}: {_quote(claim.quote)}"
    elif pattern.get("quote"):
        text = f"according to {voice}, {deed}: {_quote(claim.quote)}"
    else:
        text = f"{deed}, according to {voice}"
    full_stop = "" if text.endswith((".”", "?”", "!”", "….”")) else "."
    return f"{text[0].upper()}{text[1:]}{full_stop}"


def find_voice(claim: Claim, article: Article | None) -> str:
    """Who says it: the one the claim is attributed to, else who published its article, else the article."""
    if claim.attributed_to is None:
        published = tell_published(article)
        unnamed = f"an article of {published}" if published else "an undated article"
        return (article.publisher if article else None) or unnamed
    speaker = _with_the(claim.attributed_to)
    return f"{speaker}, as quoted by {claim.via[0]}" if claim.via else speaker


class _Teller:
    """Puts the deed of one claim into words."""

    def __init__(self, claim: Claim, names: ActorNames, pattern: _Pattern, published: date | None) -> None:
        self._claim = claim
        self._pattern = pattern
        self._published = published
        done_by, done_to = _find_parties(claim, names)
        self._subject = tidy_subject(claim.subject, (*done_by, *done_to, *claim.place))
        stage = claim.stage.value if claim.stage else None
        self._is_reversed = stage in pattern.get("reversed", ())
        self._parties, self._targets = (done_to, done_by) if self._is_reversed else (done_by, done_to)
        self._is_speech = pattern.get("speech", False) or stage in pattern.get("said", ())
        self._is_standing = stage in pattern.get("standing", ()) and claim.status is not Status.DENIED
        is_present = claim.status is Status.ONGOING and "ongoing" in pattern
        forms = pattern["ongoing"] if is_present else pattern["verbs"]
        form = forms.get(stage) or forms.get(claim.plover.value) or forms["default"]
        self._base, self._third, self._past, self._participle, *other = form
        self._passive = other[0] if other else self._participle

    def tell(self) -> str:
        """The deed, without full stop."""
        taken, thing = self._find_object()
        clause = self._tell_active(thing) if self._parties else self._tell_passive(thing)
        parts = [clause]
        if self._targets and not taken:
            parts.append(f"{self._find_preposition()} {to_list(self._targets)}")
        if self._is_money and self._subject and not self._tells_money(self._subject):
            parts.append(f"for {with_article(self._subject)}")
        told = " ".join(parts)
        places = [name for name in self._claim.place if name not in told and is_name(name)]
        if places:
            parts.append(f"in {to_list(places[:2])}")
        is_ahead = self._claim.status in (Status.PLANNED, Status.PROPOSED, Status.POSSIBLE)
        when = to_adverb(self._claim.when, is_ahead=is_ahead)
        recurrence = _RECURRENCES.get(self._claim.recurrence or "", "")
        parts.extend(words for words in (recurrence, when) if words)
        amounts = [] if self._is_money else self._list_amounts()
        if amounts:
            parts.append(f"({'; '.join(amounts)})")
        return " ".join(parts)

    @property
    def _is_money(self) -> bool:
        return self._pattern.get("money_is_object", False) and bool(self._money)

    @property
    def _money(self) -> list[Quantity]:
        return [q for q in self._claim.quantities if q.unit and len(q.unit) == 3 and q.unit.isupper()]

    def _list_amounts(self) -> list[str]:
        """What is counted, if that says something: ``90 tanks``, not ``2 countries`` or a bare number."""
        data = load_data("sentences")
        return [
            to_amount(quantity)
            for quantity in self._claim.quantities
            if quantity.unit or (quantity.of and quantity.of.split()[-1].lower() not in data["uncounted"])
        ]

    def _tells_money(self, subject: str) -> bool:
        return self._is_kind(subject) or any(character.isdigit() for character in subject)

    def _is_kind(self, subject: str) -> bool:
        kinds = self._pattern.get("kinds", ())
        return "any" in kinds or not set(kinds).isdisjoint(subject.lower().replace(",", " ").split())

    def _find_object(self) -> tuple[bool, str]:
        """Whether the targets are used up by the object, and the object."""
        pattern, subject = self._pattern, self._subject
        if pattern.get("target_is_object") and self._targets:
            return True, to_list(self._targets)
        if self._is_money:
            return False, to_list([to_amount(quantity) for quantity in self._money])
        if subject is None or "kinds" not in pattern:
            thing = pattern.get("thing", "")
        elif self._is_kind(subject):
            thing = with_article(subject)
        elif is_name(subject):
            thing = pattern.get("named", pattern["about"]).format(subject=subject)
        else:
            thing = pattern["about"].format(subject=subject)
        stage = self._claim.stage.value if self._claim.stage else ""
        around = pattern.get("object", {}).get(stage, "{thing}")
        return False, around.format(thing=thing)

    def _find_preposition(self) -> str:
        if self._is_reversed:
            return "from"
        return str(self._pattern.get("targets", {}).get(self._claim.plover.value) or self._pattern["target"])

    def _tell_active(self, thing: str) -> str:
        claim, parties = self._claim, to_list(self._parties)
        is_one = len(self._parties) == 1
        have = "has" if is_one else "have"
        status = claim.status
        if self._is_standing or (status is Status.ONGOING and not self._is_speech):
            is_since = claim.when is not None and claim.when.last is None
            verb = f"{have} {self._participle}" if is_since else self._third if is_one else self._base
        elif status is Status.POSSIBLE:
            verb = f"may have {self._participle}" if self._is_over() else f"may {self._base}"
        elif status is Status.DENIED:
            verb = f"did not {self._base}" if self._is_over() else f"{have} not {self._participle}"
        elif status is Status.HAPPENED or self._is_speech:
            verb = self._past
        elif status is Status.PLANNED:
            verb = f"{'plans' if is_one else 'plan'} to {self._base}"
        else:
            return f"a proposal would have {parties} {self._base} {thing}".strip()
        return f"{parties} {verb} {thing}".strip()

    def _tell_passive(self, thing: str) -> str:
        if "nobody" in self._pattern:
            return str(self._pattern["nobody"])
        is_many = is_plural(thing) or len(self._targets) > 1
        was, has = ("were", "have") if is_many else ("was", "has")
        status = self._claim.status
        if status is Status.POSSIBLE:
            verb = f"may {'have been' if self._is_over() else 'be'} {self._passive}"
        elif status is Status.DENIED:
            verb = f"{was} not {self._passive}" if self._is_over() else f"{has} not been {self._passive}"
        elif status is Status.HAPPENED or self._is_speech:
            verb = f"{was} {self._passive}"
        elif status is Status.PROPOSED:
            return f"a proposal would have {thing} {self._passive}"
        else:
            ahead = "to be " if status is Status.PLANNED else ""
            verb = f"{'are' if is_many else 'is'} {ahead}{self._passive}"
        return f"{thing} {verb}"

    def _is_over(self) -> bool:
        """Whether the time of the deed had ended when it was told of."""
        when = self._claim.when
        return bool(when and when.last and self._published and when.last <= self._published)


def _find_parties(claim: Claim, names: ActorNames) -> tuple[list[str], list[str]]:
    """Those who do it and those it is done to, by name, none twice."""
    doing = [actor.code for actor in claim.actors if actor.role is not Role.TARGET]
    done_to = [actor.code for actor in claim.actors if actor.role is Role.TARGET and actor.code not in doing]
    parties = _name_all(doing, names)
    if not parties:
        parties = [agent for agent in claim.agents if agent != claim.attributed_to][:2]
    return parties, _name_all(done_to, names)


def _name_all(codes: Sequence[str], names: ActorNames) -> list[str]:
    found = [names.name_in_text(code) for code in dict.fromkeys(codes)]
    return (
        found
        if len(found) <= _MAX_NAMES
        else [*found[: _MAX_NAMES - 1], f"{len(found) - _MAX_NAMES + 1} others"]
    )


def _tell_relations(claim: Claim, names: ActorNames) -> str:
    everyone = _name_all([actor.code for actor in claim.actors], names)
    if len(everyone) > 1:
        return f"relations between {to_list(everyone)}"
    return f"the relations of {everyone[0]}" if everyone else "relations"


def _tell_voices(voices: Sequence[str]) -> str:
    if len(voices) <= 2:
        return to_list(voices)
    rest = len(voices) - 2
    return f"{voices[0]}, {voices[1]} and {rest} {'other' if rest == 1 else 'others'}"


def _with_the(speaker: str) -> str:
    words = speaker.split()
    is_body = bool(words) and not set(words).isdisjoint(load_data("sentences")["bodies"])
    starts = words[0].lower() if words else ""
    has_own = starts in load_data("sentences")["determiners"] or "'s " in speaker or "’s " in speaker
    return f"the {speaker}" if is_body and not has_own else speaker


def _quote(words: str) -> str:
    words = " ".join(words.split()).strip('“”"')
    if len(words) > _MAX_QUOTE_CHARS:
        words = words[: words.rfind(" ", 0, _MAX_QUOTE_CHARS)].rstrip(",;:") + " …"
    start = "… " if words[:1].islower() else ""
    return f"“{start}{words}”"
