"""Each rule that the data must keep: one example that breaks it, one file that keeps them all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef
from shacl_oracle import found_by_pyshacl, found_by_queries, store_of

from masagraph.dataset.files import RdfFile, read_file
from masagraph.dataset.integrity import NO_DATA, file_problems, integrity_program
from masagraph.resources import find_resources
from masagraph.shacl.compiler.program import Program
from masagraph.shacl.terms import to_graph
from masagraph.vocab import GRAPH, local_name

EXAMPLES = sorted((Path(__file__).parent / "integrity").glob("*.ttl"))
RULES = sorted((find_resources().folder("shapes") / "integrity").glob("*.ttl"))


@cache
def rules() -> Graph:
    graph = Graph()
    for path in RULES:
        graph.parse(path)
    return graph


def program() -> Program:
    found, _ = integrity_program(find_resources())
    return found


@cache
def rule_of_message() -> dict[str, str]:
    """What an example may expect, ``shape; path``, by the message that says it."""
    graph = rules()
    found: dict[str, str] = {}
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        own = [(shape, "-")]
        own += [
            (p, local_name(str(graph.value(p, SH.path)))) for p in graph.objects(shape, SH.property)
        ]
        for rule, path in own:
            message = str(graph.value(rule, SH.message)).rstrip(".")
            assert message not in found, (
                "two rules say the same, so a reader cannot tell them apart"
            )
            found[message] = f"{local_name(str(shape))}; {path}"
    return found


def expectation(path: Path) -> str:
    *_, last = path.read_text(encoding="utf-8").strip().splitlines()
    head, expected = last.split(": ", 1)
    assert head == "# expects"
    return expected


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in EXAMPLES])
def test_example_gives_what_it_expects(path: Path) -> None:
    file = read_file(path, f"{GRAPH}areas/exampleshire/{path.stem}")
    problems = list(file_problems(file, program()))
    expected = expectation(path)
    found = {
        rule for problem in problems for message, rule in rule_of_message().items()
        if problem.what.endswith(message)
    }  # fmt: skip
    assert found == (set() if expected == "nothing" else {expected})
    assert bool(problems) is bool(found), "a result has a message that no rule has"
    for problem in problems:
        assert str(path) in problem.line()
        assert "\n" not in problem.line()


def test_every_rule_has_an_example_that_breaks_it() -> None:
    broken = {expectation(path) for path in EXAMPLES}
    graph = rules()
    of_their_own = {
        local_name(str(shape))
        for shape in graph.subjects(RDF.type, SH.NodeShape)
        if set(graph.predicates(shape)) & {SH["or"], SH["not"], SH.xone, SH.nodeKind, SH.sparql}
    }
    needed = {
        rule
        for rule in rule_of_message().values()
        if not rule.endswith("; -") or rule.split(";")[0] in of_their_own
    }
    assert needed <= broken


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in EXAMPLES])
def test_pyshacl_finds_the_same_in_each_example(path: Path) -> None:
    data = Graph().parse(path)
    found = found_by_queries(program().run(store_of(data)))
    assert found == found_by_pyshacl(rules(), data)


def test_pyshacl_finds_the_same_in_the_law_and_the_register(law: list[RdfFile]) -> None:
    for file in law:
        if not file.graph.startswith(NO_DATA):
            data = to_graph(file.triples)
            found = found_by_queries(program().run(store_of(data)))
            assert found == found_by_pyshacl(rules(), data), file.path


def test_the_rules_use_nothing_but_core_shacl() -> None:
    """Any SHACL tool can run them, without SPARQL."""
    assert (None, SH.sparql, None) not in rules()
    assert URIRef(SH.SPARQLConstraint) not in set(rules().objects())
