"""Fetching pages politely, and keeping them: the only part of Foedus that uses the network."""

from foedus.fetch.address import parse_list
from foedus.fetch.copies import Copies
from foedus.fetch.crawl import Fetching, Outcome
from foedus.fetch.policy import Policy

__all__ = ["Copies", "Fetching", "Outcome", "Policy", "parse_list"]
