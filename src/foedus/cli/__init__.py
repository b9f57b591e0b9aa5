"""The command line. `foedus.cli.main` is its entry."""
