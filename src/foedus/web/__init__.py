"""The desk's pages: they work without script, and get better with it."""

from foedus.web.app import LOOPBACK, make_app

__all__ = ["LOOPBACK", "make_app"]
