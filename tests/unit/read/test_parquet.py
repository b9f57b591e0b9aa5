from datetime import date, datetime

import pytest

from foedus.read import Container, Fault, Member, ReadLimits, find_container, iter_members

pa = pytest.importorskip("pyarrow", reason="needs the extra ray: pip install -r requirements/ray.txt")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def read(tmp_path):
    def read(columns, limits=None, **options):
        path = tmp_path / "pages.parquet"
        pq.write_table(pa.table(columns), path, **options)
        assert find_container(path) is Container.PARQUET
        return list(iter_members(path, path.name, Container.PARQUET, limits or ReadLimits()))

    return read


def test_each_row_is_a_document(read):
    found = read({"name": ["a.html", "b.txt"], "bytes": [b"<p>one", b"two"], "other": [1, 2]})
    assert [(one.name, one.data) for one in found] == [("a.html", b"<p>one"), ("b.txt", b"two")]
    assert found[0].given.address is None
    assert found[0].charset is None


def test_a_row_may_say_where_and_when_it_was_fetched(read):
    found = read(
        {
            "name": ["a"],
            "bytes": ["text is taken for UTF-8: é"],
            "address": ["https://a.example/"],
            "fetched": [date(2020, 5, 1)],
            "charset": ["utf-8"],
        }
    )
    assert isinstance(found[0], Member)
    assert found[0].data == "text is taken for UTF-8: é".encode()
    assert (found[0].given.address, found[0].given.fetched) == ("https://a.example/", "2020-05-01")
    assert found[0].charset == "utf-8"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-05-01", "2020-05-01"),
        (datetime(2020, 5, 1, 9), "2020-05-01"),
        ("yesterday", None),
        (None, None),
    ],
)
def test_days_are_days_or_nothing(read, value, day):
    column = pa.array([value], type=None if value is not None else pa.string())
    (found,) = read({"name": ["a"], "bytes": [b"x"], "fetched": column})
    assert found.given.fetched == day


def test_rows_without_name_or_bytes_are_faults_and_the_rest_goes_on(read):
    names = pa.array(["a", None, " ", "d"])
    data = pa.array([b"one", b"two", b"three", None])
    found = read({"name": names, "bytes": data})
    assert [one.code if isinstance(one, Fault) else one.name for one in found] == [
        "a",
        "damaged",
        "damaged",
        "damaged",
    ]
    assert "row 1 " in found[1].message


def test_a_document_that_is_too_large_is_a_fault(read):
    found = read({"name": ["a", "b"], "bytes": [b"x" * 11, b"x" * 10]}, ReadLimits(max_bytes=10))
    assert [getattr(one, "code", None) for one in found] == ["too-large", None]


def test_a_table_of_something_else_is_a_fault(read):
    (found,) = read({"title": ["a"], "bytes": [b"x"]})
    assert (found.code, "without a column name" in found.message) == ("damaged", True)


@pytest.mark.parametrize("cut", [5, 100, -8])
def test_a_damaged_file_is_a_fault(tmp_path, cut):
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"name": ["a"] * 50, "bytes": [b"x"] * 50}), path)
    path.write_bytes(path.read_bytes()[:cut])
    found = list(iter_members(path, path.name, Container.PARQUET, ReadLimits()))
    assert [one.code for one in found] == ["damaged"]


def test_many_rows_are_read_in_their_order(read):
    names = [f"{number:04}" for number in range(500)]
    found = read({"name": names, "bytes": [name.encode() for name in names]}, row_group_size=70)
    assert [one.name for one in found] == names
