"""What a worker does with one input, on whatever machine it runs: load its bytes, read and code them."""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.engine.fence import to_lost_problem, try_step
from foedus.engine.find import Input
from foedus.engine.local import Lost, Work
from foedus.errors import InputError
from foedus.ledger import Facts
from foedus.model.run import Problem, Step

if TYPE_CHECKING:
    from foedus.engine.kit import Kit, KitOrder

_PAGE = (
    b"<!doctype html><html><body><p>Chile and Peru signed a treaty in Lima on 1 May 2020.</p></body></html>"
)


def make_work(order: "KitOrder") -> Work:
    """What a worker does with each input; made in the worker's own process."""
    from foedus.engine.kit import load_kit

    return partial(_work, kit=load_kit(order))


def warm_up(order: "KitOrder") -> None:
    """Load every model here by coding a made-up page; workers forked afterwards share their memory."""
    from foedus.engine.kit import load_kit
    from foedus.engine.steps import code_input

    code_input(Input("", "", Path()), _PAGE, load_kit(order))


def find_digest(item: Input, max_bytes: int) -> str:
    """SHA-256 of an input's bytes; of one that is too large their number; empty when it cannot be read."""
    if item.place is not None:
        return item.digest
    try:
        size = item.path.stat().st_size
        return f"{size}-bytes" if size > max_bytes else sha256(item.path.read_bytes()).hexdigest()
    except OSError:
        return ""


def tell_slow(digest: str, seconds: float) -> str:
    """What stands for the digest of an input that took longer: as long as it may take no more, it is let be."""
    return f"{digest} over {seconds:g} s"


def to_lost_facts(lost: Lost, max_bytes: int) -> Facts:
    """What is kept of an input that gave nothing: why, and whether to try it again."""
    item = lost.item
    problem = to_lost_problem(item.name, lost.seconds)
    digest = ""
    if lost.seconds is not None:
        digest = tell_slow(find_digest(item, max_bytes), lost.seconds)
    return Facts(item.name, item.root, digest, None, problems=(problem,))


def to_bare_facts(facts: Facts, error: Exception) -> Facts:
    """What is kept of an input that says something that cannot be stored."""
    problem = Problem(facts.name, Step.CODE, "not-storable", f"{error}; please report it")
    return Facts(facts.name, facts.root, facts.digest, None, problems=(problem,))


def _work(item: Input, *, kit: "Kit") -> Facts:
    from foedus.engine.steps import code_input

    data = try_step(item.name, Step.READ, lambda: _load_bytes(item, kit.limits.max_bytes))
    if isinstance(data, Problem):
        digest = find_digest(item, kit.limits.max_bytes) if item.place is None else ""
        return Facts(item.name, item.root, digest, None, problems=(data,))
    return code_input(item, data, kit)


def _load_bytes(item: Input, max_bytes: int) -> bytes:
    if item.member is not None:
        return item.member.data
    if item.place is not None:
        raise InputError("no-access", f'"{item.path}" changed while it was read; build again')
    try:
        size = item.path.stat().st_size
        if size > max_bytes:
            message = (
                f"{size:,} bytes, more than the {max_bytes:,} allowed; split it or raise FOEDUS_MAX_BYTES"
            )
            raise InputError("too-large", message)
        return item.path.read_bytes()
    except OSError as error:
        raise InputError("no-access", f"cannot be read ({error.strerror}); change its rights") from error
