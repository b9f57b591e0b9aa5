import pytest

from foedus.views.phrases import is_name, is_plural, tidy_subject, with_article


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("joint centre", "a joint centre"),
        ("air base", "an air base"),
        ("united command", "a united command"),
        ("joint centres", "joint centres"),
        ("military cooperation", "military cooperation"),
        ("arms and ammunition", "arms and ammunition"),
        ("Cold Wind", "Cold Wind"),
        ("Military Doctrine", "the Military Doctrine"),
        ("the new plan", "the new plan"),
        ("40 tanks", "40 tanks"),
        ("2,500 troops", "2,500 troops"),
        ("102nd base", "the 102nd base"),
        ("last base", "the last base"),
        ("grouping of troops", "a grouping of troops"),
        ("Access Agreement in Oslo", "the Access Agreement in Oslo"),
    ],
)
def test_articles(phrase, told):
    assert with_article(phrase) == told


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Cold Wind", True),
        ("West-2009", True),
        ("Patriot systems", False),
        ("drills", False),
        ("“Cold Wind”", True),
        ("", False),
    ],
)
def test_names_look_like_names(phrase, name):
    assert is_name(phrase) is name


@pytest.mark.parametrize(
    ("phrase", "many"),
    [("forces of one", True), ("class of ships", False), ("drills", True), ("a crisis", False)],
)
def test_plurals(phrase, many):
    assert is_plural(phrase) is many


@pytest.mark.parametrize(
    ("subject", "tidy"),
    [
        ("joint centre", "joint centre"),
        ("British exercise in", "British exercise"),
        ("meeting of the board on the", "meeting of the board"),
        ("that", None),
        ("most of", None),
        ("the last", None),
        ("Norway", None),
        ("the united states", None),
        ("“Oslo”", None),
        ("Oslo accord", "Oslo accord"),
        ("", None),
        (None, None),
    ],
)
def test_a_subject_that_says_nothing_is_left_out(subject, tidy):
    assert tidy_subject(subject, ("Norway", "the United States", "Oslo")) == tidy
