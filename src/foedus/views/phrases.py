"""Noun phrases of the sources, made to fit into a sentence."""

from collections.abc import Collection

from foedus.views.data_files import load_data

_PREPOSITIONS = {"of", "for", "on", "in", "with", "between", "to", "at", "from", "under", "against", "by"}
_QUOTES = "“”\"'«»"


def tidy_subject(subject: str | None, taken: Collection[str]) -> str | None:
    """The subject of a claim as a sentence can use it.

    Args:
        subject: As the claim has it.
        taken: Names that the sentence has in other places: a subject that is but one of them says nothing.

    Returns:
        The subject without words that lead nowhere at its end (``exercise in``); None if nothing is left, or
        only a pronoun, a determiner or a name that is taken: better no subject than a wrong one.
    """
    data = load_data("sentences")
    loose = _PREPOSITIONS | set(data["determiners"]) | set(data["loose_words"])
    words = (subject or "").split()
    while words and words[-1].lower().strip(_QUOTES) in loose:
        words.pop()
    is_empty = all(word.lower().strip(_QUOTES) in loose for word in words)
    phrase = " ".join(words)
    names = {name.casefold().removeprefix("the ") for name in taken}
    is_taken = phrase.strip(_QUOTES).casefold().removeprefix("the ") in names
    return None if is_empty or is_taken else phrase


def with_article(phrase: str) -> str:
    """A noun phrase with the article it needs: ``a joint centre``, ``joint centres``, ``the Combat Plan``."""
    data = load_data("sentences")
    first = phrase.split()[0]
    if first.lower() in data["determiners"] or first.replace(",", "").replace(".", "").isdigit():
        return phrase
    if first.lower() in data["ordinals"] or first[0].isdigit():
        return f"the {phrase}"
    if is_name(phrase):
        # A name that turns on a common noun: the Military Doctrine, but Cold Wind.
        turns_on = {first.lower(), phrase.split()[-1].lower(), _find_head(phrase)}
        is_titled = not turns_on.isdisjoint(data["titles"])
        return f"the {phrase}" if is_titled else phrase
    if " and " in phrase or is_plural(phrase) or _find_head(phrase) in data["mass_nouns"]:
        return phrase
    sounds_like_vowel = first[0].lower() in "aeiou" and not first.lower().startswith(
        ("uni", "eu", "use", "one")
    )
    return f"{'an' if sounds_like_vowel else 'a'} {phrase}"


def is_name(phrase: str) -> bool:
    """Whether a phrase looks like a proper name: first and last word in capitals (or digits)."""
    words = phrase.strip("“”\"'«»").replace("-", " ").split()
    return bool(words) and words[0][0].isupper() and (words[-1][0].isupper() or words[-1][0].isdigit())


def is_plural(phrase: str) -> bool:
    """Whether the noun a phrase turns on looks like a plural."""
    head = _find_head(phrase)
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def _find_head(phrase: str) -> str:
    """The noun that carries a phrase: the last word before "of", "for" and the like."""
    words = phrase.lower().split()
    for index, word in enumerate(words):
        if index and word in _PREPOSITIONS:
            return words[index - 1]
    return words[-1] if words else ""
