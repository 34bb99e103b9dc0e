"""The hash of a duty's shapes follows those shapes, and no others."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.assessment.shape_keys import shape_keys
from masagraph.dataset.files import RdfFile
from masagraph.vocab import GRAPH, ID

HEAD = """
@prefix : <https://example.org/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
SHAPES = """
:one masa:tests duty:one ; sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ] ; sh:node :both .
:more masa:tests duty:one ; sh:class :A .
:two masa:tests duty:two ; sh:node :both .
:both sh:property [ sh:path :r ; sh:maxCount 2 ] .
:component a sh:ConstraintComponent ; sh:parameter [ sh:path :s ] ; sh:prefixes :shared .
:three masa:tests duty:three ; sh:prefixes :shared .
:shared sh:declare [ sh:prefix "a" ] .
:apart sh:message "of no shape" .
"""
ONE, TWO, THREE = (f"{ID}duty/{name}" for name in ("one", "two", "three"))


def keys(text: str, graph: str = "shapes/duties/some") -> tuple[dict[str, str], str]:
    triples = tuple(q.triple for q in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE))
    return shape_keys([RdfFile(Path("some.ttl"), f"{GRAPH}{graph}", triples, {}, text)])


def test_each_duty_has_a_hash_and_the_rest_one() -> None:
    duties, rest = keys(SHAPES)
    assert set(duties) == {ONE, TWO, THREE}
    assert len({*duties.values(), rest}) == 4


def test_blank_nodes_and_order_do_not_matter() -> None:
    assert keys(SHAPES) == keys("\n".join(reversed(SHAPES.strip().splitlines())))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("sh:minCount 1", "sh:minCount 2"), {ONE}),
        (("( :p :q )", "( :q :p )"), {ONE}),
        ((":more masa:tests duty:one ; sh:class :A .", ""), {ONE}),
        ((":two masa:tests duty:two", ":two masa:tests duty:two ; sh:deactivated true"), {TWO}),
        (("sh:maxCount 2", "sh:maxCount 3"), {ONE, TWO}),
        (("[ sh:path :s ]", "[ sh:path :t ]"), {"rest"}),
        (('"of no shape"', '"of none"'), {"rest"}),
        (('[ sh:prefix "a" ]', '[ sh:prefix "b" ]'), {THREE, "rest"}),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else None,
)
def test_what_changes_is_what_a_shape_leads_to(change: tuple[str, str], expected: set[str]) -> None:
    (before, rest), (after, other) = keys(SHAPES), keys(SHAPES.replace(*change))
    differ = {duty for duty in before if before[duty] != after[duty]}
    assert differ | ({"rest"} if rest != other else set()) == expected


@pytest.mark.parametrize(
    "graph", ["shapes/integrity/data", "shapes/shape-for-shapes", "guidance/x"]
)
def test_what_tests_no_arrangement_is_not_read(graph: str) -> None:
    assert keys(SHAPES, graph) == keys("", graph)
