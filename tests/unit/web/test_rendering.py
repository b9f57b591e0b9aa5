import pytest

from foedus.web.rendering import safe_link


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", "http://example.org"])
def test_addresses_of_the_web_become_links(address):
    assert safe_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://x.org",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://[",
        "https://a\u202e.org",
        "mailto:a@b.c",
    ],
)
def test_other_addresses_do_not(address):
    assert safe_link(address) is None
