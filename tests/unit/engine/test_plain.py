from dataclasses import fields
from datetime import date

import pytest

from foedus.engine.plain import make_loader, to_arrow_type, to_plain
from foedus.ledger import Facts
from foedus.model.claim import Bound, Claim, ClaimType, Quantity, Stage
from foedus.model.document import PageData
from foedus.model.run import Problem, Step
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When


@pytest.fixture
def facts(make_claim, make_article, make_document):
    when = When(date(2020, 1, 1), None, Precision.MONTH, "since January", Basis.RESOLVED)
    full = make_claim(
        subject="pact",
        agents=("the minister", "\U0001f600 \x00"),
        place=("Lima",),
        when=when,
        attributed_to="the ministry",
        via=("Reuters",),
        recurrence="P1Y",
        quantities=(Quantity(90.0, 120.5, "km", None, Bound.MIN, True),),
        spans={"when": (Span(3, 5), Span(9, 11)), "actors": (Span(0, 2),)},
    )
    bare = make_claim(start=4, when=None, actors=[], type=ClaimType.CLASH)
    page = PageData(title="T", published="2020-01-01", fetched="2020-02-01")
    document = make_document(page=page, main=(Span(0, 10), Span(12, 20)))
    return Facts(
        "a.txt",
        "/in",
        "0f",
        document,
        (make_article(title_span=Span(0, 3), published=when), make_article(number=1, published=None)),
        (full, bare),
        (Problem("a.txt", Step.CODE, "language", "words"),),
    )


def test_values_come_back_as_they_were(facts):
    load = make_loader(Facts)
    assert load(to_plain(facts)) == facts
    empty = Facts("b", "/in", "", None)
    assert load(to_plain(empty)) == empty


def test_values_keep_their_types(facts):
    claim = make_loader(Facts)(to_plain(facts)).claims[0]
    assert isinstance(claim.type, ClaimType)
    assert claim.stage is Stage.SIGNED
    assert isinstance(claim.spans["when"], tuple)
    assert isinstance(claim.actors, tuple)


def test_a_column_store_gives_them_back(facts):
    pa = pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
    array = pa.array([to_plain(facts)], type=to_arrow_type(Facts))
    assert make_loader(Facts)(array.to_pylist()[0]) == facts


def test_every_field_of_the_model_has_a_type_there():
    pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
    told = to_arrow_type(Facts)
    assert [field.name for field in told] == [field.name for field in fields(Facts)]
    claim = told.field("claims").type.value_type
    assert [field.name for field in claim] == [field.name for field in fields(Claim)]
    assert not claim.field("quote").nullable
    assert claim.field("subject").nullable


@pytest.mark.parametrize("kind", [bytes, set[str], list[int]])
def test_a_type_that_the_model_does_not_have_is_refused(kind):
    with pytest.raises(TypeError, match="no plain form"):
        make_loader(kind)
    pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
    with pytest.raises(TypeError, match="no plain form"):
        to_arrow_type(kind)
