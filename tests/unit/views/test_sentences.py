from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.model.claim import AGREEMENT_STAGES, TRANSFER_STAGES, Bound, ClaimType, Plover, Quantity, Status
from foedus.model.when import Basis, Precision, When
from foedus.views.actors import ActorNames
from foedus.views.data_files import load_data
from foedus.views.sentences import find_voice, tell_claim

BOTH = [("NOR", "both"), ("SWE", "both")]
DONE_TO = [("USA", "source"), ("JOR", "target")]


def when(first, last, precision="day"):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return When(*days, Precision(precision), None, Basis.STATED)


@pytest.fixture(scope="module")
def names():
    return ActorNames(load_codebook())


@pytest.fixture
def tell(names, make_claim):
    def tell(kind, *, voices=("The Paper",), **slots):
        kind, _, stage = kind.partition("/")
        slots = {"plover": "COOPERATE", "stage": stage or None, "type": kind, **slots}
        return tell_claim(make_claim(**slots), names, voices=voices, published=date(2020, 1, 1))

    return tell


CASES = [
    (
        "agreement/signed",
        {"actors": BOTH, "subject": "defence cooperation plan", "when": when("2012-10-23", "2012-10-23")},
        "Norway and Sweden signed a defence cooperation plan on 23 October 2012, according to The Paper.",
    ),
    (
        "agreement/negotiated",
        {"status": "proposed", "actors": BOTH, "subject": "air defence", "voices": ("A", "B")},
        "A proposal would have Norway and Sweden negotiate an agreement on air defence, "
        "according to A and B.",
    ),
    (
        "agreement/proposed",
        {"status": "proposed", "actors": [("NOR", "source"), ("SWE", "target")]},
        "Norway proposed an agreement with Sweden, according to The Paper.",
    ),
    (
        "agreement/ratified",
        {"actors": [("NOR", "source"), ("SWE", "target")], "subject": "Treaty on Mutual Security"},
        "Norway ratified the Treaty on Mutual Security with Sweden, according to The Paper.",
    ),
    (
        "agreement/cited",
        {"actors": BOTH, "subject": "the 1990 treaty"},
        "Norway and Sweden have the 1990 treaty, according to The Paper.",
    ),
    (
        "agreement/in_force",
        {"actors": [], "status": "planned", "when": when("2021-01-01", "2021-12-31", "year")},
        "An agreement is to be put into force in 2021, according to The Paper.",
    ),
    (
        "exercise",
        {
            "actors": BOTH,
            "subject": "Cold Wind-2011",
            "place": ("Bodø",),
            "when": when("2011-09-16", "2011-09-22"),
            "quantities": (Quantity(12000, None, None, "troops", Bound.MIN, False),),
        },
        "Norway and Sweden held the exercise Cold Wind-2011 in Bodø from 16 to 22 September 2011 "
        "(at least 12,000 troops), according to The Paper.",
    ),
    (
        "exercise",
        {
            "actors": BOTH,
            "subject": "Cold Wind",
            "status": "ongoing",
            "recurrence": "P2Y",
            "when": when("2009-01-01", None, "year"),
        },
        "Norway and Sweden have held the exercise Cold Wind every second year since 2009, "
        "according to The Paper.",
    ),
    (
        "exercise",
        {"actors": BOTH, "status": "denied", "when": when("2019-09-01", "2019-09-30", "month")},
        "Norway and Sweden did not hold a military exercise in September 2019, according to The Paper.",
    ),
    ("exercise", {"actors": [], "subject": "drills"}, "Drills were held, according to The Paper."),
    (
        "training",
        {"actors": DONE_TO, "subject": "border guards", "status": "ongoing"},
        "The United States runs training (“border guards”) for Jordan, according to The Paper.",
    ),
    (
        "deployment",
        {"plover": "MOBILIZE", "actors": DONE_TO, "subject": "Patriot systems", "status": "denied"},
        "The United States has not deployed Patriot systems involving Jordan, according to The Paper.",
    ),
    (
        "deployment",
        {"plover": "RETREAT", "actors": [("USA", "source")], "subject": "2,500 troops", "status": "planned"},
        "The United States plans to withdraw 2,500 troops, according to The Paper.",
    ),
    (
        "transfer/ordered",
        {
            "actors": DONE_TO,
            "subject": "tanks",
            "quantities": (Quantity(140, None, None, "tanks", None, True),),
        },
        "Jordan ordered tanks from the United States (about 140 tanks), according to The Paper.",
    ),
    (
        "transfer/negotiated",
        {"actors": DONE_TO, "subject": "air defence system", "status": "possible"},
        "The United States may negotiate the supply of an air defence system to Jordan, "
        "according to The Paper.",
    ),
    (
        "transfer/delivered",
        {"actors": DONE_TO, "status": "possible", "when": when("2019-01-01", "2019-12-31", "year")},
        "The United States may have delivered arms to Jordan in 2019, according to The Paper.",
    ),
    (
        "funding",
        {
            "actors": DONE_TO,
            "subject": "joint depots",
            "quantities": (Quantity(2e7, None, "USD", None, None, True),),
        },
        "The United States allocated about USD 20 million to Jordan for joint depots, "
        "according to The Paper.",
    ),
    (
        "consultation",
        {
            "actors": BOTH,
            "subject": "regional security",
            "place": ("Oslo",),
            "when": when("2017-03-01", "2017-03-31", "month"),
        },
        "Norway and Sweden held talks on regional security in Oslo in March 2017, according to The Paper.",
    ),
    (
        "consultation",
        {"actors": BOTH, "subject": "session of the joint board"},
        "Norway and Sweden held a session of the joint board, according to The Paper.",
    ),
    (
        "membership",
        {"actors": [("NOR", "source"), ("NATO", "target")], "status": "ongoing"},
        "Norway belongs to NATO, according to The Paper.",
    ),
    (
        "appeal",
        {
            "plover": "REQUEST",
            "actors": [("NOR", "source"), ("SWE", "target")],
            "quote": "Our armies should train more.",
        },
        "According to The Paper, Norway appealed to Sweden: “Our armies should train more.”",
    ),
    (
        "accusation",
        {
            "plover": "ACCUSE",
            "actors": [("NOR", "source"), ("SWE", "target")],
            "quote": "massing troops at the border",
        },
        "According to The Paper, Norway criticised Sweden: “… massing troops at the border”.",
    ),
    (
        "threat",
        {
            "plover": "THREATEN",
            "actors": [("NOR", "source")],
            "quote": "We will answer!",
            "status": "planned",
        },
        "According to The Paper, Norway warned: “We will answer!”",
    ),
    (
        "refusal",
        {"plover": "REJECT", "actors": [], "quote": "No deal was reached"},
        "According to The Paper, a refusal was made: “No deal was reached”.",
    ),
    (
        "clash",
        {
            "plover": "ASSAULT",
            "actors": [("NOR", "source"), ("ORG:SEA_WOLVES", "target")],
            "when": when("2016-10-01", "2016-10-10", "month"),
        },
        "Norway attacked SEA WOLVES in early October 2016, according to The Paper.",
    ),
    (
        "clash",
        {"plover": "ASSAULT", "actors": [("NOR", "target")]},
        "Norway was attacked, according to The Paper.",
    ),
    (
        "relations",
        {
            "actors": BOTH,
            "status": "ongoing",
            "quote": "remain the closest of allies",
            "voices": ("A", "B", "C", "D"),
        },
        "A, B and 2 others on relations between Norway and Sweden: “… remain the closest of allies”.",
    ),
    (
        "joint_force",
        {"actors": BOTH, "status": "planned", "when": when("2027-01-01", None, "year")},
        "Norway and Sweden plan to set up a joint force from 2027, according to The Paper.",
    ),
    (
        "joint_force",
        {"actors": BOTH, "status": "ongoing", "subject": "regional grouping of troops"},
        "Norway and Sweden run a regional grouping of troops, according to The Paper.",
    ),
    (
        "industry",
        {
            "actors": [],
            "agents": ("Acme", "Berg & Co"),
            "status": "planned",
            "subject": "joint production of drones",
        },
        "Acme and Berg & Co plan to work on joint production of drones, according to The Paper.",
    ),
]


@pytest.mark.parametrize(("kind", "slots", "sentence"), CASES)
def test_claims_read_like_news_that_takes_no_side(tell, kind, slots, sentence):
    assert tell(kind, **slots) == sentence


def list_kinds():
    for kind in ClaimType:
        stages = {ClaimType.AGREEMENT: AGREEMENT_STAGES, ClaimType.TRANSFER: TRANSFER_STAGES}.get(
            kind, (None,)
        )
        for stage in stages:
            yield f"{kind.value}/{stage.value}" if stage else kind.value


@pytest.mark.parametrize("kind", [*list_kinds()])
def test_every_claim_can_be_told_whatever_it_leaves_open(tell, kind):
    for status in Status:
        for plover in (Plover.COOPERATE, Plover.SUPPORT, Plover.AGREE, Plover.REJECT, Plover.RETREAT):
            for actors in ([], BOTH, DONE_TO, [("NOR", "target")]):
                for subject in (None, "joint centre", "Cold Wind", "“Cold Wind”"):
                    text = tell(kind, status=status, plover=plover, actors=actors, subject=subject)
                    assert text[0].isupper() or text[0] in "“"
                    assert text.endswith((".", "”"))
                    assert "  " not in text
                    assert "{" not in text
                    assert " ," not in text
                    assert "The Paper" in text


def test_every_type_has_its_pattern():
    patterns = load_data("sentences")["types"]
    assert set(patterns) == {kind.value for kind in ClaimType}
    stages = {stage.value for stage in (*AGREEMENT_STAGES, *TRANSFER_STAGES)}
    roots = {root.value for root in Plover}
    for kind, pattern in patterns.items():
        for forms in (pattern.get("verbs", {}), pattern.get("ongoing", {})):
            assert set(forms) <= {"default"} | stages | roots, kind
            assert {len(form) for form in forms.values()} <= {4, 5}, kind


def test_many_parties_are_counted(tell):
    actors = [(code, "both") for code in ("NOR", "SWE", "FIN", "DNK", "ISL", "EST", "LVA")]
    assert tell("exercise", actors=actors).startswith("Norway, Sweden, Finland, Denmark and 3 others held")


def test_a_long_quote_is_cut_between_words(tell):
    text = tell("relations", actors=BOTH, quote="Word " * 100)
    assert text.endswith("Word …”.")
    assert len(text) < 360


def test_who_says_it(make_claim, make_article):
    article = make_article(publisher="The Paper")
    unnamed = make_article(publisher=None, published=date(2020, 5, 1))
    assert find_voice(make_claim(), article) == "The Paper"
    assert find_voice(make_claim(), unnamed) == "an article of 1 May 2020"
    assert find_voice(make_claim(), make_article(publisher=None, published=None)) == "an undated article"
    assert find_voice(make_claim(attributed_to="Ola Nordmann"), article) == "Ola Nordmann"
    assert find_voice(make_claim(attributed_to="Defence Ministry"), article) == "the Defence Ministry"
    assert (
        find_voice(make_claim(attributed_to="Norway's Defence Ministry"), article)
        == "Norway's Defence Ministry"
    )
    assert (
        find_voice(make_claim(attributed_to="officials", via=("Wire", "Daily")), article)
        == "officials, as quoted by Wire"
    )
