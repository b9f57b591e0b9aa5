"""Text from outside made safe to show: nothing in it may steer a terminal or turn the reading order round."""

import re

# Control characters but tab and line end; marks that change the direction of writing; the byte order mark.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """The text without control characters and marks that change the direction of writing."""
    return _UNSAFE.sub("", text)


def clean_line(text: str) -> str:
    """The same as one line, runs of white space as one space."""
    return " ".join(clean(text.replace("\r", " ")).split())
