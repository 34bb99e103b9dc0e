"""Ways up to the top, and cycles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from masagraph.assessment.chains import Way, cycles, ways_up

PLAIN = {"group": ["forum"], "forum": ["team"]}
NAMES = "abcdefg"


def test_one_way_to_the_top() -> None:
    assert list(ways_up("group", PLAIN)) == [Way(("group", "forum", "team"))]
    assert list(ways_up("forum", PLAIN)) == [Way(("forum", "team"))]
    assert Way(("group", "forum", "team")).top == "team"


def test_who_answers_to_nobody_has_no_way() -> None:
    assert list(ways_up("team", PLAIN)) == []
    assert list(ways_up("stranger", PLAIN)) == []


def test_every_way_is_told() -> None:
    above = {"group": ["forum", "panel"], "forum": ["team"], "panel": ["team", "council"]}
    assert {way.steps for way in ways_up("group", above)} == {
        ("group", "forum", "team"),
        ("group", "panel", "team"),
        ("group", "panel", "council"),
    }


def test_a_way_into_a_cycle() -> None:
    above = {"group": ["a"], "a": ["b"], "b": ["c", "team"], "c": ["a"]}
    assert set(ways_up("group", above)) == {
        Way(("group", "a", "b", "c"), ("a", "b", "c")),
        Way(("group", "a", "b", "team")),
    }
    assert Way(("group", "a"), ("a",)).top is None


def test_cycles_are_told_once_and_in_order() -> None:
    above = {"c": ["a"], "a": ["b"], "b": ["c", "b", "d"], "group": ["a"]}
    assert cycles(above) == [("a", "b", "c"), ("b",)]
    assert cycles(PLAIN) == []


def test_two_cycles_through_one_body() -> None:
    above = {"a": ["b", "c"], "b": ["a"], "c": ["a"]}
    assert cycles(above) == [("a", "b"), ("a", "c")]


graphs = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
)


@given(graphs)
def test_a_way_goes_along_the_lines_and_ends_at_the_top_or_in_a_cycle(
    above: dict[str, list[str]],
) -> None:
    found = set(cycles(above))
    for start in NAMES:
        ways = list(ways_up(start, above))
        assert bool(ways) is bool(above.get(start))
        for way in ways:
            assert way.steps[0] == start
            assert len(set(way.steps)) == len(way.steps)
            assert all(b in above[a] for a, b in zip(way.steps, way.steps[1:], strict=False))
            if way.cycle:
                assert way.cycle[0] in above[way.cycle[-1]]
                turned = [way.cycle[n:] + way.cycle[:n] for n in range(len(way.cycle))]
                assert found & set(turned)
            else:
                assert not above.get(way.steps[-1])


@given(graphs)
def test_there_is_a_cycle_where_somebody_is_above_themselves(above: dict[str, list[str]]) -> None:
    """By another way of finding out: following all lines at once until nothing is new."""
    reached = {name: set(above.get(name, ())) for name in NAMES}
    for _ in NAMES:
        for name in NAMES:
            reached[name] |= {far for near in set(reached[name]) for far in reached[near]}
    above_themselves = {name for name in NAMES if name in reached[name]}
    assert {name for cycle in cycles(above) for name in cycle} == above_themselves
