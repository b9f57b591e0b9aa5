import gzip
import re
import zlib

import pytest

from foedus.read import Container, Fault, Member, ReadLimits, find_container, iter_members, read_document


@pytest.fixture
def read(tmp_path):
    def read(data, limits=None):
        path = tmp_path / "crawl.warc"
        path.write_bytes(bytes(data))
        assert find_container(path) is Container.WARC
        return list(iter_members(path, "crawl.warc", Container.WARC, limits or ReadLimits()))

    return read


def names(found):
    """Members by their address, faults by their code, what is left out by its kind."""
    return [
        one.name.partition("#")[0].rpartition("/")[2]
        if isinstance(one, Member)
        else one.code
        if isinstance(one, Fault)
        else (one.kind,)
        for one in found
    ]


@pytest.fixture
def make_three(make_archive, make_page):
    return lambda **options: _make_three(make_archive(**options), make_page)


def _make_three(archive, make_page):
    for number in (1, 2, 3):
        archive.add(f"https://a.example/{number}", make_page(number))
        archive.add(f"https://a.example/{number}.png", b"\x89PNG....", "image/png")
    return archive


WHOLE = ["1", ("image/png",), "2", ("image/png",), "3", ("image/png",)]


@pytest.mark.parametrize(
    "pack", [bytes, lambda archive: gzip.compress(bytes(archive))], ids=["plain", "whole"]
)
def test_plain_and_packed_archives_give_the_same(read, pack, make_three):
    assert names(read(pack(make_three()))) == WHOLE
    assert read(pack(make_three())) == read(bytes(make_three(packed=True)))


def test_a_member_is_named_by_address_time_and_content(read, make_archive, make_page):
    (member,) = read(
        make_archive().add("https://a.example/x?b=1#part", make_page(1), "text/html; charset=utf-8")
    )
    assert re.fullmatch(r"https://a\.example/x\?b=1#20180313060000-[0-9a-f]{12}", member.name)
    assert (member.data, member.charset) == (make_page(1), "utf-8")
    assert (member.given.address, member.given.fetched) == (
        "https://a.example/x?b=1#part".partition("#")[0],
        "2018-03-13",
    )


def test_an_address_fetched_twice_is_two_documents_whatever_the_order(read, make_archive, make_page):
    pages = [
        (make_page(1), "2018-03-13T06:00:00Z"),
        (make_page(1), "2019-01-01T00:00:00Z"),
        (make_page(2), "2018-03-13T06:00:00Z"),
    ]
    found = []
    for order in (pages, pages[::-1]):
        archive = make_archive()
        for body, date in order:
            archive.add("https://a.example/x", body, date=date)
        found.append(sorted(member.name for member in read(archive)))
    assert found[0] == found[1]
    assert len(set(found[0])) == 3
    again = make_archive().add("https://a.example/x", make_page(1)).add("https://a.example/x", make_page(1))
    assert len({member.name for member in read(again)}) == 1


def test_what_holds_text_is_read_and_the_rest_is_counted(read, make_archive, make_page):
    archive = make_archive()
    archive.add("https://a.example/page", make_page(1), "application/xhtml+xml")
    archive.add("https://a.example/note", b"Some words.", "text/plain")
    archive.add("https://a.example/paper", b"%PDF-1.4 ...", "application/octet-stream")
    archive.add("https://a.example/blob", b"\0\1\2\3", "application/octet-stream")
    archive.add("urn:text", b"Some words.", "text/plain", kind="resource")
    archive.add("https://a.example/conv", b"Some words.", "text/plain", kind="conversion")
    archive.add("https://a.example/meta", b"a: b", "text/plain", kind="metadata")
    archive.add("https://a.example/again", b"", kind="revisit")
    archive.add("https://a.example/gone", make_page(2), status="404 Not Found")
    archive.add("https://a.example/moved", b"", status="301 Moved")
    archive.add("https://a.example/style", b"a {}", "text/css")
    archive.add("https://a.example/robots.txt", b"User-agent: *", "text/plain")
    archive.add("https://a.example/empty", b" \n")
    assert names(read(archive)) == [
        "page",
        "note",
        "paper",
        ("application/octet-stream",),
        "urn:text",
        "conv",
        ("revisit",),
        ("status 404",),
        ("status 301",),
        ("text/css",),
        ("text/plain",),
        ("empty page",),
    ]


def test_bodies_are_unpacked_and_their_chunks_joined(read, make_archive, make_page):
    page = make_page(1)
    raw = zlib.compressobj(wbits=-15)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (page[:50], page[50:])) + b"0\r\n\r\n"
    archive = make_archive()
    archive.add("https://a.example/1", gzip.compress(page), headers=[("Content-Encoding", "gzip")])
    archive.add("https://a.example/2", zlib.compress(page), headers=[("Content-Encoding", "deflate")])
    archive.add(
        "https://a.example/3", raw.compress(page) + raw.flush(), headers=[("Content-Encoding", "deflate")]
    )
    archive.add("https://a.example/4", chunked, headers=[("Transfer-Encoding", "chunked")])
    archive.add(
        "https://a.example/5", page, headers=[("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]
    )
    found = read(archive)
    assert [member.data for member in found] == [page] * 5


def test_bodies_that_cannot_be_unpacked_cost_themselves(read, make_archive, make_page):
    archive = make_archive()
    archive.add(
        "https://a.example/1", gzip.compress(bytes(20_000_000)), headers=[("Content-Encoding", "gzip")]
    )
    archive.add(
        "https://a.example/2", gzip.compress(make_page(2))[:-9], headers=[("Content-Encoding", "gzip")]
    )
    archive.add("https://a.example/3", b"words", headers=[("Content-Encoding", "br")])
    archive.add("https://a.example/4", make_page(4) * 100)
    archive.add("https://a.example/5", make_page(5))
    found = read(archive, ReadLimits(max_bytes=40_000))
    assert names(found) == ["too-large", "truncated", "unknown-type", "too-large", "5"]
    assert names(read(archive)) == ["bomb", "truncated", "unknown-type", "4", "5"]
    assert '"https://a.example/1"' in found[0].message


@pytest.mark.parametrize(
    "change",
    [lambda n: n + 5, lambda n: n - 5, lambda n: 10**12, lambda n: -1],
    ids=["longer", "shorter", "huge", "negative"],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "whole"])
def test_a_record_that_lies_about_its_length_costs_itself(read, change, pack, make_three):
    data = bytes(make_three())
    length = list(re.finditer(rb"Content-Length: (\d+)\r\n", data))[2]
    lying = data[: length.start(1)] + str(change(int(length[1]))).encode() + data[length.end(1) :]
    found = names(read(pack(lying)))
    assert found[:3] == ["1", ("image/png",), "damaged"]
    if pack is bytes or change(100) < 10**6:
        assert "3" in found
    if pack is bytes:
        assert found == ["1", ("image/png",), "damaged", ("image/png",), "3", ("image/png",)]


def test_a_broken_member_of_a_packed_archive_costs_itself(read, make_three):
    archive = make_three(packed=True)
    data = bytearray(bytes(archive))
    for at in range(archive.ends[1] + 30, archive.ends[2] - 20):
        data[at] ^= 0x55
    found = names(read(bytes(data)))
    assert found[:2] == ["1", ("image/png",)]
    assert "damaged" in found
    assert found[-3:] == [("image/png",), "3", ("image/png",)]


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_ends_early_gives_what_is_whole(read, packed, make_three):
    archive = make_three(packed=packed)
    found = names(read(bytes(archive)[: archive.ends[2] + 60]))
    assert found[:3] == WHOLE[:3]
    assert found[3:] in (["truncated"], ["damaged"])


def test_bombs_and_noise_are_bounded_and_the_rest_goes_on(read, make_three):
    good = bytes(make_three(packed=True))
    bomb = gzip.compress(b"WARC/1.0\r\n" + bytes(50_000_000))
    assert "bomb" in names(read(good + bomb + good))
    assert names(read(good + bomb + good)).count("3") == 2
    endless = b"WARC/1.0\r\n" + b"x: y\r\n" * 400_000
    assert names(read(endless + bytes(make_three()))) == ["damaged", *WHOLE]
    noise = b"WARC/1.0\r\nContent-Length: 9\r\n\r\nno\r\n" * 500
    assert len(read(noise)) <= 102


def test_addresses_are_safe_to_print(read, make_archive, make_page):
    (member,) = read(make_archive().add("https://a.example/\x1b[31m\u202etxt", make_page(1)))
    assert member.name.isascii()
    assert member.name.isprintable()
    (long,) = read(make_archive().add("https://a.example/" + "x" * 5000, make_page(1)))
    assert len(long.name) < 700


def test_a_feed_in_an_archive_gives_its_items(read, make_archive):
    words = "Chile and Peru met. " * 40
    item = (
        f"<item><title>One</title><link>https://b.example/1</link><description>{words}</description></item>"
    )
    feed = f'<rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>'.encode()
    (member,) = read(make_archive().add("https://b.example/feed", feed, "application/rss+xml"))
    assert member.name.startswith("https://b.example/1#")


def test_what_the_archive_knows_counts_in_reading(read, make_archive, make_page):
    source = make_page(1).replace(
        b"<head>",
        b'<head><link rel=canonical href="https://www.a.example/2018/03/12/x">'
        b'<meta property="article:published_time" content="2019-01-01T00:00:00Z">',
    )
    (member,) = read(make_archive().add("https://a.example/x", source))
    page = read_document(member.name, member.data, given=member.given).page
    assert (page.address, page.fetched) == ("https://www.a.example/2018/03/12/x", "2018-03-13")
    assert page.published is None  # nothing appears after it was fetched
    (member,) = read(make_archive().add("https://b.example/x", source))
    assert read_document(member.name, member.data, given=member.given).page.address == "https://b.example/x"


def test_the_charset_that_a_server_names_counts_where_the_page_names_none():
    data = "<html><body><p>Міністерство оборони</p></body></html>".encode("koi8-u")
    assert "Міністерство" in read_document("x", data, charset="koi8-u").text
    named = data.replace(b"<body>", b"<meta charset=koi8-u><body>")
    assert "Міністерство" in read_document("x", named, charset="iso-8859-1").text
