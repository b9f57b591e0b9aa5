"""``python -m foedus.cli`` is `foedus`."""

from foedus.cli.main import main

main()
