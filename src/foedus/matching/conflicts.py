"""x"""

from collections.abc import *


def find_conflicts(*a):
    return []
