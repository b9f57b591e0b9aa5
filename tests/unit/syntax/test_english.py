"""English sentences. The texts were written for Foedus."""

from foedus.syntax import load_analyser


def analyse(*texts):
    analyser = load_analyser("en")
    assert analyser is not None
    return list(analyser.analyse(texts))


def test_offsets_are_those_of_the_text():
    text = "Ghana signed.  Togo did not."
    (sentences,) = analyse(text)
    assert [text[t.start : t.end] for s in sentences for t in s.tokens] == [
        t.text for s in sentences for t in s.tokens
    ]


def test_white_space_is_no_token():
    ((sentence,),) = analyse("Ghana   signed  an agreement.")
    assert all(token.text.strip() for token in sentence.tokens)


def test_heads_and_labels():
    ((sentence,),) = analyse("Ghana signed an agreement with Togo.")
    by_text = {token.text: token for token in sentence.tokens}
    assert by_text["Ghana"].dep == "nsubj"
    assert sentence[by_text["agreement"].head].text == "signed"
    assert sentence.root == by_text["signed"].index


def test_the_subtree_can_leave_branches_out():
    ((sentence,),) = analyse("Ghana signed an agreement with Togo.")
    by_text = {token.text: token.index for token in sentence.tokens}
    whole = sentence.subtree(by_text["signed"])
    assert len(whole) == len(sentence)
    assert by_text["Ghana"] not in sentence.subtree(by_text["signed"], without={by_text["Ghana"]})


def test_empty_text_has_no_sentences():
    assert analyse("", "   ") == [(), ()]


def test_a_language_without_analyser():
    assert load_analyser("xx") is None


def test_a_titles_full_stop_ends_no_sentence():
    (sentences,) = analyse('"We will not," said Hon. Grace Auma. Lt. Col. Peter Oko met Brig. Gen. Ann Roy.')
    assert [sentence.tokens[-1].text for sentence in sentences] == [".", "."]
    assert {"Hon.", "Lt.", "Brig."} <= {token.text for sentence in sentences for token in sentence.tokens}


def test_long_texts_do_not_go_through_the_pipeline_together():
    from foedus.syntax import english

    short, long = "a" * 100, "b" * 20_000
    texts = [*[short] * 70, long, long, long, short]
    batches = list(english._cut_batches(iter(texts)))
    assert [text for batch in batches for text in batch] == texts
    assert [len(batch) for batch in batches] == [english.BATCH_SIZE, 7, 1, 2]
    assert all(sum(map(len, batch)) <= english.BATCH_CHARS for batch in batches)
    assert list(english._cut_batches(["c" * 50_000])) == [["c" * 50_000]]


def test_a_long_row_of_signs_is_no_words():
    text = "Ghana signed " + "[(" * 3_000 + " a treaty."
    ((*_, last),) = analyse(text)
    assert [token.text for token in last.tokens][-3:] == ["a", "treaty", "."]
    assert text[last.tokens[-2].start : last.tokens[-2].end] == "treaty"
    assert sum(map(len, next(iter(analyse(text))))) < 10
