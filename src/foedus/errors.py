"""The one error tree, branched by who must act.

    FoedusError
    ├── ConfigError      a setting: the person who started the run
    ├── DataFileError    codebook, actors, languages, judgements, dumps: the editor of the data file
    ├── InputError       one input item: recorded as a problem, the run goes on
    ├── LedgerError      the store: the owner of the ledger
    │   ├── NotStorable  an input says what no database can hold: recorded as a problem, the run goes on
    │   ├── UnknownItem  asked for a document, claim or event that the ledger has not: the person who asks
    │   ├── TooSlow      a question took longer than it may: the person who asks
    │   └── Unavailable  the ledger cannot be reached or written just now: whoever looks after server and disk
    └── MissingExtra     an optional part: the person who installs

Messages name the item, the value in quotes and what to do next. The library never prints.
"""


class FoedusError(Exception):
    """Anything Foedus raises on purpose."""


class ConfigError(FoedusError):
    """A setting or an argument cannot be used; raised before the first document."""


class DataFileError(FoedusError):
    """A data file (codebook, actors, language, judgements, dump) is malformed; names file, place and fault."""


class InputError(FoedusError):
    """One input item cannot be read or coded.

    Attributes:
        code: A short stable word for the kind of fault, for example ``empty`` or ``encrypted``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str]]:
        return (InputError, (self.code, str(self)))


class LedgerError(FoedusError):
    """The ledger cannot be opened, is of another version, or is damaged."""


class NotStorable(LedgerError):  # noqa: N818 - the name says what it is
    """What was to be written cannot be stored, however often it is tried: the fault is not the ledger's."""


class UnknownItem(LedgerError):  # noqa: N818 - the name says what is unknown
    """The ledger holds no document, claim, event or actor of the name that was given."""


class TooSlow(LedgerError):  # noqa: N818 - the name says what it is
    """A question took longer than the time it is given; a narrower one may not."""


class Unavailable(LedgerError):  # noqa: N818 - the name says what it is
    """The ledger cannot be reached or written just now, whatever is asked or written; it may later.

    Its server is away or cut the connection, another writer holds it, its disk is full.
    """


class MissingExtra(FoedusError):  # noqa: N818 - the name says what is missing
    """An optional part is not installed; names the extra."""
