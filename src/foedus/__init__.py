"""Foedus: open reporting about defence relations between states, as an evidence ledger."""

__version__ = "0.1.0"
