"""`foedus problems`: what could not be read or coded."""

from foedus.cli.options import LedgerOption

EXAMPLE = "Example: foedus problems --ledger monitor.db"


def problems(ledger: LedgerOption = None) -> None:
    """List what could not be read or coded, why, and what to do."""
    from foedus.cli.terminal import show_table
    from foedus.facade import Ledger, make_settings
    from foedus.views.chronology import tabulate_problems

    show_table(tabulate_problems(Ledger(make_settings(ledger=ledger)).problems()))
