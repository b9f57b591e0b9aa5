from foedus.matching.clusters import find_clusters
from foedus.matching.weights import NEVER

Pairs = dict[tuple[int, int], int]


def cluster(count: int, weights: Pairs, default: int = -100) -> list[list[int]]:
    links = sorted(pair for pair, weight in weights.items() if weight > 0)
    return find_clusters(count, links, lambda one, other: weights.get((one, other), default))


def test_nothing_is_joined_without_links() -> None:
    assert cluster(3, {}) == [[0], [1], [2]]
    assert cluster(0, {}) == []


def test_pairs_that_speak_for_it_are_joined() -> None:
    assert cluster(4, {(0, 2): 500, (1, 3): 10}) == [[0, 2], [1, 3]]


def test_the_mean_over_all_pairs_decides() -> None:
    assert cluster(3, {(0, 1): 500, (1, 2): 400, (0, 2): -300}) == [[0, 1, 2]]
    assert cluster(3, {(0, 1): 500, (1, 2): 400, (0, 2): -500}) == [[0, 1], [2]]


def test_what_must_never_meet_does_not_meet_through_a_third() -> None:
    assert cluster(3, {(0, 1): 500, (1, 2): 400, (0, 2): NEVER}) == [[0, 1], [2]]


def test_the_stronger_join_comes_first() -> None:
    assert cluster(3, {(0, 1): 100, (1, 2): 200, (0, 2): NEVER}) == [[0], [1, 2]]


def test_of_equals_the_first_comes_first() -> None:
    assert cluster(3, {(0, 1): 100, (1, 2): 100, (0, 2): NEVER}) == [[0, 1], [2]]


def test_two_tight_groups_with_one_weak_link_stay_apart() -> None:
    tight = {(one, other): 300 for one in range(6) for other in range(one + 1, 6) if (one < 3) == (other < 3)}
    assert cluster(6, tight | {(2, 3): 200}) == [[0, 1, 2], [3, 4, 5]]


def test_a_large_group_is_one() -> None:
    everyone = {(one, other): 10 for one in range(40) for other in range(one + 1, 40)}
    assert cluster(40, everyone) == [list(range(40))]


def test_a_large_group_is_compared_again_before_it_takes_one_in() -> None:
    alike = {(one, other): 10 for one in range(60) for other in range(one + 1, 60)}
    stranger = {(0, 60): 5, **{(place, 60): NEVER for place in range(1, 60)}}
    assert cluster(61, alike | stranger) == [list(range(60)), [60]]
    assert cluster(61, alike | {(0, 60): 5}, default=10) == [list(range(61))]


def test_the_work_grows_with_the_number_of_claims_and_not_with_its_square() -> None:
    def count_weighed(count: int) -> int:
        asked = []

        def weigh(one: int, other: int) -> int:
            asked.append((one, other))
            return 100 - abs(one - other) % 7

        links = [(one, other) for one in range(count) for other in range(one + 1, min(one + 9, count))]
        assert find_clusters(count, links, weigh) == [list(range(count))]
        return len(asked)

    assert count_weighed(2_000) < 5 * count_weighed(500)


def test_what_is_parted_stays_apart_when_groups_have_grown() -> None:
    pairs = [(one, other) for one in range(3) for other in range(one + 1, 3)]
    parted = {1: {2}, 2: {1}}
    assert find_clusters(3, pairs, lambda one, other: 10, parted=parted) == [[0, 1], [2]]
