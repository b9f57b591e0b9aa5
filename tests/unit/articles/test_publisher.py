"""Who publishes a page. All texts were written for these tests."""

import pytest

from foedus.articles import split_articles
from foedus.model.document import Document, PageData

TITLE = "Norland and Sudland agree on patrols in the strait"
STORY = """\
The defence ministers of Norland and Sudland agreed on joint patrols in the strait, both ministries said.
Two ships of each navy will take part in the patrols, which are to begin before the end of the summer."""


def publisher(text: str, address: str | None = None) -> str | None:
    document = Document("page.txt", "text/plain", "0" * 64, text, PageData(address=address))
    return split_articles(document)[0].publisher


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.mod.go.ke/news/1", "Ministry of Defence of Kenya"),
        ("https://mfa.gov.pl/en/1", "Ministry of Foreign Affairs of Poland"),
        ("https://press.mfa.gov.uz/1", "Ministry of Foreign Affairs of Uzbekistan"),
        ("https://hansard.parliament.uk/debates/1", "Parliament of the United Kingdom"),
        ("https://www.parlament.hu/1", "Parliament of Hungary"),
        ("https://gov.ee/news/1", "Government of Estonia"),
        ("https://port-authority.gov.ee/news/1", "port-authority.gov.ee"),
        ("https://en.isna.ir/news/1", "ISNA"),
        # Names of companies and of generic domains are no bodies of states.
        ("https://army.example.com/news", "army.example.com"),
        ("https://defence.io/news", "defence.io"),
        ("https://coast-courier.example/news", "coast-courier.example"),
    ],
)
def test_domains(address: str, expected: str) -> None:
    assert publisher(f"{TITLE}\n{STORY}", address) == expected


@pytest.mark.parametrize(
    ("masthead", "address", "expected"),
    [
        ("Strait Times Daily", None, "Strait Times Daily"),
        ("Strait Times Daily", "https://straittimes.example/1", "Strait Times Daily"),
        ("STD News", "https://std.example/1", "STD News"),
        ("In The News", "https://think-tank.example/brief/1", "think-tank.example"),
        ("Coast Daily", "https://blog.example/1", "blog.example"),
    ],
)
def test_mastheads_fit_the_domain(masthead: str, address: str | None, expected: str) -> None:
    assert publisher(f"{masthead}\n{TITLE}\n{STORY}", address) == expected
