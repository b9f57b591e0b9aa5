"""Who wrote an article. All texts were written for these tests."""

import pytest

from foedus.articles import split_articles
from foedus.model.document import Document, PageData

TITLE = "Norland and Sudland agree on patrols in the strait"
STORY = """\
The defence ministers of Norland and Sudland agreed on joint patrols in the strait, both ministries said.
Two ships of each navy will take part in the patrols, which are to begin before the end of the summer.
The ministers also spoke about the training of officers and about the exchange of radar data between their coasts."""
LAST = "The next meeting of the two ministers is planned for the spring."


def author(text: str, page: PageData | None = None) -> str | None:
    document = Document("page.txt", "text/plain", "0" * 64, text, page or PageData())
    return split_articles(document)[0].author


@pytest.mark.parametrize(
    "line",
    [
        "By Anna Berg",
        "By: Anna Berg*",
        "By Anna Berg Anna Berg",
        "By Anna Berg14 March 2019",
        "Posted by Anna Berg | 14 March 2019",
    ],
)
def test_bylines(line: str) -> None:
    assert author(f"{TITLE}\n{line}\n{STORY}\n{LAST}") == "Anna Berg"


def test_a_byline_at_the_end_of_a_standfirst() -> None:
    standfirst = "Two ships of each navy are to watch the strait. By Anna Berg"
    assert author(f"{TITLE}\n{standfirst}\n{STORY}\n{LAST}") == "Anna Berg"
    assert author(f"{TITLE}\nTwo ships are to watch the strait. By Monday evening\n{STORY}\n{LAST}") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Press release: Ministry of Defence", "Ministry of Defence"),
        ("News release | Office of the Prime Minister", "Office of the Prime Minister"),
        ("Pressemitteilung: Bundesministerium der Verteidigung", "Bundesministerium der Verteidigung"),
        ("Press release: Ministry of Defence signs an agreement on patrols", None),
    ],
)
def test_the_issuer_of_a_press_release(line: str, expected: str | None) -> None:
    assert author(f"{TITLE}\n{line}\n{STORY}\n{LAST}") == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("HARBOUR CITY (NPA) – ", "NPA"),
        ("Harbour City, 29 de julio, RIA Novosti. ", "RIA Novosti"),
        ("HARBOUR CITY (port) – ", None),
        ("", None),
    ],
)
def test_agencies_in_datelines(opening: str, expected: str | None) -> None:
    assert author(f"{TITLE}\n{opening}{STORY}\n{LAST}") == expected


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (f"{LAST} EFE", "EFE"),
        (f"{LAST} (Xinhua/NPA)", "Xinhua"),
        (f"{LAST}\nAFP/NPA/NTV", "AFP"),
        (f"{LAST}\nStrait News Agency", "Strait News Agency"),
        (f"{LAST}\nKıyı Haber Ajansı", "Kıyı Haber Ajansı"),
        (f"{LAST}\nSource: Strait Courier / Politics", "Strait Courier / Politics"),
        (f"{LAST}\nThe post Patrols in the strait appeared first on Strait Courier.", "Strait Courier"),
        (f"{LAST} Norland", None),
        (f"{LAST}\nThe agency of fisheries was not at the table", None),
    ],
)
def test_credits_at_the_end(ending: str, expected: str | None) -> None:
    assert author(f"{TITLE}\n{STORY}\n{ending}") == expected


def test_a_text_from_many_agencies_has_no_author() -> None:
    paragraphs = "\n".join(
        f"{line} – {name}" for line, name in zip(STORY.split("\n"), ["AFP", "Reuters", "AFP"], strict=True)
    )
    assert author(f"{TITLE}\n{paragraphs}") is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("By Anna Berg", "Anna Berg"),
        ("Anna Berg, Anna Berg", "Anna Berg"),
        ("Anna Berg, Ben Lund", "Anna Berg, Ben Lund"),
        ("admin", None),
        ("Admin", None),
        ("Von Stein, Ada", "Von Stein, Ada"),
        ("Author: Anna Berg", "Anna Berg"),
    ],
)
def test_the_author_that_a_page_gives(given: str, expected: str | None) -> None:
    assert author(f"{TITLE}\n{STORY}\n{LAST}", PageData(author=given)) == expected
