"""Each construct by itself: compiled queries find what pySHACL finds, and something at all.

A case is a file of ``cases/core`` or ``cases/sparql``, named by what it tries. All look at the
invented people of ``cases/people.ttl``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph
from shacl_oracle import Found, compiled_program, found_by_pyshacl, found_by_queries, store_of

from masagraph.assessment.compiled import facts_of

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.ttl"))

NOTHING_TO_FIND = {"min-count-0", "not-closed", "node-switched-off", "or-of-nothing",
                   "unique-lang-false"}  # fmt: skip
"""Cases in which nothing can be broken, which is what is tested."""

VALUES_DIFFER = {"ask", "property-validator"}
"""Cases with the validator of a property shape, whose values pySHACL does not tell."""


def without_values(found: set[Found]) -> set[Found]:
    return {Found(f.focus, f.shape, f.component, None, f.path) for f in found}


def test_there_are_cases() -> None:
    assert len(CASES) > 100


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", [pytest.param(p, id=f"{p.parent.name}/{p.stem}") for p in CASES])
def test_queries_find_what_pyshacl_finds(path: Path, people: Graph) -> None:
    shapes = Graph().parse(path)
    program = compiled_program(shapes, people)
    assert not program.refused
    data = store_of(people)
    found = found_by_queries(program.run(data))
    assert found_by_queries(program.run(facts_of(data, program.reads))) == found
    expected = found_by_pyshacl(shapes, people)
    if path.stem in VALUES_DIFFER:
        found, expected = without_values(found), without_values(expected)
    assert found == expected
    assert bool(found) is (path.stem not in NOTHING_TO_FIND)


def test_a_property_shape_of_two_shapes_is_told_of_each(people: Graph) -> None:
    shapes = Graph().parse(Path(__file__).parent / "cases" / "core" / "property-of-two-shapes.ttl")
    results = list(compiled_program(shapes, people).run(store_of(people)))
    roots = {str(result.instance.root) for result in results}
    assert roots == {"https://example.org/S", "https://example.org/T"}
    assert len(results) == 2 * len({result.focus for result in results})
