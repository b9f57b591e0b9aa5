"""Clauses and evidence. The texts were written for Foedus."""

from foedus.coder.clause import find_evidence, find_subject, governor


def at(line, word):
    return next(t.index for t in line.sentence.tokens if t.text == word)


def evidence(line, word, *others):
    return line.words(*find_evidence(line.sentence, at(line, word), [at(line, other) for other in others]))


def test_the_whole_clause_of_a_verb(read_lines):
    (line,) = read_lines("Ghana signed a defence agreement with Togo.")
    assert evidence(line, "signed") == "Ghana signed a defence agreement with Togo"


def test_coordinated_deeds_end_where_the_next_begins(read_lines):
    (line,) = read_lines("Ghana signed an agreement with Togo and sent two ships to Lomé.")
    assert "ships" not in evidence(line, "signed", "sent")
    assert evidence(line, "sent", "signed").endswith("sent two ships to Lomé")


def test_the_content_of_speech_without_its_frame(read_lines):
    (line,) = read_lines("The minister said that Ghana had sent two ships to Togo.")
    assert evidence(line, "sent") == "Ghana had sent two ships to Togo"


def test_evidence_holds_its_cue(read_lines):
    (line,) = read_lines("Ghana, which sent ships, signed, and later tore up, a pact that nobody liked.")
    for token in line.sentence.tokens:
        first, last = find_evidence(line.sentence, token.index, [])
        assert first <= token.index <= last


def test_a_shared_subject_is_found(read_lines):
    (line,) = read_lines("Ghana signed an agreement and sent two ships.")
    assert find_subject(line.sentence, at(line, "sent")) == at(line, "Ghana")


def test_the_governor_of_an_object_is_its_verb(read_lines):
    (line,) = read_lines("Ghana signed an agreement.")
    assert governor(line.sentence, at(line, "agreement")) == at(line, "signed")
