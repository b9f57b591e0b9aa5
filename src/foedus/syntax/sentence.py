"""One sentence shape for every analyser: tokens with a head each, offsets into the analysed text.

Dependency labels are those of the English pipeline (``nsubj``, ``nsubjpass``, ``dobj``, ``pobj``, ``prep``, …); an
adapter for another analyser translates its own labels into these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        index: Position in its sentence, from 0.
        start: First code point in the analysed text.
        end: One past the last.
        text: As written.
        lemma: Base form in lower case, but proper nouns as written.
        pos: Universal part of speech (``VERB``, ``NOUN``, ``PROPN``, …).
        tag: Fine tag of the analyser (``VBD``), empty if it has none.
        dep: Label of the arc to the head; ``ROOT`` for the root.
        head: Index of the head in the sentence; its own index for the root.
        entity: Kind of name the token is part of (``PERSON``, ``GPE``, ``ORG``, ``LOC``, ``FAC``, …), or empty.
        begins: Whether a name begins here.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    begins: bool


class Sentence:
    """Tokens of one sentence, in order, with the tree over them.

    Attributes:
        tokens: All tokens, white space left out.
        number: Position among the sentences of its text, from 0.
    """

    __slots__ = ("__dict__", "number", "tokens")

    def __init__(self, tokens: tuple[Token, ...], number: int) -> None:
        self.tokens = tokens
        self.number = number

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    @property
    def start(self) -> int:
        """First code point of the sentence in the analysed text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """One past its last code point."""
        return self.tokens[-1].end

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its dependents, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                found[token.head].append(token.index)
        return tuple(tuple(group) for group in found)

    @cached_property
    def root(self) -> int:
        """Index of the (first) root."""
        return next((token.index for token in self.tokens if token.head == token.index), 0)

    def iter_ancestors(self, index: int) -> Iterator[int]:
        """Heads of a token, nearest first; ends at the root even if an analyser gives a loop."""
        seen = {index}
        head = self.tokens[index].head
        while head not in seen:
            yield head
            seen.add(head)
            head = self.tokens[head].head

    def subtree(self, index: int, *, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """Indices of a token and all below it, in order; branches that begin in `without` are left out."""
        found: list[int] = []
        stack = [index]
        seen: set[int] = set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            found.append(current)
            stack.extend(child for child in self.children[current] if child not in without)
        found.sort()
        return found

    def child(self, index: int, *deps: str) -> int | None:
        """First dependent of a token with one of the labels, or None."""
        for child in self.children[index]:
            if self.tokens[child].dep in deps:
                return child
        return None

    def having(self, index: int, *deps: str) -> list[int]:
        """All dependents of a token with one of the labels, in order."""
        return [child for child in self.children[index] if self.tokens[child].dep in deps]
