from foedus.codebook import load_codebook
from foedus.ledger import Derived, Facts, open_ledger
from foedus.model.event import Event
from foedus.views.actors import ActorNames
from foedus.views.event_rows import load_rows


def test_those_that_it_is_done_to_come_last(tmp_path, make_claim, make_article, make_document):
    actors = [("ISR", "source"), ("EGY", "target"), ("FRA", "source"), ("JOR", "target"), ("GBR", "both")]
    claim = make_claim("a.txt", actors=actors)
    facts = Facts("a.txt", "/in", "1", make_document("a.txt"), (make_article("a.txt"),), (claim,))
    event = Event("e-1", claim.type, (claim.id,), claim.actors, None, None, claim.status, claim.stage, 1)
    with open_ledger(tmp_path / "l.db") as ledger:
        ledger.write_facts([facts], version="1")
        ledger.write_derived(Derived(events=(event,)))
        (row,) = load_rows(ledger, ActorNames(load_codebook()), ["e-1"])
    assert [party.code for party in row.parties] == ["ISR", "FRA", "GBR", "EGY", "JOR"]
