"""One event opened: values, life, every claim with its words, why they are one, and what sources disagree on."""

from foedus.ledger import Ledger, Wanted
from foedus.matching import explain_joins
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.chronology import tell_actors
from foedus.views.cite import Citer
from foedus.views.dossier import tell_conflicts
from foedus.views.excerpts import cut_excerpt
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
                to_short_when(claim.when),
                claim.status.value,
                find_voice(claim, article),
                tell_published(article),
                f"{claim.confidence:.2f}",
                _tell_independence(original, (claim.document, claim.article), told),
            )
        )
        told.add(original)
        document = documents.setdefault(claim.document, ledger.document(claim.document))
        excerpts.append(cut_excerpt(document, claim))
    citer = Citer()
    doubts = tell_conflicts(ledger, (event,), citer)
    stages = tuple((step.stage.value, to_short_when(step.when), len(step.claims)) for step in event.stages)
    facts = (
        ("Event", event.id),
        ("Actors", ", ".join(names.name(code) for code in dict.fromkeys(a.code for a in event.actors))),
        ("Roles", tell_actors(event.actors)),
        ("When", to_short_when(event.when)),
        ("Status", event.status.value),
        ("Stage", event.stage.value.replace("_", " ") if event.stage else ""),
        ("Sources", f"{event.sources} independent, {len(claims)} claims"),
        ("Confidence", _tell_confidence(event)),
    )
    title = event.type.value.replace("_", " ").capitalize() + (f": {event.subject}" if event.subject else "")
    sections = (
        *((Section("Life", table=Table("", _STAGES, stages)),) if stages else ()),
        Section("Claims", table=Table("", _CLAIMS, tuple(rows))),
        *_explain(ledger, event, sources),
        *((Section("Sources disagree", sentences=doubts),) if doubts else ()),
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


def _tell_independence(original: ArticleKey, own: ArticleKey, told: set[ArticleKey]) -> str:
    if original != own:
        return "reprint"
    return "same source" if original in told else "yes"
