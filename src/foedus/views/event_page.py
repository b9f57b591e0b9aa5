"""One event opened: values, life, every claim with its words, why they are one, and what sources disagree on."""

from collections.abc import Mapping

from foedus.ledger import Ledger, Wanted
from foedus.matching import Correction, explain_joins
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.chronology import tell_actors
from foedus.views.cite import Citer
from foedus.views.dossier import tell_conflicts
from foedus.views.excerpts import cut_excerpt
from foedus.views.grading import find_letter, grade_information, tell_digit
from foedus.views.judged import find_bearing, tabulate_judgements, weigh_ledger
from foedus.views.sentences import find_voice
from foedus.views.shapes import Column, Pages, Section, Table
from foedus.views.sources import ArticleKey, Sources, load_sources
from foedus.views.wording import tell_published, to_likelihood, to_short_when

_CLAIMS = (
    Column("claim"),
    Column("when", max_chars=14),
    Column("status"),
    Column("source", weight=1),
    Column("published"),
    Column("conf."),
    Column("independent"),
    Column("grade"),
)
_JOINS = (Column("claim"), Column("is one with"), Column("weight"), Column("because", weight=1))
_STAGES = (Column("stage"), Column("when", max_chars=14), Column("claims"))


def describe_event(ledger: Ledger, names: ActorNames, id_or_start: str) -> Pages:
    """The event of this id, or of the only id that begins so.

    Raises:
        LedgerError: No event, or more than one, has such an id.
    """
    event = ledger.event(id_or_start)
    found = ledger.claims(event.claims)
    claims = [found[key] for key in event.claims if key in found]
    sources = load_sources(ledger, claims)
    weighed = weigh_ledger(ledger)
    is_disputed = next(iter(ledger.iter_conflicts(event=event.id)), None) is not None
    digit = grade_information(event, claims, sources, is_disputed=is_disputed)
    documents: dict[str, Document] = {}
    told: set[ArticleKey] = set()
    rows = []
    excerpts = []
    for claim in claims:
        article = sources.article_of(claim)
        original = sources.original_of(claim)
        rows.append(
            (
                claim.id,
                to_short_when(claim.when) + _mark(weighed.corrected, claim.id, "when"),
                claim.status.value + _mark(weighed.corrected, claim.id, "status"),
                find_voice(claim, article),
                tell_published(article),
                f"{claim.confidence:.2f}",
                _tell_independence(original, (claim.document, claim.article), told),
                f"{find_letter(weighed, article.publisher if article else None) or 'F'}{digit}",
            )
        )
        told.add(original)
        document = documents.setdefault(claim.document, ledger.document(claim.document))
        excerpts.append(cut_excerpt(document, claim))
    citer = Citer(weighed)
    doubts = tell_conflicts(ledger, (event,), citer)
    stages = tuple((step.stage.value, to_short_when(step.when), len(step.claims)) for step in event.stages)
    judged = find_bearing(weighed, event.claims)

    def mark(slot: str, words: str) -> str:
        return words + _mark(weighed.events, event.id, slot)

    codes = dict.fromkeys(actor.code for actor in event.actors)
    facts = (
        ("Event", event.id),
        ("Actors", mark("actors", ", ".join(names.name(code) for code in codes))),
        ("Roles", tell_actors(event.actors)),
        ("When", mark("when", to_short_when(event.when))),
        ("Status", mark("status", event.status.value)),
        ("Stage", mark("stage", event.stage.value.replace("_", " ") if event.stage else "")),
        ("Sources", f"{event.sources} independent, {len(claims)} claims"),
        ("Confidence", _tell_confidence(event)),
        ("Information", tell_digit(digit)),
    )
    title = event.type.value.replace("_", " ").capitalize() + (f": {event.subject}" if event.subject else "")
    title += _mark(weighed.events, event.id, "subject")
    sections = (
        *((Section("Life", table=Table("", _STAGES, stages)),) if stages else ()),
        Section("Claims", table=Table("", _CLAIMS, tuple(rows))),
        *_explain(ledger, event, sources),
        *((Section("Sources disagree", sentences=doubts),) if doubts else ()),
        *((Section("Judged by people", table=tabulate_judgements(judged, "")),) if judged else ()),
        Section("Words", excerpts=tuple(excerpts)),
    )
    return Pages(title, tuple((label, value) for label, value in facts if value), sections, citer.list())


def _tell_confidence(event: Event) -> str:
    if event.confidence is None:
        return ""
    return f"{event.confidence:.2f}, {to_likelihood(event.confidence)}"


def _explain(ledger: Ledger, event: Event, sources: Sources) -> tuple[Section, ...]:
    """Why these claims are one event; nothing for one claim."""
    if len(event.claims) < 2:
        return ()
    documents = sorted({document for document, _ in sources.articles})
    claims = [claim for name in documents for claim in ledger.iter_claims(Wanted(document=name))]
    joins = explain_joins(event, claims, tuple(sources.articles.values()), ledger.reprints())
    rows = tuple(
        (
            join.claim,
            join.other,
            "" if join.weight is None else f"{join.weight:+.1f}",
            "; ".join(join.reasons),
        )
        for join in joins
    )
    return (Section("Why one event", table=Table("", _JOINS, rows)),)


def _mark(corrected: Mapping[str, tuple[Correction, ...]], id: str, slot: str) -> str:
    """`` (judged)`` behind a value that people set."""
    return " (judged)" if any(item.slot == slot for item in corrected.get(id, ())) else ""


def _tell_independence(original: ArticleKey, own: ArticleKey, told: set[ArticleKey]) -> str:
    if original != own:
        return "reprint"
    return "same source" if original in told else "yes"
