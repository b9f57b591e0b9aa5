"""Every form of expression, in sentences written for the project."""

from datetime import date

import pytest

from foedus.dates import find_times
from foedus.lang import load_language
from foedus.model.span import Span
from foedus.model.when import Basis, Precision, When

ENGLISH = load_language("en")


def _on(text):
    """The publication: a day, or "first..last" with its precision by length."""
    if text is None:
        return None
    first, _, last = text.partition("..")
    first, last = date.fromisoformat(first), date.fromisoformat(last or first)
    days = (last - first).days
    precision = (
        Precision.DAY
        if days == 0
        else Precision.WEEK
        if days < 8
        else Precision.MONTH
        if days < 32
        else Precision.YEAR
    )
    return When(first, last, precision, None, Basis.METADATA)


def _find(text, published=None, **options):
    return find_times(text, published=_on(published), language=ENGLISH, **options)


def _days(when):
    return None if when is None else f"{when.first or ''}..{when.last or ''}"


def _only(text, published=None, **options):
    mentions = _find(text, published, **options)
    assert len(mentions) == 1, [mention.span.cut(text) for mention in mentions]
    return mentions[0]


FULL = [
    ("They signed it on December 8th, 2017.", "December 8th, 2017", "2017-12-08"),
    ("They signed it on December 8, 2017, in Oslo.", "December 8, 2017", "2017-12-08"),
    ("They signed it on 8 December 2017.", "8 December 2017", "2017-12-08"),
    ("They signed it on the 8th of December, 2017.", "the 8th of December, 2017", "2017-12-08"),
    ("They signed it on the eighth of December 2017.", "the eighth of December 2017", "2017-12-08"),
    ("On Friday, December 8, 2017 they met.", "Friday, December 8, 2017", "2017-12-08"),
    ("On Fri. 8 Dec. 2017 they met.", "Fri. 8 Dec. 2017", "2017-12-08"),
    ("Posted 2017 December 8 by staff.", "2017 December 8", "2017-12-08"),
    ("Posted 08-Dec-2017 by staff.", "08-Dec-2017", "2017-12-08"),
    ("Posted 2017-12-08 by staff.", "2017-12-08", "2017-12-08"),
    ("Posted 08.12.2017 by staff.", "08.12.2017", "2017-12-08"),
    ("Posted 2017/12/08 by staff.", "2017/12/08", "2017-12-08"),
    ("Posted 13/12/2017 by staff.", "13/12/2017", "2017-12-13"),
    ("DECEMBER 8, 2017: THE TALKS", "DECEMBER 8, 2017", "2017-12-08"),
    ("12 may 2012 was the date.", "12 may 2012", "2012-05-12"),
]


@pytest.mark.parametrize(("text", "words", "day"), FULL)
def test_full_dates_are_stated(text, words, day):
    mention = _only(text)
    when = mention.when
    assert mention.span.cut(text) == when.text == words
    assert (_days(when), when.precision, when.basis) == (f"{day}..{day}", Precision.DAY, Basis.STATED)
    assert mention.timex_value == day


STATED = [
    ("It was founded in March 2022.", "March 2022", "2022-03-01..2022-03-31", "month"),
    ("It was founded in March of 2022.", "March of 2022", "2022-03-01..2022-03-31", "month"),
    ("It was founded in early March, 2022.", "early March, 2022", "2022-03-01..2022-03-10", "month"),
    ("It was founded in mid-March 2022.", "mid-March 2022", "2022-03-11..2022-03-20", "month"),
    ("It ended at the end of March 2022.", "the end of March 2022", "2022-03-21..2022-03-31", "month"),
    ("It was founded in 2009.", "2009", "2009-01-01..2009-12-31", "year"),
    ("It was founded in the year 2000.", "the year 2000", "2000-01-01..2000-12-31", "year"),
    ("It was founded in late 2009.", "late 2009", "2009-09-01..2009-12-31", "year"),
    ("It was founded in 1812.", "1812", "1812-01-01..1812-12-31", "year"),
    ("The pact (1994) was renewed.", "1994", "1994-01-01..1994-12-31", "year"),
    ("It grew in the 1990s.", "the 1990s", "1990-01-01..1999-12-31", "decade"),
    ("It grew in the early 1990s.", "the early 1990s", "1990-01-01..1992-12-31", "decade"),
    ("It grew in the 1980's.", "the 1980's", "1980-01-01..1989-12-31", "decade"),
    ("It grew in the 20th century.", "the 20th century", "1901-01-01..2000-12-31", "years"),
    ("It grew in the first decade of the 21st century.", None, "2000-01-01..2009-12-31", "decade"),
    ("Work starts in the first quarter of 2026.", None, "2026-01-01..2026-03-31", "quarter"),
    ("Work starts in Q3 2026.", "Q3 2026", "2026-07-01..2026-09-30", "quarter"),
    ("Work starts in the first half of 2023.", None, "2023-01-01..2023-06-30", "year"),
    ("It grew in the latter half of 2008.", "the latter half of 2008", "2008-07-01..2008-12-31", "year"),
    ("Work starts in the second half of May 2023.", None, "2023-05-16..2023-05-31", "month"),
    ("They met in spring 2019.", "spring 2019", "2019-03-01..2019-05-31", "season"),
    ("They met in the summer of 2019.", "the summer of 2019", "2019-06-01..2019-08-31", "season"),
    ("They met in the winter of 2014-15.", None, "2014-12-01..2015-02-28", "season"),
    ("They met in the fall of 1989.", "the fall of 1989", "1989-09-01..1989-11-30", "season"),
    ("They spent the first ten months of 1915 there.", None, "1915-01-01..1915-10-31", "month"),
    ("They left in the last week of August 2020.", None, "2020-08-25..2020-08-31", "week"),
    ("It was built before Christmas 2003.", "before Christmas 2003", "..2003-12-24", "day"),
]


@pytest.mark.parametrize(("text", "words", "days", "precision"), STATED)
def test_months_years_and_the_like_are_stated(text, words, days, precision):
    when = _only(text).when
    assert (_days(when), when.precision.value, when.basis) == (days, precision, Basis.STATED)
    assert words is None or when.text == words


RANGES = [
    (
        "The visit of December 4th – 6th, 2017 went well.",
        "December 4th – 6th, 2017",
        "2017-12-04..2017-12-06",
        "day",
    ),
    ("It ran from 10 to 20 February 2022.", "from 10 to 20 February 2022", "2022-02-10..2022-02-20", "day"),
    ("It ran between 4 and 6 May 2022.", "between 4 and 6 May 2022", "2022-05-04..2022-05-06", "day"),
    ("It ran from May 28 to June 3, 2022.", "from May 28 to June 3, 2022", "2022-05-28..2022-06-03", "day"),
    ("Week of December 28 – January 4, 2018.", None, "2017-12-28..2018-01-04", "day"),
    ("It ran 28.12.2017-04.01.2018 as planned.", None, "2017-12-28..2018-01-04", "day"),
    ("The plan for 2012-2015 was signed.", "2012-2015", "2012-01-01..2015-12-31", "years"),
    ("The plan for 2012–15 was signed.", "2012–15", "2012-01-01..2015-12-31", "years"),
    ("The season 2006/07 began.", "2006/07", "2006-01-01..2007-12-31", "years"),
    ("It ran from 2012 to 2015.", "from 2012 to 2015", "2012-01-01..2015-12-31", "years"),
    ("It ran between 2012 and 2015.", "between 2012 and 2015", "2012-01-01..2015-12-31", "years"),
    ("It ran from March to May 2019.", "from March to May 2019", "2019-03-01..2019-05-31", "month"),
    ("It ran in November-February 2019.", "November-February 2019", "2018-11-01..2019-02-28", "month"),
    ("It ran between March and May 2019.", "between March and May 2019", "2019-03-01..2019-05-31", "month"),
    ("It ran from late 2016 until early 2017.", None, "2016-09-01..2017-04-30", "years"),
    ("It ran from spring 2016 to autumn 2017.", None, "2016-03-01..2017-11-30", "season"),
]


@pytest.mark.parametrize(("text", "words", "days", "precision"), RANGES)
def test_ranges(text, words, days, precision):
    mention = _only(text)
    when = mention.when
    assert (_days(when), when.precision.value, when.basis) == (days, precision, Basis.STATED)
    assert words is None or when.text == words
    assert len(mention.timexes) == 2


OPEN = [
    ("It has run since 2006.", "since 2006", "2006-01-01..", "year"),
    ("Since the year 2K it has run.", "Since the year 2K", "2000-01-01..", "year"),
    ("It has run ever since May 2006.", "ever since May 2006", "2006-05-01..", "month"),
    ("It runs from 2024 on.", "from 2024 on", "2024-01-01..", "year"),
    ("It runs from 1 May 2024 onwards.", "from 1 May 2024 onwards", "2024-05-01..", "day"),
    ("It will run until 2030.", "until 2030", "..2030-12-31", "year"),
    ("It will run till May 2030.", "till May 2030", "..2030-05-31", "month"),
    ("It will open by the end of 2027.", "by the end of 2027", "..2027-12-31", "year"),
    ("It was there before 2014.", "before 2014", "..2013-12-31", "year"),
    ("It was there prior to 5 May 2014.", "prior to 5 May 2014", "..2014-05-04", "day"),
    ("It came after 5 May 2014.", "after 5 May 2014", "2014-05-06..", "day"),
    ("It came after 2014.", "after 2014", "2014-01-01..", "year"),
    ("The pre-1991 borders hold.", "pre-1991", "..1990-12-31", "year"),
    ("The post-1991 borders hold.", "post-1991", "1991-01-01..", "year"),
    ("He served there (2014 – present).", "2014 – present", "2014-01-01..", "year"),
]


@pytest.mark.parametrize(("text", "words", "days", "precision"), OPEN)
def test_open_ends(text, words, days, precision):
    when = _only(text).when
    assert (when.text, _days(when), when.precision.value, when.basis) == (
        words,
        days,
        precision,
        Basis.STATED,
    )


def test_since_something_of_a_year_is_that_year():
    when = _only("It is the first since last year's talks.", "2020-05-05").when
    assert (when.text, _days(when)) == ("last year", "2019-01-01..2019-12-31")


# Published on Friday, 22 March 2013.
RELATIVE = [
    ("They met today.", "today", "2013-03-22..2013-03-22", "day"),
    ("They met yesterday evening.", "yesterday evening", "2013-03-21..2013-03-21", "day"),
    ("They meet tomorrow.", "tomorrow", "2013-03-23..2013-03-23", "day"),
    ("They met the day before yesterday.", "the day before yesterday", "2013-03-20..2013-03-20", "day"),
    ("They meet the day after tomorrow.", "the day after tomorrow", "2013-03-24..2013-03-24", "day"),
    ("They met this morning.", "this morning", "2013-03-22..2013-03-22", "day"),
    ("They met last night.", "last night", "2013-03-21..2013-03-21", "day"),
    ("They meet tonight.", "tonight", "2013-03-22..2013-03-22", "day"),
    ("They met on Tuesday.", "Tuesday", "2013-03-19..2013-03-19", "day"),
    ("They met on Friday.", "Friday", "2013-03-22..2013-03-22", "day"),
    ("They will meet on Tuesday.", "Tuesday", "2013-03-26..2013-03-26", "day"),
    ("They met last Friday.", "last Friday", "2013-03-15..2013-03-15", "day"),
    ("They meet next Friday.", "next Friday", "2013-03-29..2013-03-29", "day"),
    ("They met this Monday.", "this Monday", "2013-03-18..2013-03-18", "day"),
    ("They met at 10:30 a.m. on Tuesday.", "10:30 a.m. on Tuesday", "2013-03-19..2013-03-19", "day"),
    ("They met over the weekend.", "the weekend", "2013-03-16..2013-03-17", "day"),
    ("They will meet over the weekend.", "the weekend", "2013-03-23..2013-03-24", "day"),
    ("They met last week.", "last week", "2013-03-11..2013-03-17", "week"),
    ("They met last month.", "last month", "2013-02-01..2013-02-28", "month"),
    ("They meet next year.", "next year", "2014-01-01..2014-12-31", "year"),
    ("They met last quarter.", "last quarter", "2012-10-01..2012-12-31", "quarter"),
    ("They meet next spring.", "next spring", "2014-03-01..2014-05-31", "season"),
    ("They met last summer.", "last summer", "2012-06-01..2012-08-31", "season"),
    ("They met last March.", "last March", "2012-03-01..2012-03-31", "month"),
    ("They met in January.", "January", "2013-01-01..2013-01-31", "month"),
    ("They met in November.", "November", "2012-11-01..2012-11-30", "month"),
    ("They will meet in November.", "November", "2013-11-01..2013-11-30", "month"),
    ("They met in June last year.", "June last year", "2012-06-01..2012-06-30", "month"),
    ("They met on January 15.", "January 15", "2013-01-15..2013-01-15", "day"),
    ("They will meet on the 5th of May.", "the 5th of May", "2013-05-05..2013-05-05", "day"),
    ("They met on Monday, October 29.", "Monday, October 29", "2012-10-29..2012-10-29", "day"),
    ("They met on the 4th of this month.", "the 4th of this month", "2013-03-04..2013-03-04", "day"),
    ("Earlier this year they met.", "Earlier this year", "2013-01-01..2013-03-22", "year"),
    ("Later this year they meet.", "Later this year", "2013-03-22..2013-12-31", "year"),
    ("They met earlier this week.", "earlier this week", "2013-03-18..2013-03-22", "week"),
    ("They met earlier in the month.", "earlier in the month", "2013-03-01..2013-03-22", "month"),
    ("It ends at the end of the year.", "the end of the year", "2013-09-01..2013-12-31", "year"),
    ("It will end by the end of the month.", "by the end of the month", "..2013-03-31", "month"),
    ("It starts early next year.", "early next year", "2014-01-01..2014-04-30", "year"),
    ("They met two days ago.", "two days ago", "2013-03-20..2013-03-20", "day"),
    ("They met two weeks ago.", "two weeks ago", "2013-03-04..2013-03-10", "week"),
    ("They met a month ago.", "a month ago", "2013-02-01..2013-02-28", "month"),
    ("They met about three years ago.", "about three years ago", "2010-01-01..2010-12-31", "year"),
    ("They met a year and a half ago.", "a year and a half ago", "2011-09-01..2011-09-30", "month"),
    ("They met half a century ago.", "half a century ago", "1963-01-01..1963-12-31", "year"),
    ("It opens ten years from now.", "ten years from now", "2023-01-01..2023-12-31", "year"),
    ("It opens in two years' time.", "two years' time", "2015-01-01..2015-12-31", "year"),
    ("Over the past year it grew.", "the past year", "2012-03-22..2013-03-22", "year"),
    ("Over the past five years it grew.", "the past five years", "2008-03-22..2013-03-22", "years"),
    ("It grew in the last 24 hours.", "the last 24 hours", "2013-03-21..2013-03-22", "day"),
    ("It grew over the last two weeks.", "the last two weeks", "2013-03-08..2013-03-22", "week"),
    ("It grew in the past decade.", "the past decade", "2003-03-22..2013-03-22", "decade"),
    ("It grows for the next six months.", "the next six months", "2013-03-22..2013-09-22", "month"),
    ("It grew in the nineties.", "the nineties", "1990-01-01..1999-12-31", "decade"),
    ("They met in the first quarter.", "the first quarter", "2013-01-01..2013-03-31", "quarter"),
    ("They met on New Year's Eve.", "New Year's Eve", "2012-12-31..2012-12-31", "day"),
    ("They met on September 12-16.", "September 12-16", "2012-09-12..2012-09-16", "day"),
    ("They met on 4-6 December.", "4-6 December", "2012-12-04..2012-12-06", "day"),
    ("They met on 11-13 Dec in Oslo.", "11-13 Dec", "2012-12-11..2012-12-13", "day"),
    ("They met this past summer.", "this past summer", "2012-06-01..2012-08-31", "season"),
    ("They meet this coming Friday.", "this coming Friday", "2013-03-29..2013-03-29", "day"),
    ("It is the largest drill of the year.", "the year", "2013-01-01..2013-12-31", "year"),
    ("It grew late last year.", "late last year", "2012-09-01..2012-12-31", "year"),
    ("It opens by year's end.", "by year's end", "..2013-12-31", "year"),
    ("They met from January to March.", "from January to March", "2013-01-01..2013-03-31", "month"),
]


@pytest.mark.parametrize(("text", "words", "days", "precision"), RELATIVE)
def test_what_is_reckoned_from_the_publication(text, words, days, precision):
    when = _only(text, "2013-03-22").when
    assert (when.text, _days(when), when.precision.value) == (words, days, precision)
    assert when.basis is Basis.RESOLVED


SPOKEN = [
    ("In 2010 they met. A year later they signed.", "A year later", "2011-01-01..2011-12-31", "year"),
    (
        "On 5 May 2010 they met. Two days later they signed.",
        "Two days later",
        "2010-05-07..2010-05-07",
        "day",
    ),
    ("On 5 May 2010 they met. The next day they signed.", "The next day", "2010-05-06..2010-05-06", "day"),
    ("On 5 May 2010 they met. The day before, he left.", "The day before", "2010-05-04..2010-05-04", "day"),
    ("On 5 May 2010 they met. The same day he left.", "The same day", "2010-05-05..2010-05-05", "day"),
    ("On 5 May 2010 they met. That same day he left.", "That same day", "2010-05-05..2010-05-05", "day"),
    ("On 5 May 2010 they met. That month he left.", "That month", "2010-05-01..2010-05-31", "month"),
    ("On 5 May 2010 they met. That year he left.", "That year", "2010-01-01..2010-12-31", "year"),
    (
        "In May 2010 they met. The following month he left.",
        "The following month",
        "2010-06-01..2010-06-30",
        "month",
    ),
    (
        "In May 2010 they met. In June of that year he left.",
        "June of that year",
        "2010-06-01..2010-06-30",
        "month",
    ),
    (
        "In May 2010 they met. Four months earlier he left.",
        "Four months earlier",
        "2010-01-01..2010-01-31",
        "month",
    ),
    (
        "In 2010 they met. In the previous year he left.",
        "the previous year",
        "2009-01-01..2009-12-31",
        "year",
    ),
    (
        "In 2010 they met. In the following decade he left.",
        "the following decade",
        "2020-01-01..2029-12-31",
        "decade",
    ),
    ("In 2010 they met. Two days later he left.", "Two days later", "2010-01-01..2010-12-31", "year"),
    ("In May 2010 they met, and in July they signed.", "July", "2010-07-01..2010-07-31", "month"),
    ("In May 2010 they met. Over the previous two years it grew.", "the previous two years", None, "years"),
]


@pytest.mark.parametrize("published", ["2013-03-22", None])
@pytest.mark.parametrize(("text", "words", "days", "precision"), SPOKEN)
def test_what_is_reckoned_from_the_date_last_spoken_of(text, words, days, precision, published):
    first, second = _find(text, published)
    assert first.when.basis is Basis.STATED
    assert (second.when.text, second.when.precision.value) == (words, precision)
    assert days is None or _days(second.when) == days
    assert second.when.basis is Basis.RESOLVED


WIDE = [
    ("They met today.", "2017-12-04..2017-12-10", "2017-12-04..2017-12-10", "week"),
    ("They met on Tuesday.", "2017-12-04..2017-12-10", "2017-12-05..2017-12-05", "day"),
    ("They met yesterday.", "2017-12-04..2017-12-10", "2017-12-03..2017-12-09", "month"),
    ("They met in early December.", "2017-12-04..2017-12-10", "2017-12-01..2017-12-10", "month"),
    ("They met this morning.", "2015-08-01..2015-08-31", "2015-08-01..2015-08-31", "month"),
    ("They met on Monday.", "2015-08-01..2015-08-31", "2015-08-01..2015-08-31", "month"),
    ("They meet on August 22-23.", "2015-08-01..2015-08-31", "2015-08-22..2015-08-23", "day"),
    ("They met last month.", "2015-08-01..2015-08-31", "2015-07-01..2015-07-31", "month"),
    ("They met last year.", "2015-08-01..2015-08-31", "2014-01-01..2014-12-31", "year"),
    ("They met this year.", "2015-01-01..2015-12-31", "2015-01-01..2015-12-31", "year"),
    ("They met in June.", "2015-01-01..2015-12-31", "2015-06-01..2015-06-30", "month"),
    ("They met over the past year.", "2015-08-01..2015-08-31", "2014-08-01..2015-08-31", "year"),
]


@pytest.mark.parametrize(("text", "published", "days", "precision"), WIDE)
def test_results_are_as_wide_as_the_publication(text, published, days, precision):
    when = _only(text, published).when
    assert (_days(when), when.precision.value) == (days, precision)


@pytest.mark.parametrize(
    "text",
    [
        "They met today.",
        "They met on Tuesday.",
        "They met last week.",
        "They met two years ago.",
        "They met in June.",
        "They met on June 5.",
        "They met over the past year.",
        "They met earlier this year.",
        "They met a year later.",
        "They met over the weekend.",
        "They met at 10:30 a.m. sharp.",
        "They met in spring, as usual.",
    ],
)
def test_without_publication_relative_words_have_no_days(text):
    assert _only(text).when is None


def test_without_publication_the_text_may_give_the_year():
    first, _ = _find("They met on 3 March for the 2016 summit.")
    assert (_days(first.when), first.when.basis) == ("2016-03-03..2016-03-03", Basis.RESOLVED)


def test_without_publication_a_day_is_not_reckoned_from_a_year():
    assert [
        mention.when and mention.when.text for mention in _find("In 2016 they met. They meet tomorrow.")
    ] == [
        "2016",
        None,
    ]


RECURRING = [
    ("They train every year since 2006.", "every year since 2006", "P1Y", "2006-01-01.."),
    ("They train biennially since 2009.", "biennially since 2009", "P2Y", "2009-01-01.."),
    ("Since 2009 every second year they train.", "Since 2009 every second year", "P2Y", "2009-01-01.."),
    ("They train annually from 2015 to 2019.", "annually from 2015 to 2019", "P1Y", "2015-01-01..2019-12-31"),
    ("They train every year.", "every year", "P1Y", None),
    ("They train each year.", "each year", "P1Y", None),
    ("They train every other year.", "every other year", "P2Y", None),
    ("They train every two years.", "every two years", "P2Y", None),
    ("They train every 18 months.", "every 18 months", "P18M", None),
    ("They train twice a year.", "twice a year", "P6M", None),
    ("They train three times a year.", "three times a year", "P4M", None),
    ("They train once a month.", "once a month", "P1M", None),
    ("They train once every three years.", "once every three years", "P3Y", None),
    ("They train every Tuesday.", "every Tuesday", "P1W", None),
    ("They train on Tuesdays.", "Tuesdays", "P1W", None),
    ("They train every October.", "every October", "P1Y", None),
    ("They train every spring.", "every spring", "P1Y", None),
    ("The annual drill began.", "annual", "P1Y", None),
    ("The semi-annual drill began.", "semi-annual", "P6M", None),
    ("They train quarterly.", "quarterly", "P3M", None),
    ("They train daily.", "daily", "P1D", None),
    ("They train fortnightly.", "fortnightly", "P2W", None),
    ("They train seven times a year.", "seven times a year", None, None),
    ("They train every few years.", "every few years", None, None),
]


@pytest.mark.parametrize(("text", "words", "recurrence", "days"), RECURRING)
def test_recurrences(text, words, recurrence, days):
    mention = _only(text, "2020-05-05")
    assert mention.span.cut(text) == words
    assert (mention.recurrence, _days(mention.when), mention.timex_type) == (recurrence, days, "SET")


def test_two_recurrences_keep_apart():
    mentions = _find("They train every year since 2006 and every second year since 2009.")
    assert [(one.recurrence, one.when.first.year) for one in mentions] == [("P1Y", 2006), ("P2Y", 2009)]


DURATIONS = [
    ("They stayed for five years.", "five years", "P5Y"),
    ("They stayed for more than two weeks.", "more than two weeks", "P2W"),
    ("A three-day drill began.", "three-day", "P3D"),
    ("A 10-day drill began.", "10-day", "P10D"),
    ("They stayed for half an hour.", "half an hour", "PT0.5H"),
    ("They stayed for two and a half years.", "two and a half years", "P2.5Y"),
    ("They stayed for two-and-a-half hours.", "two-and-a-half hours", "PT2.5H"),
    ("They stayed for a year and a half.", "a year and a half", "P1.5Y"),
    ("A decades-long feud ended.", "decades-long", "PXDE"),
    ("They stayed for several months.", "several months", "PXM"),
    ("They stayed for years.", "years", "PXY"),
    ("They stayed for three hundred days.", "three hundred days", "P300D"),
    ("They stayed for a couple of days.", "a couple of days", "P2D"),
    ("A month-long siege ended.", "month-long", "P1M"),
    ("They stayed for two or three weeks.", "two or three weeks", "P3W"),
    ("They stayed for three consecutive days.", "three consecutive days", "P3D"),
    ("They stayed for twenty-five years.", "twenty-five years", "P25Y"),
]


@pytest.mark.parametrize(("text", "words", "value"), DURATIONS)
def test_durations_have_no_days(text, words, value):
    mention = _only(text, "2020-05-05")
    assert (mention.span.cut(text), mention.timex_type, mention.timex_value) == (words, "DURATION", value)
    assert mention.when is None
    assert mention.recurrence is None


TIMES = [
    ("They met at 10:30 a.m. on Tuesday.", "2013-03-19T10:30"),
    ("They met on Tuesday at 5 p.m. as planned.", "2013-03-19T17:00"),
    ("They met on Friday evening.", "2013-03-22TEV"),
    ("They met on the evening of March 4.", "2013-03-04TEV"),
    ("They met at 12 a.m. on March 4.", "2013-03-04T00:00"),
    ("They met at 12 p.m. on March 4.", "2013-03-04T12:00"),
    ("They met at 1430 GMT on March 4.", "2013-03-04T14:30"),
    ("They met on March 4, 2013 11:57 and left.", "2013-03-04T11:57"),
    ("They met early Friday morning.", "2013-03-22TMO"),
    ("They met at 9 o'clock sharp.", "2013-03-22T09:00"),
    ("They met at midnight Friday.", "2013-03-22T24:00"),
]


@pytest.mark.parametrize(("text", "value"), TIMES)
def test_times_of_day_have_the_day(text, value):
    mention = _only(text, "2013-03-22")
    assert (mention.timex_type, mention.timex_value) == ("TIME", value)
    assert str(mention.when.first) == str(mention.when.last) == value[:10]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They now train.", "now", "PRESENT_REF"),
        ("They currently train.", "currently", "PRESENT_REF"),
        ("They recently trained.", "recently", "PAST_REF"),
        ("They trained in recent years.", "recent years", "PAST_REF"),
        ("They trained a few years ago.", "a few years ago", "PAST_REF"),
        ("They train in the near future.", "the near future", "FUTURE_REF"),
        ("They trained in the past.", "the past", "PAST_REF"),
        ("They train in the coming months.", "the coming months", "PXM"),
    ],
)
def test_vague_words_give_no_days(text, words, value):
    mention = _only(text, "2020-05-05")
    assert (mention.span.cut(text), mention.timex_value, mention.when) == (words, value, None)


FALSE_DATES = [
    "It may be so, and they may march on.",
    "Of the 30 may be sent home.",
    "May God help them, said Prime Minister May.",
    "A second round, the second of its kind, in second place.",
    "The sun sat on a mar of oil; it wed the dec.",
    "The Su-30 and the MiG-29 flew with a T-14.",
    "Coastal Watch-2009 and Coastal Watch-2006/2011 were held.",
    "Call +375 17 203 45 67 or 555-12-3456.",
    "They paid $2017 and 2,017 rubles.",
    "There are 1,033 sentences and 2000 troops.",
    "UN resolution 2231 and resolution 1973 say so.",
    "Article 5 holds, and Article 1999 too.",
    "At least 2,500 soldiers of 1500 men came; 2015 people left.",
    "They met on 30 February 2020, 31 June and 28-29 February 2021.",
    "The address is 10.1.10.20, version 12-11-10.",
    "See https://example.org/2016/12/04/may-5.html for more.",
    "Bloody Sunday, Black Friday, the Sunday Times.",
    "He is in his 50s.",
    "The fall of Kabul; they fall back; a spring in his step.",
    "Windows 2000 crashed.",
    "At the end of the day it matters little.",
    "A wave of three quarters of a metre, from some quarters.",
    "Page 1999, no. 2011, flight 2017.",
    "The USA Today and Russia Today channels.",
    "The report has 12 chapters and 31 tables; 12 30 45.",
    "١٢ ٢٠١٧",
    "",
    "\n\n",
]


@pytest.mark.parametrize("text", FALSE_DATES)
def test_no_false_dates(text):
    assert [mention.span.cut(text) for mention in _find(text, "2017-12-10") if mention.when] == []


def test_lists_are_several_mentions():
    mentions = _find("They met in April and May 2014, on 4 and 5 June 2015, in 2016 and 2017.")
    assert [_days(mention.when)[:10] for mention in mentions] == [
        "2014-04-01",
        "2014-05-01",
        "2015-06-04",
        "2015-06-05",
        "2016-01-01",
        "2017-01-01",
    ]


def test_day_first_is_decided_by_the_other_dates():
    mentions = _find("From 13/01/2020 to 02/03/2020 and on 04/05/2020.")
    assert [_days(mention.when) for mention in mentions] == [
        "2020-01-13..2020-03-02",
        "2020-05-04..2020-05-04",
    ]


@pytest.mark.parametrize(
    ("day_first", "days", "precision"),
    [
        (True, "2007-11-02..2007-11-02", "day"),
        (False, "2007-02-11..2007-02-11", "day"),
        (None, "2007-02-11..2007-11-02", "years"),
    ],
)
def test_day_first_is_decided_by_the_caller(day_first, days, precision):
    when = _only("They met on 02/11/2007.", day_first=day_first).when
    assert (_days(when), when.precision.value) == (days, precision)


def test_seasons_of_the_south():
    assert _days(_only("They met in the summer of 2019.", southern=True).when) == "2019-12-01..2020-02-29"
    assert _days(_only("They met in winter 2019.", southern=True).when) == "2019-06-01..2019-08-31"


def test_is_future_decides_before_the_words_around():
    text = "They met on Tuesday."
    seen = []

    def is_future(span):
        seen.append(span)
        return True

    when = _only(text, "2013-03-22", is_future=is_future).when
    assert _days(when) == "2013-03-26..2013-03-26"
    assert [span.cut(text) for span in seen] == ["Tuesday"]


def test_is_future_may_leave_it_open():
    when = _only("They will meet on Tuesday.", "2013-03-22", is_future=lambda _: None).when
    assert _days(when) == "2013-03-26..2013-03-26"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("He said on Tuesday that they will meet.", "2013-03-19"),
        ("The drill will be held on Tuesday.", "2013-03-26"),
        ("The drill was to be held on Tuesday.", "2013-03-26"),
        ("The drill is scheduled to open on Tuesday.", "2013-03-26"),
        ("On Tuesday they will meet.", "2013-03-26"),
        ("On Tuesday they met.", "2013-03-19"),
        ("They signed it on Tuesday. They will meet.", "2013-03-19"),
        ("Talks on Tuesday", "2013-03-19"),
    ],
)
def test_the_nearest_verb_decides(text, day):
    assert _days(_only(text, "2013-03-22").when) == f"{day}..{day}"


def test_within_reads_only_there_and_goes_on():
    text = "On 5 May 2010 they met. On 6 May 2011 they left. The next day they returned."
    second = text.index("The next")
    mentions = _find(text, within=[Span(0, 24), Span(second, len(text))])
    assert [mention.span.cut(text) for mention in mentions] == ["5 May 2010", "The next day"]
    assert _days(mentions[1].when) == "2010-05-06..2010-05-06"


def test_nothing_is_found_across_parts():
    text = "at 5 May"
    assert _find(text, "2013-03-22", within=[Span(0, 4), Span(5, 8)]) == ()


def test_a_date_does_not_run_over_a_line_end():
    assert [one.span.cut("Page 5\nMay 12, 2010") for one in _find("Page 5\nMay 12, 2010")] == ["May 12, 2010"]


HISTORY = (
    "On 5 May 1940 they crossed the river. In June they took the port, and on 3 July 1940 the town. "
    "The following winter was hard. In April 1941 they turned back. By September only the fort was left."
)


def test_a_history_goes_with_the_date_last_spoken_of():
    days = [_days(mention.when) for mention in _find(HISTORY, "2020-05-05")]
    assert days == [
        "1940-05-05..1940-05-05",
        "1940-06-01..1940-06-30",
        "1940-07-03..1940-07-03",
        "1940-12-01..1941-02-28",
        "1941-04-01..1941-04-30",
        "..1941-09-30",
    ]


def test_news_go_with_the_publication():
    text = "The pact of 1999 holds. In 2005 they met, in 2009 they signed. The talks in March went well."
    assert _days(_find(text, "2020-05-05")[-1].when) == "2020-03-01..2020-03-31"


def test_a_few_old_dates_do_not_make_news_a_history():
    text = "They signed on 1 March 1999, 5 May 2001 and 6 June 2003. On Tuesday they met, as in March."
    days = [_days(mention.when) for mention in _find(text, "2020-05-05")]
    assert days[-2:] == ["2020-05-05..2020-05-05", "2020-03-01..2020-03-31"]


def test_today_is_the_day_of_writing_in_a_history_too():
    text = HISTORY * 4 + "Today the fort is a museum. In May 1942 it was empty, and in July it fell."
    mentions = _find(text, "2020-05-05")
    assert [_days(mention.when) for mention in mentions[-3:]] == [
        "2020-05-05..2020-05-05",
        "1942-05-01..1942-05-31",
        "1942-07-01..1942-07-31",
    ]


def test_what_lies_ahead_does_not_go_with_a_year_gone_by():
    mentions = _find("The drill, agreed in 2015, will begin in September.", "2018-05-05")
    assert _days(mentions[1].when) == "2018-09-01..2018-09-30"
    mentions = _find("The pact, signed in 2015, was amended in September.", "2018-05-05")
    assert _days(mentions[1].when) == "2015-09-01..2015-09-30"


def test_timexes_are_the_parts():
    text = "They train every year since 2006."
    assert [(one.span.cut(text), one.type, one.value) for one in _only(text).timexes] == [
        ("every year", "SET", "P1Y"),
        ("2006", "DATE", "2006"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("It was paid for in FY2025.", "FY2025", "2025-01-01..2025-12-31"),
        ("It was paid for in fiscal year 2023.", "fiscal year 2023", "2023-01-01..2023-12-31"),
        ("It was paid for in FY 2024-25.", "FY 2024-25", "2024-01-01..2025-12-31"),
        ("Ready by end-2025 at best.", "by end-2025", "..2025-12-31"),
        ("They trained in winter 2022-2023 too.", "winter 2022-2023", "2022-12-01..2023-02-28"),
        ("It lapsed on New Year's Day 2022.", "New Year's Day 2022", "2022-01-01..2022-01-01"),
    ],
)
def test_fiscal_years_and_other_forms_of_reports(text, words, days):
    mention = _only(text, "2023-05-10")
    assert mention.span.cut(text) == words
    assert _days(mention.when) == days
