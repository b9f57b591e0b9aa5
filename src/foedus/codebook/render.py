"""The codebook as Markdown pages for people."""

import re
from collections.abc import Iterable, Mapping, Sequence

from foedus.codebook.actor_entries import spelling_variants
from foedus.codebook.spec import (
    ActorKind,
    ActorName,
    ActorSpec,
    Codebook,
    Cue,
    CuePart,
    ExpectedClaim,
    Membership,
    NameKind,
    Passage,
    TypeSpec,
)
from foedus.model.claim import Plover, Quantity

INDEX = "README.md"
ACTORS = "actors.md"
_PART_TITLES = {
    CuePart.VERB: "Verbs",
    CuePart.NOUN: "Nouns",
    CuePart.ADJECTIVE: "Adjectives",
    CuePart.PHRASE: "Phrases",
}
_KIND_TITLES = {
    ActorKind.STATE: "States and territories",
    ActorKind.ORGANISATION: "Organisations",
    ActorKind.GROUP: "Groups",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")


def render_codebook(codebook: Codebook) -> Mapping[str, str]:
    """The codebook as pages: file name to Markdown, the index first, then types in the contract's order.

    Args:
        codebook: Loaded with its examples, or the pages have none.

    Returns:
        ``README.md`` (index), a page a type (``agreement.md``), ``actors.md``. The same codebook gives the
        same pages. Links point from page to page, so the pages belong into one folder.
    """
    pages = {INDEX: _index(codebook)}
    for spec in codebook.types.values():
        pages[f"{spec.type}.md"] = _type_page(spec)
    pages[ACTORS] = _actors_page(codebook)
    return pages


def _index(codebook: Codebook) -> str:
    rows = [
        (
            f"[{spec.title}]({spec.type}.md)",
            f"`{spec.type}`",
            spec.plover.value,
            _first_sentence(spec.definition),
        )
        for spec in codebook.types.values()
    ]
    counts = [sum(spec.kind is kind for spec in codebook.actors.values()) for kind in ActorKind]
    return _page(
        "# The codebook",
        "What Foedus extracts, and by which words it finds it. A claim is one of the types below; the page "
        "of a type says what it covers, which words may carry it, what it is confused with, and shows "
        "examples with the claims that a careful analyst writes of them.",
        _table(("type", "word", "PLOVER root", "covers"), rows),
        f"[Actors]({ACTORS}): {counts[0]} states and territories, {counts[1]} organisations, "
        f"{counts[2]} groups, with {sum(len(spec.names) for spec in codebook.actors.values())} names.",
        f"Fingerprint of the data: `{codebook.fingerprint}`",
    )


def _type_page(spec: TypeSpec) -> str:
    parts = [
        f"# {_plain(spec.title)}",
        f"`{spec.type}`. {spec.definition}",
        f"**Source:** {spec.source}",
        f"**PLOVER root:** {_plovers(spec)}",
        f"**Roles:** {spec.roles}" + (" Actors are by default `both`." if spec.symmetric else ""),
    ]
    for language, cues in spec.cues.items():
        parts.append(f"## Cues ({language})")
        for part, title in _PART_TITLES.items():
            words = [_cue(cue) for cue in cues if cue.part is part]
            if words:
                parts.append(f"**{title}** ({len(words)}): {', '.join(words)}")
    if spec.look_alikes:
        parts.append("## Look-alikes")
        rows = [(f"[{other}]({other}.md)", text) for other, text in spec.look_alikes.items()]
        parts.append(_table(("not to be taken for", "because"), rows))
    parts.extend(_passages("Examples", spec.examples))
    parts.extend(_passages("Counter-examples", spec.counter_examples))
    parts.append(f"[All types]({INDEX})")
    return _page(*parts)


def _plovers(spec: TypeSpec) -> str:
    by_root: dict[Plover, list[str]] = {}
    for word, root in spec.plover_by.items():
        if root is not spec.plover:
            by_root.setdefault(root, []).append(word)
    special = [f"{root} when {' or '.join(words)}" for root, words in by_root.items()]
    return "; ".join([spec.plover.value, *special])


def _cue(cue: Cue) -> str:
    given = [value.value for value in (cue.stage, cue.plover) if value is not None]
    return _plain(cue.lemma) + (f" ({', '.join(given)})" if given else "")


def _passages(title: str, passages: Sequence[Passage]) -> list[str]:
    if not passages:
        return []
    parts = [f"## {title}"]
    for number, passage in enumerate(passages, 1):
        published = f" (published {passage.published})" if passage.published else ""
        parts.append(f"**{number}.**{published}")
        parts.append("\n".join(f"> {_plain(line)}".rstrip() for line in passage.text.splitlines()))
        if passage.claims:
            rows = [(claim.type.value, _plain(claim.evidence), _slots(claim)) for claim in passage.claims]
            parts.append(_table(("claim", "evidence", "slots"), rows))
        else:
            parts.append("No claim.")
    return parts


def _slots(claim: ExpectedClaim) -> str:
    """The filled slots of a claim on one line."""
    slots = {
        "cue": claim.cue,
        "status": claim.status.value,
        "stage": claim.stage.value if claim.stage else None,
        "PLOVER": claim.plover.value if claim.plover else None,
        "actors": ", ".join(f"{actor.code} ({actor.role})" for actor in claim.actors),
        "agents": ", ".join(claim.agents),
        "subject": claim.subject,
        "place": ", ".join(claim.place),
        "when": _days(claim.when) if claim.when else None,
        "said by": claim.attributed_to,
        "via": ", ".join(claim.via),
        "recurrence": claim.recurrence,
        "quantities": ", ".join(_quantity(quantity) for quantity in claim.quantities),
    }
    return "; ".join(f"{slot}: {_plain(value)}" for slot, value in slots.items() if value)


def _quantity(quantity: Quantity) -> str:
    value = f"{quantity.value:g}" if quantity.max is None else f"{quantity.value:g}–{quantity.max:g}"
    bound = {None: "", "min": "at least ", "max": "at most "}[quantity.bound and quantity.bound.value]
    about = "about " if quantity.approximate else ""
    return " ".join(word for word in (f"{bound}{about}{value}", quantity.unit, quantity.of) if word)


def _actors_page(codebook: Codebook) -> str:
    parts = [
        "# Actors",
        "Names in *italics* are also something or somebody else: they count only where the words after the "
        "colon, or another name of the same actor, stand in the article. A name with *not* after it is "
        "dropped in a sentence with one of those words. Spellings without marks, with curly apostrophes, and "
        "with St. for Saint count too and are not shown.",
    ]
    for kind, title in _KIND_TITLES.items():
        specs = [spec for spec in codebook.actors.values() if spec.kind is kind]
        parts.append(f"## {title}")
        parts.append("\n\n".join(_actor(spec) for spec in specs))
    parts.append("## Phrases that hold a name and do not mean it")
    parts.append(", ".join(_plain(phrase) for phrase in codebook.not_actors) + ".")
    return _page(*parts)


def _actor(spec: ActorSpec) -> str:
    facts = [
        spec.alpha2 or "",
        f"COW {spec.cow}" if spec.cow is not None else "",
        f"from {spec.since}" if spec.since else "",
        f"until {spec.until}" if spec.until else "",
        f"in {', '.join(spec.home)}" if spec.home else "",
    ]
    told = "; ".join(fact for fact in facts if fact)
    lines = [f"**{spec.code}** {_plain(spec.name)}" + (f" ({told})" if told else "")]
    for kind in NameKind:
        names = [_name(name) for name in _as_given(spec.names) if name.kind is kind and _tells(name, spec)]
        if names:
            lines.append(f"- {kind}: {', '.join(names)}")
    if spec.members:
        lines.append(f"- members: {', '.join(_member(member) for member in spec.members)}")
    return "\n".join(lines)


def _tells(name: ActorName, spec: ActorSpec) -> bool:
    """Whether a name says more than the head of the entry."""
    return name.text != spec.name or name.ambiguous or bool(name.unless)


def _as_given(names: Iterable[ActorName]) -> list[ActorName]:
    """Names without those that are only another spelling of an earlier one."""
    kept: list[ActorName] = []
    hidden: set[str] = set()
    for name in names:
        if name.text not in hidden:
            kept.append(name)
            hidden.update(spelling_variants(name.text))
    return kept


def _name(name: ActorName) -> str:
    text = f"*{_plain(name.text)}*" if name.ambiguous else _plain(name.text)
    context = f" (: {', '.join(map(_plain, name.context))})" if name.context else ""
    unless = f" (*not* {', '.join(map(_plain, name.unless))})" if name.unless else ""
    return text + context + unless


def _member(member: Membership) -> str:
    if member.since is None and member.until is None:
        return member.code
    return f"{member.code} {_days((member.since, member.until))}"


def _days(days: tuple[object | None, object | None]) -> str:
    first, last = days
    return str(first) if first == last else f"{first or '…'} to {last or '…'}"


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;:])\s", text, maxsplit=1)[0].rstrip(";:")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("\n", " ") for cell in line) + " |" for line in lines)


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)
