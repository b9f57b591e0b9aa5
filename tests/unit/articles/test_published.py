"""Publication dates of whole documents. All texts were written for these tests."""

from datetime import date

import pytest

from foedus.articles import split_articles
from foedus.model.document import Document, PageData
from foedus.model.when import Basis, Precision, When

STORY = """\
The defence ministers of Kenya and Uganda signed an agreement on the joint training of border troops in Kampala.
Under the agreement, both armies will hold two exercises a year on either side of the lake, the ministry said.
"We have shared this border for generations, and now we will guard it together," the minister told reporters.
"""
TITLE = "Kenya and Uganda agree on joint training"


def published(text: str, page: PageData | None = None, media_type: str = "text/plain") -> When | None:
    document = Document("page.txt", media_type, "0" * 64, text, page or PageData())
    return split_articles(document)[0].published


def days(when: When | None) -> tuple[date | None, date | None] | None:
    return None if when is None else (when.first, when.last)


def one(year: int, month: int, day: int) -> tuple[date, date]:
    return date(year, month, day), date(year, month, day)


@pytest.mark.parametrize(
    "line",
    [
        "14 March 2019",
        "March 14, 2019",
        "Thursday, 14 March 2019, 11:45 am",
        "Published: 14.03.2019 18:20",
        "2019-03-14",
        "Posted on March 14th, 2019 by the editors",
        "14 Mar 2019 | Nairobi",
        "14/03/2019",
        "03/14/2019",
    ],
)
def test_header_lines(line: str) -> None:
    when = published(f"{TITLE}\n{line}\n{STORY}")
    assert days(when) == one(2019, 3, 14)
    assert when is not None
    assert when.basis is Basis.METADATA


def test_a_label_of_a_store_before_the_first_words() -> None:
    text = f"https://lake-tribune.example/news/training\n\n date 2019-03-14 {STORY}"
    assert days(published(text)) == one(2019, 3, 14)


def test_the_words_are_kept() -> None:
    when = published(f"{TITLE}\nOn Thursday, 14 March 2019, 11:45 am\n{STORY}")
    assert when is not None
    assert when.text == "Thursday, 14 March 2019"


def test_unknown_is_an_answer() -> None:
    assert published(f"{TITLE}\n{STORY}") is None


def test_dates_of_what_is_told_are_no_publication_dates() -> None:
    assert published(f"{TITLE}\n{STORY}The first treaty was signed on 3 May 2011 in Nairobi.") is None


# -- Addresses


def test_a_day_or_a_month_in_the_address() -> None:
    assert days(published(f"https://a.example/2019/03/14/training/\n\n{TITLE}\n{STORY}")) == one(2019, 3, 14)
    month = published(f"https://a.example/press/2019/03/26497.htm\n\n{TITLE}\n{STORY}")
    assert days(month) == (date(2019, 3, 1), date(2019, 3, 31))
    assert month is not None
    assert (month.precision, month.basis, month.text) == (Precision.MONTH, Basis.METADATA, "2019/03")


# -- Day first or month first


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.tribune.example.co.ke/news", one(2019, 11, 2)),
        ("https://www.army.mil/news", one(2019, 2, 11)),
        ("https://www.state.gov/news", one(2019, 2, 11)),
    ],
)
def test_numeric_dates_follow_the_country_of_the_address(address: str, expected: tuple[date, date]) -> None:
    assert days(published(f"{address}\n\n{TITLE}\n02/11/2019\n{STORY}")) == expected


def test_a_country_in_the_masthead_decides() -> None:
    text = f"KENYA NEWS REVIEW\nDATE:\n02/11/2019\n{TITLE}\n{STORY}"
    assert days(published(text)) == one(2019, 11, 2)


def test_other_dates_on_the_page_decide() -> None:
    text = f"{TITLE}\n02/11/2019\n{STORY}Recent\n25/10/2019\n30/09/2019\n"
    assert days(published(text)) == one(2019, 11, 2)
    text = f"{TITLE}\n02/11/2019\n{STORY}Recent\n01/25/2019\n"
    assert days(published(text)) == one(2019, 2, 11)


def test_a_day_told_in_the_text_decides() -> None:
    story = STORY.replace("in Kampala.", "in Kampala on October 30.")
    assert days(published(f"{TITLE}\n02/11/2019\n{story}")) == one(2019, 11, 2)


def test_undecidable_gives_the_interval_of_both_readings() -> None:
    when = published(f"{TITLE}\n02/11/2019\n{STORY}")
    assert days(when) == (date(2019, 2, 11), date(2019, 11, 2))
    assert when is not None
    assert when.precision is Precision.YEARS


def test_a_german_page_puts_the_day_first() -> None:
    text = (
        "Kenia und Uganda bilden Grenztruppen gemeinsam aus\n02/11/2019\n"
        "Die Verteidigungsminister von Kenia und Uganda haben in Kampala ein Abkommen über die Ausbildung "
        "unterzeichnet.\nDie beiden Armeen werden nach Angaben des Ministeriums zwei Übungen im Jahr abhalten."
    )
    assert days(published(text)) == one(2019, 11, 2)


# -- Missing years


def test_a_missing_year_is_the_one_the_text_lives_in() -> None:
    story = (
        STORY
        + "It follows the exercises Lake Guard-2016 and Lake Guard-2018 and earlier training this year.\n"
    )
    when = published(f"{TITLE}\n\n6 Oct\n\n{story}")
    assert days(when) == one(2018, 10, 6)
    assert when is not None
    assert (when.basis, when.text) == (Basis.RESOLVED, "6 Oct")


def test_years_ahead_do_not_date_a_text() -> None:
    story = (
        STORY + "Lake Guard-2018 was the last exercise. All posts will be rebuilt by 2025 and until 2030.\n"
    )
    assert days(published(f"{TITLE}\n\n6 Oct\n\n{story}")) == one(2018, 10, 6)


def test_a_full_date_in_the_text_sets_its_year_off() -> None:
    story = STORY + "The agreement was negotiated in Nairobi on August 16, 2018.\n"
    assert published(f"{TITLE}\n\n6 Oct\n\n{story}") is None


def test_a_missing_year_with_nothing_to_tell_it() -> None:
    assert published(f"{TITLE}\n\n6 Oct\n\n{STORY}") is None


def test_a_dateline_takes_its_year_from_the_address() -> None:
    story = f"KAMPALA, March 14. /Lake News/. {STORY}"
    when = published(f"https://a.example/2019/03/26497.htm\n\n{TITLE}\n{story}")
    assert days(when) == one(2019, 3, 14)
    assert when is not None
    assert (when.basis, when.text) == (Basis.RESOLVED, "March 14")


def test_a_dateline_of_december_under_a_january_address() -> None:
    story = f"KAMPALA, December 31 (Lake News) - {STORY}"
    when = published(f"https://a.example/2019/01/26497.htm\n\n{TITLE}\n{story}")
    assert days(when) == one(2018, 12, 31)


def test_a_full_dateline_is_stated() -> None:
    when = published(f"{TITLE}\nKAMPALA, March 14, 2019 - {STORY}")
    assert days(when) == one(2019, 3, 14)
    assert when is not None
    assert when.basis is Basis.STATED


# -- Weeks and stamps


def test_a_week() -> None:
    when = published(f"{TITLE}\nMarch 4 – March 10, 2019\n{STORY}")
    assert days(when) == (date(2019, 3, 4), date(2019, 3, 10))
    assert when is not None
    assert when.precision is Precision.WEEK


def test_a_stamp_that_the_text_contradicts() -> None:
    story = STORY.replace(
        "in Kampala.", "in Kampala on October 23rd, as part of a plan of work for 2012-2015."
    )
    when = published(f"{TITLE}\n\nCategory:\nApril 22, 2017 18:20\n\n{story}")
    assert days(when) == (date(2012, 10, 23), date(2012, 10, 31))
    assert when is not None
    assert (when.precision, when.basis, when.text) == (Precision.MONTH, Basis.INFERRED, None)


def test_a_stamp_shortly_after_the_day_told_stands() -> None:
    story = STORY.replace(
        "in Kampala.", "in Kampala on October 23rd, as part of a plan of work for 2012-2015."
    )
    assert days(published(f"{TITLE}\nOctober 25, 2017\n{story}")) == one(2017, 10, 25)


def test_a_stamp_within_the_plan_stands() -> None:
    story = STORY.replace(
        "in Kampala.", "in Kampala on October 23rd, as part of a plan of work for 2012-2015."
    )
    assert days(published(f"{TITLE}\nApril 22, 2013\n{story}")) == one(2013, 4, 22)


def test_an_update_yields_to_the_publication() -> None:
    text = f"{TITLE}\nLast updated: 20 April 2019\nPublished: 14 March 2019\n{STORY}"
    assert days(published(text)) == one(2019, 3, 14)


# -- Page data


def test_page_data() -> None:
    page = PageData(published="2019-03-14T09:00:00+03:00", published_field="article:published_time")
    when = published(f"{TITLE}\n{STORY}", page, "text/html")
    assert days(when) == one(2019, 3, 14)
    assert when is not None
    assert when.text == "2019-03-14T09:00:00+03:00"


def test_the_date_beside_the_headline_outweighs_page_data() -> None:
    page = PageData(published="2021-06-01", published_field="date")
    assert days(published(f"{TITLE}\n14 March 2019\n{STORY}", page, "text/html")) == one(2019, 3, 14)


def test_universal_time_yields_to_the_publishers_own_day() -> None:
    page = PageData(
        published="2019-03-15T01:30:00Z",
        published_field="article:published_time",
        address="https://a.example/2019/03/14/training",
    )
    assert days(published(f"{TITLE}\n{STORY}", page, "text/html")) == one(2019, 3, 14)


def test_a_change_is_better_than_nothing_but_no_more() -> None:
    page = PageData(published="2021-06-01", published_field="article:modified_time")
    assert days(published(f"{TITLE}\n{STORY}", page, "text/html")) == one(2021, 6, 1)
    text = f"{TITLE}\n{STORY}Published: 14 March 2019\n"
    assert days(published(text, page, "text/html")) == one(2019, 3, 14)


def test_the_day_a_file_was_made_says_least() -> None:
    page = PageData(published="2021-06-01", published_field="pdf CreationDate")
    assert days(published(f"{TITLE}\n{STORY}", page)) == one(2021, 6, 1)
    assert days(published(f"{TITLE}\n14 March 2019\n{STORY}", page)) == one(2019, 3, 14)


def test_dates_from_before_the_web_do_not_date_a_web_page() -> None:
    text = f"{TITLE}\nBorn 28 January 1975\n{STORY}"
    assert published(text, PageData(), "text/html") is None


def test_one_thing_told_twice_gives_the_year() -> None:
    story = STORY + (
        "It belongs to the common border guard programme proposed by Rwanda last year.\n"
        "A common border guard programme proposed by Rwanda in 2018 has five members.\n"
    )
    when = published(f"{TITLE}\n{story}")
    assert days(when) == (date(2019, 1, 1), date(2019, 12, 31))
    assert when is not None
    assert (when.precision, when.basis, when.text) == (Precision.YEAR, Basis.INFERRED, None)
    assert (
        published(f"{TITLE}\n{story.replace('programme proposed by Rwanda in', 'fee asked by others in')}")
        is None
    )


def test_the_clock_of_a_page_is_no_publication_date() -> None:
    assert published(f"Monday 25th of November 2024 05:44:49 PM\n{TITLE}\n{STORY}") is None
    assert days(published(f"{TITLE}\n11/25/2024 5:19:17 AM\n{STORY}")) == one(2024, 11, 25)


def test_an_issue_date_in_the_headline() -> None:
    assert days(published(f"Lake region in review - July 11, 2014\n{STORY}")) == one(2014, 7, 11)
    assert published(f"July 11: Drill begins on the lake\n{STORY}") is None


# -- The day of the fetch ------------------------------------------------------------------------------------


def test_the_fetch_decides_between_two_readings() -> None:
    text = f"{TITLE}\n04/03/2019\n{STORY}"
    both = published(text)
    assert days(both) == (date(2019, 3, 4), date(2019, 4, 3))
    assert days(published(text, PageData(fetched="2019-03-10"))) == one(2019, 3, 4)
    assert days(published(text, PageData(fetched="2019-05-10"))) == days(both)


def test_a_date_after_the_fetch_is_of_something_else() -> None:
    text = f"{TITLE}\nConference: 20 June 2019\n{STORY}\nPublished 14 March 2019"
    assert days(published(text, PageData(fetched="2019-03-20"))) == one(2019, 3, 14)


def test_a_day_ahead_of_the_fetch_is_a_matter_of_clocks() -> None:
    text = f"{TITLE}\n15 March 2019\n{STORY}"
    assert days(published(text, PageData(fetched="2019-03-14"))) == one(2019, 3, 15)
    assert published(text, PageData(fetched="2019-03-13")) is None


def test_an_age_counts_back_from_the_fetch() -> None:
    text = f"{TITLE}\nWorld | 2 days ago\n{STORY}"
    when = published(text, PageData(fetched="2019-03-14"))
    assert days(when) == (date(2019, 3, 11), date(2019, 3, 12))
    assert when is not None
    assert when.text == "2 days ago"
    assert published(text) is None


# -- Dates that look like it ---------------------------------------------------------------------------------


def test_the_month_of_a_store() -> None:
    assert days(published(f"{TITLE}\nDate: 2019-03\n{STORY}")) == (date(2019, 3, 1), date(2019, 3, 31))
    # a pair of years
    assert published(f"{TITLE}\nSeason 2019-20\n{STORY}") is None
    assert published(f"{TITLE}\nSeason 2011-12\n{STORY}") is None


def test_today_with_its_date() -> None:
    opening = "Today, 14 March 2019, the two ministers met in the port of Kisumu and signed an agreement on training."
    when = published(f"{TITLE}\n{opening}\n{STORY}")
    assert days(when) == one(2019, 3, 14)
    assert when is not None
    assert when.basis is Basis.STATED


CHRONOLOGY = """\
Relations between the two navies go back to the first visit of a training ship, which is described here.
31 March 1991
The two governments opened embassies in each other's capitals after talks that had taken three years.
5 June 1994
The first joint exercise of the two navies took place in the strait with six ships and four hundred sailors.
12 May 1999
Both parliaments approved the agreement on the exchange of officers between the naval academies.
"""


def test_the_days_of_a_chronology_are_not_the_publications() -> None:
    assert published(f"Two navies: a chronology\n{CHRONOLOGY}") is None


def test_a_date_by_no_headline_yields_to_the_address() -> None:
    text = f"https://strait-courier.example/news/2023/11/09/chief-of-staff\n\n22 July 2021\n{STORY}"
    document = Document("page.txt", "text/plain", "0" * 64, text)
    assert days(split_articles(document)[0].published) == one(2023, 11, 9)


def test_the_date_of_a_teaser_under_the_story_is_not_the_storys() -> None:
    assert published(f"{TITLE}\n{STORY}\nThe daily business news: December 1, 2019") is None
    assert days(published(f"{TITLE}\n{STORY}\nPosted in Kisumu: December 1, 2019")) == one(2019, 12, 1)


def test_the_month_of_an_issue_in_its_headline() -> None:
    text = f"https://strait.example/patrol-highlights-may-2019\nPatrol Highlights: May 2019\n{STORY}"
    assert days(published(text)) == (date(2019, 5, 1), date(2019, 5, 31))
