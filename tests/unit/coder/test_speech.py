"""Who says it. The texts were written for Foedus."""


def speaker(line, word):
    index = next(t.index for t in line.sentence.tokens if t.text == word)
    speech = line.speech_of(index)
    return None if speech is None else speech.name


def test_said(read_lines):
    (line,) = read_lines("Peru has bought two boats, Defence Minister Jorge Chávez said.")
    assert speaker(line, "bought") == "Jorge Chávez"


def test_according_to(read_lines):
    (line,) = read_lines("Peru has bought two boats, according to naval officers.")
    assert speaker(line, "bought") == "naval officers"


def test_the_articles_own_voice_has_no_speaker(read_lines):
    (line,) = read_lines("Peru has bought two boats for its river patrols.")
    assert speaker(line, "bought") is None


def test_a_quote_over_sentences_is_its_speakers_from_the_beginning(read_lines):
    lines = read_lines('"We signed in March. The boats arrive in June," said Colonel Ana Ruiz.')
    assert [speaker(lines[0], "signed"), speaker(lines[1], "arrive")] == ["Ana Ruiz", "Ana Ruiz"]


def test_a_quote_that_goes_on_after_the_speaker(read_lines):
    lines = read_lines('"We signed in March," said Colonel Ana Ruiz. "The boats arrive in June."')
    assert speaker(lines[1], "arrive") == "Ana Ruiz"


def test_after_the_quote_the_article_speaks_again(read_lines):
    lines = read_lines('"We signed in March," said Colonel Ana Ruiz. Chile has sold no boats to Peru.')
    assert speaker(lines[1], "sold") is None


def test_a_colon_holds_for_the_paragraphs_that_follow(read_lines):
    lines = read_lines(
        "Defence Secretary Mary Hill said:\n\nThe frigate sailed on Monday.\n\nIt joins two others."
    )
    assert speaker(lines[1], "sailed") == "Mary Hill"
    assert speaker(lines[2], "joins") == "Mary Hill"


def test_what_a_paper_says_in_a_statement_does_not_end_it(read_lines):
    lines = read_lines(
        "Defence Secretary Mary Hill said:\n\nThe report shows that the frigate sailed late.\n\nIt joins two others."
    )
    assert speaker(lines[2], "joins") == "Mary Hill"


def test_a_statement_may_begin_behind_the_colon(read_lines):
    lines = read_lines("Mary Hill said: The frigate has sailed.\n\nIt joins two others.")
    assert speaker(lines[-1], "joins") == "Mary Hill"
    quoted = read_lines('Mary Hill said: "The frigate has sailed."\n\nIt joined two others.')
    assert speaker(quoted[-1], "joined") is None


def test_who_releases_a_statement_says_what_follows(read_lines):
    lines = read_lines("General Mary Hill released the following statement today:\n\nThe frigate has sailed.")
    assert speaker(lines[1], "sailed") == "Mary Hill"


def test_a_state_that_speaks_as_a_whole_answers_for_nobody(read_lines):
    (line,) = read_lines("Chile denied that its navy had entered Peruvian waters.")
    assert speaker(line, "entered") is None


def test_what_someone_is_accused_of_is_the_accusers_word(read_lines):
    (line,) = read_lines("General Luis Paz accused Ecuador of arming the smugglers.")
    assert speaker(line, "arming") == "Luis Paz"


def test_that_said_is_no_speech(read_lines):
    (line,) = read_lines("That said, Chile continued to train with Peru.")
    assert line.speeches == ()


def test_questions_and_answers(read_lines):
    lines = read_lines(
        "Interview with the chief of the fleet\n\nRear Admiral Tomas Berg on ships and neighbours.\n\n"
        "Is one frigate enough?\n\nIt is the first of two. The second arrives in June.",
    )
    assert speaker(lines[-1], "arrives") == "Tomas Berg"


def test_what_an_agreement_lays_down_is_nobodys_word(read_lines):
    (line,) = read_lines("According to the provisional deal, deliveries of the radars could begin in 2031.")
    assert speaker(line, "begin") is None
