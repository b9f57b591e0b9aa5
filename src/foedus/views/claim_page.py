"""One claim opened: its values with the words behind each, who says it, its event, what people judged of it."""

from collections.abc import Iterator

from foedus.errors import UnknownItem
from foedus.ledger import Ledger
from foedus.model.claim import Claim
from foedus.model.document import Document
from foedus.views.actors import ActorNames
from foedus.views.chronology import tell_actors, tell_kind
from foedus.views.excerpts import cut_excerpt
from foedus.views.judged import find_bearing, tabulate_judgements, weigh_ledger
from foedus.views.sentences import find_voice
from foedus.views.shapes import Column, Pages, Section, Table
from foedus.views.sources import load_sources
from foedus.views.wording import tell_published, to_amount, to_short_when

_SLOTS = (Column("slot"), Column("value", weight=1), Column("words", weight=2))


def describe_claim(ledger: Ledger, names: ActorNames, id_or_start: str) -> Pages:
    """The claim of this id, or of the only id that begins so; one that people rejected as it was coded.

    Raises:
        LedgerError: No claim, or more than one, has such an id, or it is not in the part that is asked.
    """
    key = ledger.claim_id(id_or_start)
    judged = ledger.claims([key])
    coded = ledger.coded_claims([key])
    if key not in coded:
        raise UnknownItem(f'no claim "{key}" in the part of the ledger that is asked')
    claim = judged.get(key, coded[key])
    weighed = weigh_ledger(ledger)
    sources = load_sources(ledger, (claim,))
    article = sources.article_of(claim)
    document = ledger.document(claim.document)
    event = ledger.events_of([key]).get(key)
    original = sources.original_of(claim)
    corrected = {item.slot.value for item in weighed.corrected.get(key, ())}
    codes = dict.fromkeys(actor.code for actor in claim.actors)
    facts = (
        ("Claim", key + (" (rejected by people)" if key in weighed.rejected else "")),
        ("Event", event or ""),
        ("Actors", ", ".join(names.name(code) for code in codes)),
        ("Source", find_voice(claim, article)),
        ("Published", tell_published(article)),
        ("Document", f"{claim.document}, article {claim.article}"),
        (
            "Repeats",
            "" if original == (claim.document, claim.article) else f"{original[0]}, article {original[1]}",
        ),
        ("Confidence", f"{claim.confidence:.2f}"),
    )
    rows = tuple(
        (slot, value + (" (judged)" if slot in corrected else ""), _find_words(document, claim, slot))
        for slot, value in _iter_values(claim)
        if value or slot in corrected
    )
    bearing = find_bearing(weighed, (key,))
    sections = (
        Section("Values", table=Table("", _SLOTS, rows)),
        *((Section("Judged by people", table=tabulate_judgements(bearing, "")),) if bearing else ()),
        Section("Words", excerpts=(cut_excerpt(document, claim),)),
    )
    title = tell_kind(claim.type, claim.stage, claim.status, claim.subject)
    return Pages(title, tuple((label, value) for label, value in facts if value), sections)


def _iter_values(claim: Claim) -> Iterator[tuple[str, str]]:
    """Slots and their values as shown; empty for none."""
    yield "type", claim.type.value
    yield "stage", claim.stage.value if claim.stage else ""
    yield "plover", claim.plover.value
    yield "actors", tell_actors(claim.actors)
    yield "agents", ", ".join(claim.agents)
    yield "subject", claim.subject or ""
    yield "place", ", ".join(claim.place)
    yield "when", to_short_when(claim.when)
    yield "status", claim.status.value
    yield "attributed_to", claim.attributed_to or ""
    yield "via", ", ".join(claim.via)
    yield "recurrence", claim.recurrence or ""
    yield "quantities", "; ".join(to_amount(quantity) for quantity in claim.quantities)


def _find_words(document: Document, claim: Claim, slot: str) -> str:
    """The words of the document behind a slot, each once."""
    cut = (" ".join(span.cut(document.text).split()) for span in claim.spans.get(slot, ()))
    return "; ".join(f"“{words}”" for words in dict.fromkeys(cut))
