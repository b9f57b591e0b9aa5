"""Gzip within bounds."""

import gzip

import pytest

from foedus.errors import InputError
from foedus.read.gzipped import is_gzip, unpack_gzip
from foedus.read.limits import ReadLimits

LIMITS = ReadLimits(max_bytes=100_000, max_ratio=10, min_bomb_bytes=20_000)


def test_members_are_joined_and_padding_is_forgiven() -> None:
    data = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0) + b"\0" * 100
    assert is_gzip(data)
    assert unpack_gzip(data, LIMITS) == b"one two"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(b"0123456789" * 50, mtime=0)[:-6], "truncated"),
        (gzip.compress(b"0123456789" * 50, mtime=0)[:20], "truncated"),
        (b"\x1f\x8b\x08" + b"\xff" * 40, "damaged"),
        (gzip.compress(b"0" * 90_000, mtime=0), "bomb"),
        (gzip.compress(bytes(range(256)) * 40, mtime=0)[:-2] + b"xx", "damaged"),
    ],
)
def test_faults(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        unpack_gzip(data, LIMITS)
    assert caught.value.code == code


def test_a_bomb_of_many_members() -> None:
    with pytest.raises(InputError) as caught:
        unpack_gzip(gzip.compress(b"", mtime=0) * 1001, LIMITS)
    assert caught.value.code == "bomb"


def test_too_large_though_no_bomb() -> None:
    import random

    noise = random.Random(1).randbytes(150_000)
    with pytest.raises(InputError) as caught:
        unpack_gzip(gzip.compress(noise, mtime=0), LIMITS)
    assert caught.value.code == "too-large"
    small = random.Random(1).randbytes(90_000)
    assert unpack_gzip(gzip.compress(small, mtime=0), LIMITS) == small
