import io
import json

from foedus.export import pick_format
from foedus.views.shapes import Records


def write(*rows):
    out = io.StringIO()
    pick_format(Records, name="jsonl").write(Records("claims", ("id", "of"), iter(rows)), out)
    return out.getvalue()


def test_a_record_is_a_line_in_the_order_of_its_keys():
    assert write({"id": "é “x”\n", "of": None}, {"id": 1, "of": [1, 2]}) == (
        '{"id": "é “x”\\n", "of": null}\n{"id": 1, "of": [1, 2]}\n'
    )


def test_line_separators_inside_values_do_not_break_lines():
    text = write({"id": "a\u2028b\u0085c\x1d", "of": None})
    assert json.loads(text.rstrip("\n"))["id"] == "a\u2028b\u0085c\x1d"
    assert text.count("\n") == 1


def test_no_records_give_nothing():
    assert write() == ""
