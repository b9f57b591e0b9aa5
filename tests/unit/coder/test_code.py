"""From an article to its claims, end to end. The texts were written for Foedus."""

from dataclasses import replace
from datetime import date

import pytest

from foedus.codebook import load_codebook
from foedus.coder import code_article
from foedus.coder.code import pick_deeds
from foedus.coder.encoder import NONE
from foedus.coder.write import bound
from foedus.errors import InputError
from foedus.model.actor import Role
from foedus.model.claim import ClaimType, Stage, Status
from foedus.model.when import Basis, Precision, When


@pytest.fixture
def code(make_text_article):
    def code_text(text, **options):
        document, article = make_text_article(text, **options)
        claims = code_article(document, article, load_codebook())
        assert all(claim.evidence.cut(text) == claim.quote for claim in claims)
        return claims

    return code_text


def test_a_signed_agreement(code):
    (claim,) = code("Kenya and Ethiopia signed a defence cooperation agreement in Addis Ababa on 4 May 2021.")
    assert (claim.type, claim.stage, claim.status) == (ClaimType.AGREEMENT, Stage.SIGNED, Status.HAPPENED)
    assert {(a.code, a.role) for a in claim.actors} == {("KEN", Role.BOTH), ("ETH", Role.BOTH)}
    assert claim.place == ("Addis Ababa",)
    assert claim.when is not None and claim.when.first == claim.when.last == date(2021, 5, 4)


def test_a_delivery_has_a_source_and_a_target(code):
    (claim,) = code("France delivered four patrol boats to Senegal last month.")
    assert claim.type is ClaimType.TRANSFER
    assert {a.code: a.role for a in claim.actors} == {"FRA": Role.SOURCE, "SEN": Role.TARGET}
    assert [q.value for q in claim.quantities] == [4]


def test_nobody_named_before_does_what_a_named_one_does(code):
    claims = code(
        "Pakistan and Saudi Arabia signed a Strategic Mutual Defence Agreement in Riyadh on Wednesday.\n\n"
        "Pakistani troops have been stationed in the kingdom since the 1960s, and Pakistan has trained thousands "
        "of Saudi soldiers.\n\n"
        "India said that it would study the implications of the agreement for its national security.\n\n"
        "The signing came a week after Israel struck Hamas leaders in Doha, an attack that Gulf states condemned."
    )
    (strike,) = [claim for claim in claims if claim.type is ClaimType.CLASH]
    assert {actor.code for actor in strike.actors if actor.role is not Role.TARGET} == {"ISR"}


def test_a_deed_has_two_sides(code):
    (claim,) = code(
        "For the purchase of Bangladeshi armoured trucks, said Nepal's ministry, no date was set."
    )
    assert {actor.code: actor.role for actor in claim.actors} == {"BGD": Role.SOURCE, "NPL": Role.TARGET}


def test_who_stand_side_by_side_stand_on_one_side(code):
    (claim,) = code("France and Spain delivered four patrol boats to the coast guard.")
    assert {actor.code: actor.role for actor in claim.actors} == {"FRA": Role.SOURCE, "ESP": Role.SOURCE}


def test_who_holds_an_exercise_is_not_where_it_is_held(code):
    (claim,) = code("The joint exercise between Peru and Chile was held in Lima in May 2019.")
    assert claim.place == ("Lima",)


def test_a_currency_is_no_actor(code):
    claims = code("Poland bought 180 tanks from South Korea for 3.4 billion U.S. dollars.")
    assert claims
    assert all(actor.code != "USA" for claim in claims for actor in claim.actors)


def test_a_speaker_is_named(code):
    claims = code('"We condemn the attack on our soldiers," Ugandan President Yoweri Museveni said.')
    assert claims
    assert {claim.attributed_to for claim in claims} == {"Yoweri Museveni"}


@pytest.mark.parametrize("name", ["Jan Berg", "Ursula von der Leyen", "Faisal bin Salman"])
def test_who_tells_of_a_deed_takes_no_part_in_it(code, name):
    (claim,) = code(
        "Chile and Peru will hold the exercise Quiet Sea with more than 1,000 troops, "
        f"German Defence Minister {name} said on Tuesday."
    )
    assert {actor.code for actor in claim.actors} == {"CHL", "PER"}
    assert claim.attributed_to == name


@pytest.mark.parametrize(
    "text",
    [
        "Kenya has bought six helicopters from Italy, the Kenyan army said on Monday.",
        "On Monday the ministry said that Sweden and Finland had signed an agreement on air defence.",
    ],
)
def test_when_a_deed_is_told_is_not_when_it_is_done(code, text):
    (claim,) = code(text)
    assert claim.when is None


def test_a_deed_keeps_its_day_in_what_somebody_says(code):
    (claim,) = code("The army said that Kenya and Uganda signed a treaty on border security on 4 May 2021.")
    assert claim.when is not None
    assert claim.when.first == date(2021, 5, 4)


def test_words_that_hang_together_tell_one_deed(code):
    claims = code("The navies of Peru and Chile carried out a joint exercise in the Pacific in May 2019.")
    assert [claim.type for claim in claims] == [ClaimType.EXERCISE]


def test_a_blow_and_whom_it_hit_are_one_deed_and_what_the_other_side_did_is_another(code):
    (claim,) = code(
        "Eritrean artillery shelled the town of Badme on Monday, killing twelve Ethiopian soldiers."
    )
    assert claim.type is ClaimType.CLASH
    claims = code(
        "Eritrean artillery shelled the town of Badme on Monday, and Ethiopian troops fired on Eritrean posts."
    )
    assert [claim.type for claim in claims] == [ClaimType.CLASH, ClaimType.CLASH]


@pytest.mark.parametrize(
    ("denial", "speaker"),
    [
        ("General Issa Moussa denied this.", "Issa Moussa"),
        ("The defence ministry in Khartoum has rejected the allegation.", None),
    ],
)
def test_a_denial_of_what_was_told_is_the_deed_denied(code, denial, speaker):
    told, denied = code(f"Sudanese artillery shelled the Chadian town of Tine on Monday. {denial}")
    assert (told.type, denied.type) == (ClaimType.CLASH, ClaimType.CLASH)
    assert (told.status, denied.status) == (Status.HAPPENED, Status.DENIED)
    assert denied.actors == told.actors
    assert denied.quote in denial
    assert speaker is None or denied.attributed_to == speaker


def test_a_report_is_not_denied_by_a_denial_that_follows_it(code):
    told, denied = code(
        "Officials said in Khartoum that Chad had shipped arms to the rebels in May; Chad has always denied it."
    )
    assert (told.type, denied.type) == (ClaimType.TRANSFER, ClaimType.TRANSFER)
    assert (told.status, denied.status) == (Status.HAPPENED, Status.DENIED)


def test_to_reject_an_offer_is_to_refuse_it(code):
    claims = code(
        "Turkey offered to send a battalion of peacekeepers to Georgia in May. Georgia rejected this."
    )
    (refused,) = (claim for claim in claims if "rejected" in claim.quote)
    assert refused.type is ClaimType.REFUSAL
    assert refused.status is not Status.DENIED


@pytest.mark.parametrize("denial", ["dismissed reports that it had delivered", "denied having delivered"])
def test_what_somebody_denies_is_denied(code, denial):
    claims = code(f"Kenya {denial} ten armoured vehicles to Burundi in May 2019.")
    assert {c.status for c in claims if c.type is ClaimType.TRANSFER} == {Status.DENIED}


def test_a_pact_keeps_the_name_that_it_was_given(code):
    claims = code(
        "Peru and Chile signed an agreement on mutual logistic support in Lima on 4 May 2019.\n\n"
        "The Chilean Senate ratified the agreement on 6 June 2020."
    )
    subjects = [claim.subject for claim in claims if claim.type is ClaimType.AGREEMENT]
    assert subjects == ["agreement on mutual logistic support"] * 2


@pytest.mark.parametrize(
    ("signed", "delivery", "told"),
    [
        (0.9, 0.2, ["sign"]),
        (0.9, 0.4, ["sign", "delivery"]),
        (0.1, 0.2, ["delivery"]),
    ],
)
def test_a_doubtful_deed_is_told_alone_but_not_beside_a_surer_one(
    read_lines, monkeypatch, signed, delivery, told
):
    (line,) = read_lines("Kenya and Ethiopia signed a pact that provides for the delivery of aircraft.")
    shares = {"sign": {"agreement": signed}, "delivery": {"transfer": delivery, "aid": 0.15}}

    def weigh(line, modality):
        for candidate in line.candidates:
            likely = shares.get(candidate.lemma, {})
            yield candidate, {NONE: 1.0 - sum(likely.values()), **likely}

    monkeypatch.setattr("foedus.coder.code.weigh_types", weigh)
    deeds = pick_deeds(line, {})
    assert [deed.candidate.lemma for deed in deeds] == told


def test_a_meeting_stays_where_and_when_it_was(code):
    claims = code(
        "The defence ministers of Peru and Chile met in Lima on 4 May 2019.\n\n"
        "The two ministers discussed joint patrols."
    )
    talks = [claim for claim in claims if claim.type is ClaimType.CONSULTATION]
    assert len(talks) == 2
    assert talks[1].place == ("Lima",)
    assert talks[1].when is not None and talks[1].when.basis is Basis.INFERRED
    assert talks[1].when.first == date(2019, 5, 4)


def test_editions_of_an_exercise_are_claims_of_their_own(code):
    claims = code(
        "Joint military exercises of Chile and Peru (Coastal Watch-2006/2011, Anvil-2009) were held at sea.",
        published=date(2012, 1, 1),
    )
    named = {c.subject: c.when.first.year for c in claims if c.type is ClaimType.EXERCISE and c.when}
    assert named == {"Coastal Watch-2006": 2006, "Coastal Watch-2011": 2011, "Anvil-2009": 2009}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("every year since 2004 and every second year since 2008", {("P1Y", 2004), ("P2Y", 2008)}),
        ("annually from 2004 to 2010 and biennially since 2011", {("P1Y", 2004), ("P2Y", 2011)}),
        ("annually since 2004, but every three years since 2012", {("P1Y", 2004), ("P3Y", 2012)}),
        ("annually or biennially", {("P1Y", None)}),
        ("every year since 2004", {("P1Y", 2004)}),
    ],
)
def test_recurrences_that_are_set_side_by_side_are_claims_of_their_own(code, words, told):
    claims = code(f"The navies of Chile and Peru have held the Coastal Watch naval exercise {words}.")
    found = [(c.recurrence, c.when and c.when.first.year) for c in claims if c.type is ClaimType.EXERCISE]
    assert len(found) == len({*found})
    assert {*found} == told
    assert len({c.id for c in claims}) == len(claims)


def test_recurrences_of_two_things_stay_apart(code):
    claims = code(
        "Chile and Peru hold the Coastal Watch exercise every year and hold the Anvil exercise every second year."
    )
    assert all((c.recurrence == "P1Y") == ("Coastal" in (c.subject or "")) for c in claims if c.recurrence)


def test_a_headline_that_the_body_repeats_is_no_claim(code):
    title = "Kenya and Ethiopia sign defence agreement"
    text = f"{title}\n\nKenya and Ethiopia signed a defence cooperation agreement on Tuesday."
    assert len(code(text, title=title)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The weather in the capital stayed mild, and the market opened as usual.",
        "The club signed a striker from a rival team for the new season.",
        "",
    ],
)
def test_ordinary_news_makes_no_claims(code, text):
    assert code(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 5000,
        "KENYA AND ETHIOPIA SIGN PACT. " * 40,
        "Kenya, Peru, Chad, Fiji, Oman; " * 200,
        "(((((((((((((" * 200,
        "кириллица и другие знаки " * 50,
        "K e n y a s i g n e d 1 l l e g i b l e 0CR n0ise",
        "\u202e\u200b\u00ad Kenya\u200b signed\u00ad \u202ea treaty with Chad.",
    ],
)
def test_odd_text_is_coded_without_an_error(code, text):
    for claim in code(text):
        assert claim.quote


def test_the_same_text_gives_the_same_claims(code):
    text = "France delivered four patrol boats to Senegal. Mali rejected the offer of the two countries."
    assert code(text) == code(text)


def test_every_slot_that_is_filled_has_its_words(code):
    (claim,) = code("Kenya and Ethiopia signed a defence cooperation agreement in Addis Ababa on 4 May 2021.")
    assert set(claim.spans) >= {"actors", "status", "stage", "subject", "place", "when"}


def test_a_language_without_analyser_is_told(make_text_article):
    document, article = make_text_article("Кенія та Ефіопія підписали угоду.")
    with pytest.raises(InputError, match="language 'uk'"):
        code_article(document, replace(article, language="uk"), load_codebook())


def test_a_thing_planned_from_a_month_on_has_no_end(code):
    (claim,) = (
        claim
        for claim in code(
            "From July 2022 Kenyan officers will train cadets of Uganda at the academy in Nakuru."
        )
        if claim.type is ClaimType.TRAINING
    )
    assert (claim.when.first, claim.when.last) == (date(2022, 7, 1), None)


@pytest.mark.parametrize(
    ("status", "first", "last", "bounds"),
    [
        (Status.PLANNED, None, date(2022, 9, 30), (date(2022, 5, 4), date(2022, 9, 30))),
        (Status.PLANNED, None, date(2021, 9, 30), (None, date(2021, 9, 30))),
        (Status.HAPPENED, date(2020, 1, 1), None, (date(2020, 1, 1), date(2022, 5, 4))),
        (Status.HAPPENED, None, date(2020, 1, 1), (None, date(2020, 1, 1))),
        (Status.ONGOING, date(2020, 1, 1), None, (date(2020, 1, 1), None)),
        (Status.ONGOING, date(2022, 5, 2), date(2022, 5, 2), (date(2022, 5, 2), None)),
        (Status.ONGOING, date(2022, 1, 1), date(2022, 12, 31), (date(2022, 1, 1), date(2022, 12, 31))),
    ],
)
def test_a_time_ends_where_the_day_of_publication_bounds_it(status, first, last, bounds):
    published = When(date(2022, 5, 4), date(2022, 5, 4), Precision.DAY, None, Basis.METADATA)
    found = bound(When(first, last, Precision.DAY, "said so", Basis.STATED), status, published)
    assert (found.first, found.last) == bounds
    assert bound(found, status, None) == found


def test_a_thing_that_dates_from_a_year_is_of_that_year(code):
    claims = code("Kenya and Uganda ratified the defence agreement from 2015 in Nairobi on Monday.")
    assert claims
    assert all(claim.when is None or claim.when.last is not None for claim in claims)


def test_an_office_without_a_name_and_a_drill_are_no_agents(code):
    claims = code(
        'The Minister of Defence of Ghana opened the exercise "Volta Shield" with the Togolese Navy on Monday.'
    )
    agents = {agent for claim in claims for agent in claim.agents}
    assert agents
    assert not agents & {"Minister", "Volta Shield"}
