"""Whole documents to articles. All texts were written for these tests."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from foedus.articles import split_articles
from foedus.model.article import Article
from foedus.model.document import Document, PageData
from foedus.model.span import Span
from foedus.model.when import Basis, Precision


def make_document(text: str, **slots: object) -> Document:
    return Document(name="page.txt", media_type="text/plain", digest="0" * 64, text=text, **slots)  # type: ignore[arg-type]


def only(text: str, **slots: object) -> Article:
    articles = split_articles(make_document(text, **slots))
    assert len(articles) == 1
    return articles[0]


def main_text(text: str, article: Article) -> str:
    return "\n".join(span.cut(text) for span in article.spans)


STORY = """\
The defence ministers of Kenya and Uganda signed an agreement on the joint training of border troops in Kampala.
Under the agreement, both armies will hold two exercises a year on either side of Lake Victoria, the ministry said.
"We have shared this border for generations, and now we will guard it together," the Kenyan minister told reporters.
The first exercise is to take place next spring and will involve about 400 soldiers from each side."""

OLDER_STORY = """\
Kenya has handed over six armoured vehicles to the Ugandan army at a ceremony in the border town of Busia.
The vehicles are part of a programme of assistance that the two governments agreed on in the summer, officials said.
A Ugandan general thanked the neighbouring state and said that the vehicles would be used to patrol the frontier.
Both sides also discussed the exchange of officers between their staff colleges in the coming academic year.
The programme will be extended if both parliaments approve the money for it, according to the Kenyan ministry."""

PAGE = f"""\
Skip to content
Home
News
Politics
Opinion
Subscribe
We use cookies to improve your experience. Read our cookie policy.
Kenya and Uganda agree on joint training of border troops
By Grace Odhiambo
14 March 2019
Share on Facebook
{STORY}
Share this:
Twitter
Related articles
Lake patrols resume after storm
Army chief visits training school
Leave a Reply
Your email address will not be published.
Peter says:
March 15, 2019 at 5:04 pm
I think that this agreement is long overdue, because smugglers have crossed the lake for years without any fear.
© 2019 The Lake Tribune. All rights reserved.
"""


def test_a_page_gives_its_article_and_nothing_else() -> None:
    article = only(PAGE)
    assert main_text(PAGE, article) == "Kenya and Uganda agree on joint training of border troops\n" + STORY
    assert article.title == "Kenya and Uganda agree on joint training of border troops"
    assert article.title_span is not None
    assert article.title_span.cut(PAGE) == article.title
    assert article.author == "Grace Odhiambo"
    assert article.language == "en"
    assert article.published is not None
    assert (article.published.first, article.published.basis) == (date(2019, 3, 14), Basis.METADATA)
    assert article.published.text == "14 March 2019"


def test_the_older_story_under_similar_articles_is_an_article_of_its_own() -> None:
    text = (
        f"Kenya and Uganda agree on joint training of border troops\nMarch 14, 2019 10:20\n\n{STORY}\n\n"
        f"Similar articles\n\nKenya hands over armoured vehicles to Uganda\nOctober 2, 2018 09:15\n\n{OLDER_STORY}\n\n"
        "Most read\nLake patrols resume after storm\n"
    )
    first, second = split_articles(make_document(text))
    assert (first.number, second.number) == (0, 1)
    assert second.title == "Kenya hands over armoured vehicles to Uganda"
    assert main_text(text, first).endswith("from each side.")
    assert main_text(text, second) == f"{second.title}\n{OLDER_STORY}"
    assert [article.published.first for article in (first, second) if article.published] == [
        date(2019, 3, 14),
        date(2018, 10, 2),
    ]


def test_teasers_with_dates_are_no_articles() -> None:
    teasers = "\n".join(
        f"{title}\n{day} February 2019\n{words}"
        for title, day, words in (
            (
                "Army chief visits the officers' training school",
                3,
                "The chief of staff praised the new course…",
            ),
            ("Lake patrols to resume after the heavy storms", 9, "Boats will leave the harbour on Monday."),
            (
                "Parliament debates the defence budget once more",
                11,
                "Members asked for more details on spending.",
            ),
        )
    )
    text = f"Kenya and Uganda agree on joint training\n14 March 2019\n{STORY}\nMore news\n{teasers}\n"
    article = only(text)
    assert main_text(text, article).endswith("from each side.")


def test_comments_are_no_articles_however_long() -> None:
    comment = " ".join(
        ["I have lived at this border for many years, and nobody has ever guarded it well."] * 4
    )
    text = f"{PAGE}\nJoseph Otieno from Kisumu wrote this\nMarch 16, 2019\n{comment}\n{comment}\n{comment}\n"
    assert "lived at this border" not in main_text(text, only(text))


DIGEST = """\
Weekly digest of defence news
March 4 – March 10, 2019

1. Kenya and Uganda sign a training agreement
The ministers of both states signed the document in Kampala. It provides for two joint exercises every year.

2. Rwanda receives new transport helicopters
Two helicopters were handed over to the air force in Kigali. The third is to follow before the end of the year.

3. Tanzania hosts a naval staff meeting
Officers of five navies met in Dar es Salaam. They discussed patrols against piracy along the whole coast.
"""


def test_numbered_sections_of_a_digest_are_articles_with_its_week() -> None:
    articles = split_articles(make_document(DIGEST))
    assert [article.title for article in articles] == [
        "Kenya and Uganda sign a training agreement",
        "Rwanda receives new transport helicopters",
        "Tanzania hosts a naval staff meeting",
    ]
    for article in articles:
        assert article.published is not None
        assert (article.published.first, article.published.last) == (date(2019, 3, 4), date(2019, 3, 10))
        assert article.published.precision is Precision.WEEK


def test_dated_sections_of_a_digest_have_their_own_dates() -> None:
    text = """\
Military cooperation: news in brief, March 2019

March 4
The ministers of Kenya and Uganda signed a training agreement in Kampala. It provides for two joint exercises.

March 7
Two transport helicopters were handed over to the Rwandan air force in Kigali, and a third one is to follow soon.

March 9
Officers of five navies met in Dar es Salaam. They discussed patrols against piracy along the whole of the coast.
"""
    articles = split_articles(make_document(text))
    assert [article.published.first for article in articles if article.published] == [
        date(2019, 3, 4),
        date(2019, 3, 7),
        date(2019, 3, 9),
    ]
    assert {article.published.basis for article in articles if article.published} == {Basis.RESOLVED}


def test_numbered_parts_of_one_analysis_stay_one_article() -> None:
    text = DIGEST.replace("Weekly digest of defence news", "Where East African armies stand")
    assert len(split_articles(make_document(text))) == 1


def test_an_inset_about_another_story_is_cut_out_of_the_text() -> None:
    lines = STORY.split("\n")
    text = "\n".join(
        [
            "Kenya and Uganda agree on joint training of border troops",
            "14 March 2019",
            *lines[:2],
            "Soldiers on parade in Nairobi. - Lake Tribune, 1920, 12.02.2019",
            "Multimedia",
            "Watching the lake: a day with the patrol",
            *lines[2:],
        ]
    )
    article = only(text)
    assert "Watching the lake" not in main_text(text, article)
    assert "Soldiers on parade" not in main_text(text, article)
    assert all(line in main_text(text, article) for line in lines)


def test_subheadings_stay_in() -> None:
    lines = STORY.split("\n")
    text = "\n".join(["Kenya and Uganda agree on training", *lines[:2], "What comes next", *lines[2:]])
    assert "What comes next" in main_text(text, only(text))


def test_a_headline_from_page_data_is_found_in_the_text() -> None:
    text = f"The Lake Tribune\nBorder troops to train together\nArmies\n{STORY}"
    article = only(text, page=PageData(title="Border troops to train together", publisher="The Lake Tribune"))
    assert article.title_span == Span(17, 48)
    assert article.publisher == "The Lake Tribune"


def test_spans_of_the_format_decide_for_marked_up_pages() -> None:
    footer = "Footer words that nobody needs to read at all."
    text = f"Menu\nBorder troops to train together\n{STORY}\nA last short line\n{footer}"
    start, end = text.index("The defence"), text.index("A last short line") + len("A last short line")
    document = Document("p.html", "text/html", "0" * 64, text, PageData(), (Span(start, end),))
    (article,) = split_articles(document)
    assert main_text(text, article) == f"Border troops to train together\n{STORY}\nA last short line"


def test_hidden_marks_do_not_shift_spans() -> None:
    text = PAGE.replace("Kenyan minister", "Ken\u200byan\u202e minister\u2066").replace(
        "Home\n", "Ho\u00adme\n"
    )
    article = only(text)
    assert "Ken\u200byan\u202e minister\u2066" in main_text(text, article)
    assert "Ho\u00adme" not in main_text(text, article)


def test_hard_wrapped_lines_belong_together() -> None:
    wrapped = (
        "The defence ministers of Kenya and Uganda signed an agreement on the\njoint training of border troops in "
        "Kampala. Under the agreement, both\narmies will hold two exercises a year on either side of Lake\nVictoria, "
        "the ministry said. The first exercise is to take place next\nspring and will involve about 400 soldiers "
        "from each of the two sides,\nwhich have guarded the lake apart until now.\n"
    )
    text = f"Kenya and Uganda agree on training\n\n{wrapped}"
    assert main_text(text, only(text)).endswith("apart until now.")


def test_a_russian_page() -> None:
    text = """\
Главная
Новости
Поиск
Министры обороны Казахстана и Узбекистана обсудили совместные учения
12.03.2019
Министры обороны Казахстана и Узбекистана провели переговоры в Ташкенте и договорились о совместных учениях.
По словам министра, учения пройдут осенью на двух полигонах, в них примут участие около тысячи военнослужащих.
Стороны также обсудили подготовку офицеров и сотрудничество оборонных предприятий двух стран.
Читайте также
Новая техника поступила в войска
Комментарии
"""
    article = only(text)
    assert article.language == "ru"
    assert article.title == "Министры обороны Казахстана и Узбекистана обсудили совместные учения"
    assert main_text(text, article).endswith("предприятий двух стран.")
    assert article.published is not None
    assert article.published.first == date(2019, 3, 12)


def test_a_foreign_line_does_not_change_the_language() -> None:
    assert only(f"{STORY}\nЗаголовок открываемого материала").language == "en"


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\n"])
def test_nothing_gives_no_article_or_an_empty_looking_one(text: str) -> None:
    assert all(article.spans for article in split_articles(make_document(text)))


def test_a_page_of_furniture_alone_still_gives_an_article() -> None:
    article = only("Home\nContact us\nAll rights reserved.")
    assert article.published is None
    assert article.spans


def test_a_label_of_the_store_and_an_agency_at_the_end() -> None:
    article = only(f" date 2021-05-04 Agency Reporter\n\n{STORY} (Xinhua/NAN)")
    assert (article.publisher, article.author) == (None, "Xinhua")
    assert article.published is not None
    assert article.published.first == date(2021, 5, 4)


@pytest.mark.parametrize(
    ("dateline", "author"),
    [
        ("MOMBASA, May 3 (Xinhua) -- ", "Xinhua"),
        ("Tehran, Feb 14, IRNA - ", "IRNA"),
        ("MINSK, January 6. /TASS/. ", "TASS"),
        ("MOSCOW (UrduPoint News / Sputnik - 04th May, 2021) ", "Sputnik"),
        ("NAIROBI. Aug 14 (Interfax) - ", "Interfax"),
        ("The Trend, Reuters and others wrote that ", None),
    ],
)
def test_the_agency_of_a_dateline(dateline: str, author: str | None) -> None:
    assert only(f"Kenya and Uganda sign agreement on border troops\n\n{dateline}{STORY}").author == author


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Anna Berg | 7/25/2011", "Anna Berg"),
        ("Xinhua | Updated: 2011-07-25 09:14", "Xinhua"),
        ("Anna Berg, Nairobi, Otto Lind, Peter Sund 25.07.2011, 23:38", None),
        ("PUBLISHED: July 25, 2011 at 11:30 p.m. | UPDATED: July 26, 2011 at 12:21 a.m.", None),
        ("- July, 25, 2011 - 15:33", None),
    ],
)
def test_date_lines_with_names_and_labels(line: str, author: str | None) -> None:
    article = only(f"Kenya and Uganda sign agreement on border troops\n\n{line}\n\n{STORY}")
    assert article.author == author
    assert article.published is not None
    assert article.published.first == date(2011, 7, 25)


def test_a_date_under_a_standfirst() -> None:
    lead = "Two neighbours put their border troops under one programme of training, the first in the region."
    article = only(
        f"Home\nKenya and Uganda sign agreement on border troops\n{lead}\n19.10.2019 11:36 Radio\n{STORY}"
    )
    assert article.published is not None
    assert article.published.first == date(2019, 10, 19)


def test_the_ministry_over_a_release_is_not_its_headline() -> None:
    article = only(
        f"Ministry of Defence\n\nKenya and Uganda sign agreement on border troops\n\nPosted On: 12 FEB 2021\n\n{STORY}"
    )
    assert article.title == "Kenya and Uganda sign agreement on border troops"


def test_a_caption_is_no_headline() -> None:
    text = f"Defence Minister Otto Lind (L) and his Ugandan counterpart Jane Okello (Source: KNA)\n{STORY}"
    article = only(text)
    assert article.title is None
    assert main_text(text, article) == STORY


def test_the_publisher_of_the_rights_line() -> None:
    rights = "Copyright © 2012 The Coast Monitor. All rights reserved."
    text = f"Kenya and Uganda sign agreement\n\n3 July 2012\n\n{STORY}\n\n{rights}"
    assert only(text).publisher == "The Coast Monitor"


def test_comments_without_a_head() -> None:
    text = f"Kenya and Uganda sign agreement\n3 July 2012\n{STORY}\nAnna says:\n4 July 2012 at 16:25\n"
    text += "I was there, and the soldiers sang all night long. Nobody in the village slept."
    article = only(text)
    assert main_text(text, article).endswith("from each side.")


SENTENCE = STORY.splitlines()[0]
HEAD = "Kenya and Uganda sign a pact\n12 May 2021\n"


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "ab\n" * (size // 3),
        lambda size: "12 May 2021\n" * (size // 12),
        lambda size: "By Anna Berg | 7/25/2011\n" * (size // 25),
        lambda size: f"{SENTENCE.upper()}\n" * (size // len(SENTENCE)),
        lambda size: f"{SENTENCE} " * (size // len(SENTENCE)),
        lambda size: "x" * size,
        lambda size: "abCd" * (size // 4),
        lambda size: f"{HEAD}{SENTENCE}\n" * (size // (len(HEAD) + len(SENTENCE))),
        lambda size: "Weekly digest\n" + f"12 May 2021\n{SENTENCE}\n" * (size // (12 + len(SENTENCE))),
        lambda size: f"Weekly digest\n{HEAD}" + "Related articles\n" * (size // 17),
    ],
    ids=["short", "dates", "by", "capitals", "one line", "no space", "glued", "heads", "sections", "ends"],
)
def test_monotonous_texts_take_bounded_time(make: Callable[[int], str]) -> None:
    # The slowest takes 2 s of CPU for as much; quadratic work would take minutes.
    text = make(100_000)
    started = time.process_time()
    assert split_articles(make_document(text))
    assert time.process_time() - started < 10


# -- What real pages taught ----------------------------------------------------------------------------------


def test_the_entries_of_a_chronology_keep_their_days() -> None:
    text = """\
Two navies: how it went
Relations between the two navies go back to the first visit of a training ship, which is described here.
31 March 1991
The two governments opened embassies in each other's capitals after talks that had taken three years.
5 June 1994
The first joint exercise of the two navies took place in the strait with six ships and four hundred sailors.
12 May 1999
Both parliaments approved the agreement on the exchange of officers between the naval academies."""
    assert "5 June 1994\nThe first joint exercise" in main_text(text, only(text))


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("https://strait.example/523988/strait-patrols", "Strait patrols"),
        ("https://strait.example/agenda-10-16-july-2023.html", "Agenda 10 - 16 July 2023"),
    ],
)
def test_the_address_tells_a_headline_that_looks_like_none(address: str, line: str) -> None:
    assert only(f"{address}\n{line}\n{STORY}").title == line


def test_a_line_of_two_words_is_no_headline_by_itself() -> None:
    assert only(f"https://strait.example/523988\nStrait patrols\n{STORY}").title is None


def test_a_bullet_before_a_headline_is_no_part_of_it() -> None:
    text = f"Contents tagged with lake\n\n  • Kenya and Uganda agree on joint training\n\n{STORY}"
    article = only(text)
    assert article.title == "Kenya and Uganda agree on joint training"
    assert article.title_span is not None
    assert article.title_span.cut(text) == article.title


def test_a_link_to_another_story_is_no_headline() -> None:
    text = f">> Lake patrols resume after a storm on Monday\n{STORY}"
    article = only(text)
    assert article.title is None
    assert "storm" not in main_text(text, article)


@pytest.mark.parametrize(
    "line",
    [
        "The Kenyan minister shaking hands with his Ugandan counterpart in Kampala",
        "The Kenyan minister (links) and his Ugandan counterpart in Kampala",
        "Both delegations pose for a group photo in front of the ministry in Kampala",
    ],
)
def test_the_line_under_a_picture_is_no_text(line: str) -> None:
    first, rest = STORY.split("\n", 1)
    text = f"Kenya and Uganda agree on joint training\n{first}\n{line}\n{rest}"
    assert line not in main_text(text, only(text))


def test_headlines_of_other_stories_under_the_text_are_left_out() -> None:
    text = (
        f"Kenya and Uganda agree on joint training\n{STORY}\n"
        "Source says that the revenue office asked the singer to pay for the last five years\n"
        "Opposition spokesperson says that the protest in the capital will not be postponed"
    )
    assert main_text(text, only(text)).endswith(STORY.split("\n")[-1])


def test_a_last_line_that_was_cut_off_stays() -> None:
    last = "The agreement on the training of the border troops of both states will be in force for"
    text = f"Kenya and Uganda agree on joint training\n{STORY}\n{last}"
    assert main_text(text, only(text)).endswith(last)


def test_lines_of_a_double_spaced_text_are_put_together() -> None:
    text = """\
Wishing to develop and intensify their co-operation in the training of their border troops on both sides of

the lake, and willing to strengthen the co-operation that was begun with the memorandum between

the ministry of defence of Kenya and the ministry of defence of Uganda, which was signed in

the city of Kampala in the spring of the year before, the two governments have agreed as follows:

The two armies will hold two exercises a year on either side of the lake, and they will exchange officers

between their staff colleges as soon as both parliaments have approved the money that is needed for it."""
    article = only(text)
    assert main_text(text, article).startswith("Wishing to develop")
    assert main_text(text, article).endswith("needed for it.")


def test_a_paragraph_that_ends_in_a_link_is_a_paragraph() -> None:
    paragraph = STORY.replace("\n", " ")
    text = f"Kenya and Uganda agree on joint training\n{paragraph} … Read more: click here to subscribe"
    assert "Lake Victoria" in main_text(text, only(text))


def test_names_of_icons_are_no_text() -> None:
    title = "Kenya and Uganda agree on joint training"
    text = f"{title}\n{title}\nfolder_openInternational News access_time 3 hours ago\n{STORY}"
    article = only(text)
    assert article.title == title
    assert main_text(text, article) == f"{title}\n{STORY}"


def test_a_text_in_a_language_of_few_known_words_outweighs_an_english_box() -> None:
    story = (
        "پاکستان اور ترکی کی بحریہ نے بحیرہ عرب میں دو ہفتے طویل "
        "مشترکہ مشق کا آغاز کیا ہے جس میں آٹھ جہاز حصہ لے رہے ہیں۔\n"
        "مشق کا مقصد دونوں ممالک کے درمیان سیکیورٹی تعاون کو "
        "فروغ دینا اور باہمی رابطوں کو بہتر بنانا ہے، بیان میں کہا گیا۔"
    )
    text = f"{story}\n\nAuthor\n\n  • Strait Daily\n\n    Strait Daily is a trusted media brand for the region.\n"
    assert only(text).language == "ur"


def test_a_digest_whose_items_name_where_they_come_from() -> None:
    items = [
        (
            "Lake patrols resume after a storm",
            "(Coast Monitor) Boats of both navies went back to the lake on Monday, after two days in port.",
        ),
        (
            "Army chief visits the training school",
            "(Lake Tribune) The chief of the army spoke to four hundred cadets about the exercises of the spring.",
        ),
        (
            "Parliament debates the pact on patrols",
            "(AFP) Members of both houses asked for the text of the agreement, which is not public.",
        ),
    ]
    numbered = "\n".join(f"{number}. {title}\n{body}" for number, (title, body) in enumerate(items, start=1))
    articles = split_articles(make_document(f"Morning Bird\n14 March 2019\n{numbered}"))
    assert [article.title for article in articles] == [title for title, _ in items]
    assert {article.published.first for article in articles if article.published} == {date(2019, 3, 14)}


def test_a_numbered_headline_over_wrapped_text_stays_a_line() -> None:
    body = "\n".join(
        [
            "Kenya and Uganda agreed on the training of the troops at their border,",
            "after two years of talks between the ministries of defence in Nairobi",
            "and Kampala. The first exercise is to take place in the spring, and it",
            "will involve about four hundred soldiers from each of the two armies.",
        ]
    )
    text = (
        "Lake Weekly: news in brief\n17 March 2019\n\n1. Kenya and Uganda agree on training of border troops\n"
        f"{body}\n\n2. Criticism of the agreement in the parliament of Uganda\n{body}\n"
    )
    document = make_document(text)
    assert [article.title for article in split_articles(document)] == [
        "Kenya and Uganda agree on training of border troops",
        "Criticism of the agreement in the parliament of Uganda",
    ]


def test_key_points_above_the_text_are_no_headline() -> None:
    points = "• Two exercises a year for the border troops\n• First exercise in Kampala next spring"
    text = f"Kenya and Uganda agree on joint training\n{points}\n{STORY}"
    assert only(text).title == "Kenya and Uganda agree on joint training"


def test_questions_of_a_parliament_are_articles_of_their_own() -> None:
    text = (
        f"Written Question\nBorder troops: training\nTuesday 12th March 2019\n\nAsked by: Ann Oti\n\n{STORY}\n\n"
        f"Written Question\nLake patrols: costs\nThursday 14th March 2019\n\nAsked by: Ann Oti\n\n{OLDER_STORY}\n"
    )
    articles = split_articles(make_document(text))
    assert [article.published and article.published.first for article in articles] == [
        date(2019, 3, 12),
        date(2019, 3, 14),
    ]
    assert [article.author for article in articles] == ["Ann Oti"] * 2
