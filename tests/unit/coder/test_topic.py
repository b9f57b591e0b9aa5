"""Tests of leaving unread what cannot hold a claim."""

from foedus.codebook import load_codebook
from foedus.coder import code_article
from foedus.coder.topic import SHORT, find_hopeful, iter_topic_features
from foedus.lang import load_language
from foedus.model.article import Article
from foedus.model.document import Document
from foedus.model.span import Span

SOUP = (
    "This soup is eaten all over Lebanon and Syria, and every family has its own. Rinse two cups of red "
    "lentils, fry an onion in olive oil until it is golden, and add a spoon of cumin and a pinch of salt. "
    "Pour on the stock and let it simmer for half an hour, stirring now and then so that nothing sticks. "
    "In Turkey the soup is finished with butter and dried mint; in Egypt some cooks thicken it with rice, "
    "and in Jordan they crumble toasted bread on top. Serve it hot with lemon. My grandmother, who came "
    "from Beirut, said that the whole secret was patience, and that a soup which was hurried could be "
    "tasted from the street."
)
CUP = (
    "Peru beat Chile on penalties in Lima on Sunday to reach the final of the cup. Chile attacked from "
    "the first minute, and their captain struck the post twice before the break, but the Peruvian defence "
    "held out under siege. The coach of the visitors accused the referee of favouring the hosts and said "
    "that his players had fought like an army. In the second half both sides sent on fresh forwards, the "
    "goalkeeper was injured and had to be carried off, and the match went to extra time. Fans from "
    "Bolivia and Ecuador sang in the stands. The winner will meet Uruguay on Thursday, when the striker "
    "who scored the last goal is expected to play again."
)
DRILL = (
    "Ghana and Togo began a joint naval exercise in the Gulf of Guinea on Monday, the Ghanaian navy said. "
    "Three patrol boats and some two hundred sailors take part. The two ministries of defence signed a "
    "memorandum on training last year."
)


def test_of_an_article_without_a_word_of_defence_nothing_is_read() -> None:
    assert len(SOUP.split()) > SHORT
    assert find_hopeful([SOUP], [False], load_language("en")) == (False,)


def test_an_article_about_defence_is_read() -> None:
    assert find_hopeful([DRILL], [False], load_language("en")) == (True,)


def test_a_paragraph_that_names_an_armed_group_is_read() -> None:
    assert find_hopeful([SOUP], [True], load_language("en")) == (True,)


def test_a_short_text_without_such_a_word_is_read() -> None:
    assert find_hopeful(
        ["The two presidents met in Accra and will meet again."], [False], load_language("en")
    ) == (True,)


def test_sport_in_words_of_war_is_not_read() -> None:
    assert find_hopeful([CUP], [False], load_language("en")) == (False,)


def test_a_paragraph_counts_by_itself_and_with_its_neighbours() -> None:
    (_, near), (own, nearer), (_, far) = iter_topic_features(
        ["A fleet sailed.", "It was late.", "The soup was hot."]
    )
    assert "fleet" in near
    assert "fleet" in nearer
    assert own == ["late", "was"]
    assert "fleet" not in far


def test_names_are_no_topic() -> None:
    assert list(iter_topic_features(["Chile and Peru talked."])) == [(["and", "talked"], ["and", "talked"])]


def test_the_coder_makes_no_claims_of_sport_and_makes_those_of_the_drill_below_it() -> None:
    text = f"{CUP}\n\n{CUP}\n\n{DRILL}"
    document = Document("page.txt", "text/plain", "0" * 64, text)
    article = Article("page.txt", 0, None, None, None, None, "en", None, (Span(0, len(text)),))
    claims = code_article(document, article, load_codebook())
    assert claims
    assert all(claim.evidence.start >= text.index(DRILL) for claim in claims)
