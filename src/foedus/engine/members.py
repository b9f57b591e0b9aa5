"""Containers among the inputs: the documents in them take their place.

A container is gone through twice and never held: once to learn what it holds, once to hand on what must be read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby

from foedus.engine.find import Found, Input, Scope
from foedus.model.run import Problem, Step
from foedus.read import Container, Fault, Member, ReadLimits, find_container, iter_members

_SHOWN_KINDS = 6


def open_containers(found: Found, limits: ReadLimits) -> Found:
    """Put the documents that containers hold in the place of the containers.

    Args:
        found: Files.
        limits: Bounds on each document.

    Returns:
        Files that are no containers, and documents in those that are, sorted by name. A document that stands
        in several containers, or twice in one, is one input; it is the same wherever it is taken from. Files go
        before documents in containers of the same name. What is broken or left out in a container is a problem of it.
    """
    inputs: dict[str, Input] = {}
    problems: list[Problem] = []
    left_out = 0
    roots: dict[Problem, str] = {}
    kinds = {item: find_container(item.path) for item in found.inputs}
    inputs |= {item.name: item for item, kind in kinds.items() if kind is None}
    for item, kind in kinds.items():
        if kind is None:
            continue
        index = _Index(item)
        index.read(kind, limits)
        left_out += index.left_out.total()
        for member in index.members:
            first = inputs.setdefault(member.name, member)
            if first.digest != member.digest:
                index.problems.append(_tell_same_name(member))
        index.problems += _tell_left_out(item, index.left_out)
        problems += index.problems
        roots.update((problem, item.root) for problem in index.problems)
    scopes = tuple(_add(scope, problems, roots) for scope in found.scopes)
    return Found(tuple(sorted(inputs.values())), scopes, left_out)


def load_members(todo: Iterable[Input], limits: ReadLimits) -> Iterator[Input]:
    """The same inputs, documents in containers with themselves at hand; by container and place in it.

    One that is no longer where it was comes without itself.
    """
    for place, group in groupby(sorted(todo, key=_find_place), key=lambda item: (item.root, item.path)):
        items = list(group)
        if items[0].place is None:
            yield from items
            continue
        kind = find_container(place[1])
        waiting = {item.place: item for item in items if kind is not None}
        members = iter_members(place[1], _name_container(items[0]), kind, limits) if kind else iter(())
        for number, member in enumerate(found for found in members if isinstance(found, Member)):
            item = waiting.pop(number, None)
            if item is not None:
                is_same = (item.name, item.digest) == _identify(item, member)
                yield replace(item, member=member) if is_same else item
            if not waiting:
                break
        yield from waiting.values() if kind is not None else items


def _find_place(item: Input) -> tuple[str, str, int, str]:
    return item.root, str(item.path), -1 if item.place is None else item.place, item.name


def _identify(item: Input, member: Member) -> tuple[str, str]:
    """Name and digest of a document in a container; a page that was fetched has the name of its address."""
    is_page = item.is_copy and member.given.address is not None
    return item.name if is_page else member.name, sha256(member.data).hexdigest()


def _name_container(item: Input) -> str:
    return item.path.name


@dataclass(slots=True)
class _Index:
    """What a container holds, without holding it."""

    container: Input
    members: list[Input] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def read(self, kind: Container, limits: ReadLimits) -> None:
        """Go through the container."""
        item = self.container
        for found in iter_members(item.path, _name_container(item), kind, limits):
            if isinstance(found, Member):
                name, digest = _identify(item, found)
                self.members.append(replace(item, name=name, place=len(self.members), digest=digest))
            elif isinstance(found, Fault):
                self.problems.append(Problem(item.name, Step.FIND, found.code, found.message))
            else:
                self.left_out[found.kind] += 1
        if not (self.members or self.problems or self.left_out):
            message = "nothing in it; save or fetch it again if there should be"
            self.problems.append(Problem(item.name, Step.FIND, "empty", message))


def _tell_left_out(item: Input, left_out: Counter[str]) -> Iterator[Problem]:
    kinds = sorted(left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    teasers = left_out["teaser"]
    if teasers:
        message = f"{teasers:,} items are teasers only; give the addresses of their pages with --urls"
        yield Problem(item.name, Step.FIND, "teasers", message)
    others = [f"{number:,} {kind}" for kind, number in kinds if kind != "teaser"]
    if others:
        more = f", {len(others) - _SHOWN_KINDS} more kinds" if len(others) > _SHOWN_KINDS else ""
        message = f"records that are no documents: {', '.join(others[:_SHOWN_KINDS])}{more}; nothing to do"
        yield Problem(item.name, Step.FIND, "left-out", message)


def _tell_same_name(member: Input) -> Problem:
    message = f'"{member.name}" stands for two different contents; the first is read, please report it'
    return Problem(member.path.name, Step.FIND, "same-name", message)


def _add(scope: Scope, problems: Iterable[Problem], roots: dict[Problem, str]) -> Scope:
    """A scope with the problems of the containers that were found in it."""
    mine = [
        problem
        for problem in problems
        if roots[problem] == scope.root and (scope.names is None or problem.item in scope.names)
    ]
    return replace(scope, problems=tuple(sorted({*scope.problems, *mine})))
