"""Our own shapes over facts that no example of a duty shows, and the rules for data and shapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import SH, Graph
from shacl_oracle import compiled_program, found_by_pyshacl, found_by_queries, store_of

from masagraph.resources import find_resources
from masagraph.vocab import MASA

SHAPES = find_resources().folder("shapes")
INTEGRITY = Path(__file__).parent.parent / "shapes" / "integrity"


def shapes_of(*patterns: str) -> Graph:
    graph = Graph()
    for path in (path for pattern in patterns for path in sorted(SHAPES.glob(pattern))):
        graph.parse(path)
    return graph


def test_corners_that_no_example_shows(arrangements: Graph) -> None:
    shapes = shapes_of("evidence.ttl", "duties/*/*.ttl")
    for shape, duty in list(shapes.subject_objects(MASA.tests)):
        # Words are told of a few duties only, and pySHACL takes long over the others.
        if (shape, SH.property, None) not in shapes and (None, None, duty) not in arrangements:
            shapes.remove((shape, SH.targetClass, None))
    program = compiled_program(shapes, arrangements)
    assert not program.refused
    found = found_by_queries(program.run(store_of(arrangements)))
    assert found == found_by_pyshacl(shapes, arrangements)


def test_rules_for_data() -> None:
    """All examples of broken data at once, each under names of its own where it can be."""
    rules, data = shapes_of("integrity/*.ttl"), Graph()
    for path in sorted(INTEGRITY.glob("*.ttl")):
        data.parse(path)
    program = compiled_program(rules, data)
    assert not program.refused
    found = found_by_queries(program.run(store_of(data)))
    assert len({fault.shape for fault in found}) > 50
    assert found == found_by_pyshacl(rules, data)


@pytest.mark.parametrize("change", ["", "sh:message", "sh:severity", "masa:meansOutcome"])
def test_rules_for_shapes(change: str) -> None:
    """The shapes as data: as they are, and without one thing that each must say."""
    rules, data = shapes_of("shape-for-shapes.ttl"), shapes_of("evidence.ttl", "duties/*/*.ttl")
    if change:
        data.remove((None, data.namespace_manager.expand_curie(change), None))
    program = compiled_program(rules, data)
    assert not program.refused
    found = found_by_queries(program.run(store_of(data)))
    assert bool(found) is bool(change)
    assert found == found_by_pyshacl(rules, data)
