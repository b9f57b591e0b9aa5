from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from foedus.engine import steps
from foedus.engine.find import Input
from foedus.errors import DataFileError, InputError
from foedus.model.run import Problem, Step
from foedus.model.span import Span

KIT = SimpleNamespace(limits=None, codebook=None)
ITEM = Input("a.txt", "/in", Path("/in/a.txt"))
TEXT = "Norland and Sudland signed the Accord. Norland left it."


@pytest.fixture
def stages(monkeypatch, make_document, make_article, make_claim):
    """Stages that do nothing but say what they are told to say; by name, to be changed."""
    document = make_document("a.txt", TEXT)
    told = {
        "read_document": lambda name, data, *, limits: document,
        "split_articles": lambda _: (make_article("a.txt", 0), make_article("a.txt", 1)),
        "code_article": lambda _, article, __: (make_claim("a.txt", article.number),),
    }
    for name in told:
        monkeypatch.setattr(steps, name, lambda *given, name=name, **named: told[name](*given, **named))
    return told


def raiser(error):
    def work(*_, **__):
        raise error

    return work


def run():
    return steps.code_input(ITEM, b"bytes", KIT)


def test_an_input_gives_its_document_articles_and_claims(stages):
    facts = run()
    assert (facts.name, facts.root, facts.digest) == ("a.txt", "/in", sha256(b"bytes").hexdigest())
    assert facts.document.text == TEXT
    assert [article.number for article in facts.articles] == [0, 1]
    assert [claim.article for claim in facts.claims] == [0, 1]
    assert facts.problems == ()


def test_what_cannot_be_read_is_a_problem_and_its_bytes_are_known(stages):
    stages["read_document"] = raiser(InputError("encrypted", "needs a password"))
    facts = run()
    assert facts.problems == (Problem("a.txt", Step.READ, "encrypted", "needs a password"),)
    assert facts.document is None
    assert facts.digest == sha256(b"bytes").hexdigest()


def test_a_document_that_cannot_be_split_is_kept(stages):
    stages["split_articles"] = raiser(ValueError("odd"))
    facts = run()
    assert facts.document.text == TEXT
    assert [(problem.step, problem.code) for problem in facts.problems] == [(Step.ARTICLES, "fault")]


def test_a_document_without_articles_is_told(stages):
    stages["split_articles"] = lambda _: ()
    assert [problem.code for problem in run().problems] == ["no-article"]


def test_an_article_that_cannot_be_coded_leaves_the_others(stages, make_claim):
    def code(_, article, __):
        if article.number == 0:
            raise InputError("language", "not coded yet")
        return (make_claim("a.txt", article.number),)

    stages["code_article"] = code
    facts = run()
    assert [article.number for article in facts.articles] == [0, 1]
    assert [claim.article for claim in facts.claims] == [1]
    assert facts.problems == (Problem("a.txt", Step.CODE, "language", "not coded yet"),)


def test_a_malformed_data_file_is_no_fault_of_the_item(stages):
    stages["code_article"] = raiser(DataFileError("actors.yaml: line 3"))
    with pytest.raises(DataFileError):
        run()


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Norland and Sudland scorned the Accord"},
        {"evidence": Span(1, 39)},
        {"evidence": Span(0, 0), "quote": ""},
        {"spans": {"actors": (Span(0, 7), Span(50, 99))}},
        {"spans": {"when": (Span(7, 7),)}},
    ],
)
def test_a_claim_whose_words_do_not_stand_in_the_text_is_left_out_and_told(stages, make_claim, change):
    good = make_claim("a.txt", 0, spans={"actors": (Span(0, 7), Span(12, 19))})
    stages["split_articles"] = lambda document, split=stages["split_articles"]: split(document)[:1]
    stages["code_article"] = lambda *_: (good, replace(good, id="c-bad", **change))
    facts = run()
    assert facts.claims == (good,)
    assert [problem.code for problem in facts.problems] == ["no-evidence"]
    assert "1 claims" in facts.problems[0].message
