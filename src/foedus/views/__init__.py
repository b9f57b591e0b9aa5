"""Questions over a ledger, answered as shapes that any edge can print."""
