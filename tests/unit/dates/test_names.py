import pytest

from foedus.dates import find_name_years
from foedus.model.span import Span


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Coastal Watch-2019 began", ["2019"]),
        ("(Coastal Watch-2006/2011, Autumn–2009)", ["2006", "2011", "2009"]),
        ("Coastal Watch 2019", []),
        ("2019-2020 and Su-30, T-1999A, X-2019-3", []),
        ("Route-2100", []),
        ("Watch-2019", ["2019"]),
    ],
)
def test_years_in_names(text, years):
    mentions = find_name_years(text)
    assert [mention.span.cut(text) for mention in mentions] == years
    for mention in mentions:
        assert (str(mention.when.first.year), mention.when.text) == (mention.span.cut(text),) * 2


def test_within():
    text = "Watch-2019 Watch-2020"
    assert [mention.span for mention in find_name_years(text, within=[Span(11, 21)])] == [Span(17, 21)]
