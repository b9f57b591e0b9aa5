from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from foedus.ledger.text import EscapedText

DIALECT = postgresql.dialect()
ODD = st.text(st.sampled_from("\0\1\2\3aé") | st.characters(exclude_categories=["Cs"]), max_size=12)


def store(text):
    return EscapedText().process_bind_param(text, DIALECT)


@settings(deadline=None)
@given(ODD)
def test_text_comes_back_and_is_stored_without_nul(text):
    assert "\0" not in store(text)
    assert EscapedText().process_result_value(store(text), DIALECT) == text


@settings(deadline=None)
@given(ODD, ODD)
def test_order_and_beginnings_stay_as_they_were(one, other):
    assert (store(one) < store(other)) == (one < other)
    assert store(one + other).startswith(store(one))


def test_nothing_stays_nothing():
    assert store(None) is None
    assert EscapedText().process_result_value(None, DIALECT) is None
