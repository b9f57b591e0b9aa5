from pathlib import Path

import pytest

from foedus.config import Settings, load_settings
from foedus.errors import ConfigError


def test_without_an_environment_the_defaults_hold():
    assert load_settings({}) == Settings()
    assert load_settings({"FOEDUS_LEDGER": "", "FOEDUS_JOBS": ""}) == Settings()


def test_the_environment_sets_what_it_names():
    settings = load_settings(
        {
            "FOEDUS_LEDGER": "other.db",
            "FOEDUS_CODEBOOK": "rules",
            "FOEDUS_JOBS": "3",
            "FOEDUS_MAX_BYTES": "1000",
            "FOEDUS_ITEM_TIMEOUT_S": "2.5",
            "FOEDUS_CA_FILE": "own.pem",
            "FOEDUS_FRESH_S": "60",
        }
    )
    expected = Settings(Path("other.db"), Path("rules"), 3, 1000, 2.5, ca_file=Path("own.pem"), fresh_s=60.0)
    assert settings == expected


@pytest.mark.parametrize("variable", ["FOEDUS_JOBS", "FOEDUS_MAX_BYTES", "FOEDUS_ITEM_TIMEOUT_S"])
@pytest.mark.parametrize("words", ["0", "-1", "many", "inf", "nan"])
def test_a_number_that_cannot_be_used_is_named(variable, words):
    with pytest.raises(ConfigError, match=f'{variable} is "{words}"'):
        load_settings({variable: words})
