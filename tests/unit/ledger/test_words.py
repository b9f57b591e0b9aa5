import pytest

from foedus.ledger import open_ledger, schema
from foedus.ledger.connect import WRITING, connect
from foedus.ledger.words import add_words, clear_words, fold, holds_words

TEXTS = (
    "Édouard's joint exercise\nU.S.-Japan 2.5 under_way",
    "the JOINT communiqué; exercise of 100% _x_",
    "Straße \0 y ŵ ﬁ 日本 防衛 Türkiye İstanbul",
    "x" * 5000 + " joint",
    "",
)


@pytest.fixture
def ask(ledger_address):
    open_ledger(ledger_address).close()
    engine = connect(ledger_address, write=True)
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        add_words(connection, list(enumerate(TEXTS)))
        connection.execute(
            schema.listing.insert(),
            [
                {
                    **dict.fromkeys(("type", "status"), "x"),
                    **dict.fromkeys(("claims", "sources", "conflicts", "confidence"), 1),
                    "is_dated": False,
                    "position": number,
                    "event_id": f"e-{number}",
                }
                for number in range(len(TEXTS))
            ],
        )

    def ask(*phrases):
        condition = holds_words(phrases, engine.dialect.name)
        query = schema.listing.select().where(condition).order_by(schema.listing.c.position)
        with engine.connect() as connection:
            return [row.position for row in connection.execute(query)]

    ask.engine = engine
    yield ask
    engine.dispose()


def test_the_same_words_find_the_same_on_every_database(ask):
    assert ask("joint") == [0, 1, 3]
    assert ask("Joint Exercise") == [0]
    assert ask("exercise U.S.") == [0]  # words of two lines stand together, too
    assert ask("JOINT", "exercise") == [0, 1]
    assert ask("2.5", "japan") == [0]
    assert ask("2 5 under way") == [0]
    assert ask("edouard") == ask("édouard s") == [0]
    assert ask("strasse") == []
    assert ask("straße", "W", "turkiye") == [2]
    assert ask("日本") == [2]
    assert ask("x" * 5000) == [3]
    assert ask("x" * 4999) == []
    assert ask("100%") == ask("100") == [1]
    assert ask("join", "joint") == []
    assert ask("_") == ask("_", "joint") == []


def test_an_index_that_is_emptied_finds_nothing(ask):
    with ask.engine.connect().execution_options(**WRITING) as connection, connection.begin():
        clear_words(connection)
    assert ask("joint") == []


def test_words_are_folded_in_their_order():
    assert fold(["B a, B!", "", "Ä"]) == [["b", "a", "b"], [], ["a"]]
