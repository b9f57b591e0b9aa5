import pytest

from foedus.errors import InputError
from foedus.fetch.address import find_machine, is_public, parse_address, parse_list
from foedus.fetch.policy import Policy

POLICY = Policy("foedus/test", private_hosts=frozenset({"desk.example"}))


def test_a_list_holds_one_address_a_line():
    text = "\ufeff# monthly\nhttps://a.example/1\n\n  https://b.example/2  \r\nhttps://a.example/1\n#https://c.example\n"
    assert parse_list(text) == ("https://a.example/1", "https://b.example/2")


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("https://A.Example", "https://a.example/"),
        ("http://a.example:80/x#part", "http://a.example/x"),
        ("http://a.example:8080/x y?q=ä", "http://a.example:8080/x%20y?q=%C3%A4"),
        (
            "https://минобороны.example/новость",
            "https://xn--90anlfbebar6i.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
        ),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
    ],
)
def test_addresses_have_one_form(words, url):
    assert parse_address(words).url == url


@pytest.mark.parametrize(
    "words",
    [
        "a.example/page",
        "ftp://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://user:secret@a.example/",
        "http://a.example:99999/",
        "http://a b.example/",
        "http://[::1",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_of_the_web_is_told(words):
    with pytest.raises(InputError) as caught:
        parse_address(words)
    assert caught.value.code == "fetch-address"


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "no address",
    ],
)
def test_machines_that_are_not_public(machine):
    assert not is_public(machine)


@pytest.mark.parametrize("machine", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_machines_that_are_public(machine):
    assert is_public(machine)


def test_a_host_with_any_private_machine_is_refused():
    def resolve(host, port):
        return ["93.184.215.14", "127.0.0.1"]

    with pytest.raises(InputError, match="FOEDUS_PRIVATE_HOSTS") as caught:
        find_machine(parse_address("http://a.example/"), POLICY, resolve)
    assert caught.value.code == "fetch-private"
    assert find_machine(parse_address("http://desk.example/"), POLICY, resolve) == "93.184.215.14"


def test_a_host_that_is_not_there_is_told():
    def resolve(host, port):
        raise OSError("no such name")

    with pytest.raises(InputError) as caught:
        find_machine(parse_address("http://a.example/"), POLICY, resolve)
    assert caught.value.code == "fetch-host"


def test_a_redirect_is_read_against_the_page_it_stands_on():
    start = parse_address("https://a.example/x/y")
    assert start.join("../z").url == "https://a.example/z"
    assert start.join("//b.example/").url == "https://b.example/"
    with pytest.raises(InputError):
        start.join("file:///etc/passwd")
