"""Where actors and their names stand in the picture of their ties."""

import pytest

from foedus.views.overview import DyadCount
from foedus.views.pictures import LIGHT
from foedus.views.pictures.ties import Circle, Label, draw_network, place_labels, place_nodes


def make_star(count):
    """One actor tied to all others, and each to the next."""
    names = [f"Republic of {number}" for number in range(count)]
    ties = [DyadCount("0", str(number), names[0], names[number], number) for number in range(1, count)]
    return [*ties, *(DyadCount(str(n), str(n + 1), names[n], names[n + 1], 2) for n in range(1, count - 1))]


def find_boxes(spec):
    """Left, top, right and bottom of each name, in pixels, as the specification puts them."""
    width, height = spec["width"] - 8, spec["height"]
    for node in spec["layer"][2]["data"]["values"]:
        long = 6 * len(node["name"])
        shift = {"left": 0, "center": long / 2, "right": long}[node["align"]]
        left = width * (node["x"] + 0.08) / 1.16 + node["dx"] - shift
        middle = height * (1.08 - node["y"]) / 1.16 + node["dy"]
        yield left, middle - 6.5, left + long, middle + 6.5


@pytest.mark.parametrize(("count", "width"), [(12, 860), (60, 860), (30, 340)])
def test_no_name_lies_on_another(count, width):
    spec = draw_network(make_star(count), LIGHT, width=width)
    boxes = [*find_boxes(spec)]
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert len(boxes) > count / 4
    assert len(spec["layer"][1]["data"]["values"]) == count


def test_the_busiest_actor_is_named_however_many_there_are():
    spec = draw_network(make_star(60), LIGHT)
    assert "Republic of 0" in [node["name"] for node in spec["layer"][2]["data"]["values"]]


def test_a_name_stands_below_its_circle_and_elsewhere_where_there_is_no_room():
    below, above, right = Label(0, 14.5, "center"), Label(0, -14.5, "center"), Label(8, 0, "left")
    one = Circle("Chile", 100, 100, 5)
    assert place_labels([one]) == [below]
    assert place_labels([one, Circle("", 100, 115, 5)])[0] == above
    assert place_labels([one, Circle("", 100, 115, 5), Circle("", 100, 85, 5)])[0] == right
    around = [Circle("", x, y, 5) for x, y in ((100, 115), (100, 85), (115, 100), (85, 100))]
    assert place_labels([one, *around])[0] is None


def test_actors_that_share_much_stand_near_each_other_and_always_at_the_same_place():
    ties = [
        DyadCount("A", "B", "A", "B", 90),
        DyadCount("A", "C", "A", "C", 1),
        DyadCount("C", "D", "C", "D", 90),
    ]
    places = place_nodes(["A", "B", "C", "D"], ties)
    assert places == place_nodes(["A", "B", "C", "D"], ties)

    def measure(one, other):
        return sum((a - b) ** 2 for a, b in zip(places[one], places[other], strict=True))

    assert measure("A", "B") < measure("A", "D")
    assert place_nodes(["A"], []) == {"A": (0.5, 0.5)}
