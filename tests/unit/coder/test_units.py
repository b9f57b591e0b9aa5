"""Who is meant: people, bodies, and words that stand for them. The texts were written for Foedus."""


def found(line, kind=None):
    return [(line.words(u.first, u.last), u.codes, u.agent) for u in line.units if kind in (None, u.kind)]


def test_a_title_with_a_state_gives_the_person_its_code(read_lines):
    (line,) = read_lines("Kenyan Defence Minister Aden Duale opened the range.")
    assert found(line, "person") == [("Kenyan Defence Minister Aden Duale", ("KEN",), "Aden Duale")]


def test_a_surname_later_on_is_the_same_person(read_lines):
    lines = read_lines("Kenyan Defence Minister Aden Duale opened the range. Later Duale flew home.")
    assert found(lines[1], "person")[0][1:] == (("KEN",), "Aden Duale")


def test_he_is_the_person_named_last(read_lines):
    lines = read_lines("Peruvian Defence Minister Jorge Chávez spoke first. He praised the crews.")
    assert ("He", ("PER",), "Jorge Chávez") in found(lines[1], "pronoun")


def test_an_apposition_gives_the_code(read_lines):
    (line,) = read_lines("Aden Duale, the Kenyan defence minister, arrived on Monday.")
    assert found(line, "person")[0][1] == ("KEN",)


def test_the_two_countries_are_the_pair_named_before(read_lines):
    lines = read_lines("Ghana and Togo held talks in Lomé. The two countries agreed to meet again.")
    assert ("countries", ("GHA", "TGO"), None) in found(lines[1], "plural")


def test_both_sides_inside_one_sentence(read_lines):
    (line,) = read_lines("Fiji and Tonga said that both sides would send observers.")
    assert ("sides", ("FJI", "TON"), None) in found(line, "plural")


def test_a_body_takes_the_code_of_its_adjective(read_lines):
    (line,) = read_lines("The Norwegian Coast Guard took part in the search.")
    assert ("Norwegian Coast Guard", ("NOR",), "Norwegian Coast Guard") in found(line, "body")


def test_the_alliance_is_the_organisation_named_before(read_lines):
    lines = read_lines("NATO will send two ships. The alliance has not said when.")
    assert ("alliance", ("NATO",), None) in found(lines[1], "office")


def test_we_is_whoever_speaks(read_lines):
    (line,) = read_lines('"We will train with neighbours," said Ghanaian Defence Minister Dominic Nitiwul.')
    assert ("We", ("GHA",), None) in found(line, "speaker")


def test_a_state_is_no_person(read_lines):
    (line,) = read_lines("Jordan thanked Chad for its help.")
    assert found(line, "person") == []


def test_a_name_of_a_place_is_no_body(read_lines):
    (line,) = read_lines("The soldiers landed at Villa Hayes in Paraguay.")
    assert "Villa Hayes" not in [agent for _, _, agent in found(line)]


def test_an_office_with_its_states_name_is_its_holders(read_lines):
    lines = read_lines(
        "Kenyan President William Ruto met Ugandan President Yoweri Museveni. The Kenyan President smiled."
    )
    assert [(unit.agent, unit.codes) for unit in lines[1].units if unit.kind == "office"] == [
        ("William Ruto", ("KEN",))
    ]
    lines = read_lines("Kenyan President William Ruto spoke. The Ugandan President listened.")
    assert not any(unit.kind == "office" for unit in lines[1].units)
