"""Blank nodes of reports are named by what they say: nothing else of a report renames them."""

from __future__ import annotations

from random import Random

import pyoxigraph as ox
from rdflib import RDF, SH

from masagraph.assessment.report_names import as_one, named_alike

GRAPH = "https://example.org/graph"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def report(*messages: str, conforms: bool = False) -> list[ox.Triple]:
    """A report with a result for each message, each with a path of two steps."""
    root = ox.BlankNode()
    said = [
        ox.Triple(root, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SH.ValidationReport))),
        ox.Triple(root, ox.NamedNode(str(SH.conforms)), ox.Literal(conforms)),
    ]
    for message in messages:
        result, path, rest = ox.BlankNode(), ox.BlankNode(), ox.BlankNode()
        said += [
            ox.Triple(root, ox.NamedNode(str(SH.result)), result),
            ox.Triple(result, ox.NamedNode(str(SH.resultMessage)), ox.Literal(message)),
            ox.Triple(result, ox.NamedNode(str(SH.resultPath)), path),
            ox.Triple(path, ox.NamedNode(str(RDF.first)), node("one")),
            ox.Triple(path, ox.NamedNode(str(RDF.rest)), rest),
            ox.Triple(rest, ox.NamedNode(str(RDF.first)), node("two")),
        ]
    return said


def canonical(triples: list[ox.Triple]) -> ox.Dataset:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def test_the_same_report_gets_the_same_names_in_any_order() -> None:
    once, again = report("a", "b", "c"), report("c", "a", "b")
    Random(1).shuffle(again)  # noqa: S311
    assert named_alike(once, GRAPH) == named_alike(again, GRAPH)


def test_nothing_is_lost_and_nothing_joined() -> None:
    said = [*report("a", "b", "b"), ox.Triple(node("s"), node("p"), ox.Literal("plain"))]
    quads = named_alike(said, GRAPH)
    assert {str(quad.graph_name) for quad in quads} == {f"<{GRAPH}>"}
    assert canonical([quad.triple for quad in quads]) == canonical(said)


def test_a_result_keeps_its_name_whatever_stands_beside_it() -> None:
    few, many = named_alike(report("a", "b"), GRAPH), named_alike(report("a", "c", "b"), GRAPH)
    assert set(few) < set(many)


def test_other_graphs_have_other_names() -> None:
    def names(graph: str) -> set[object]:
        quads = named_alike(report("a"), graph)
        return {q.subject for q in quads if isinstance(q.subject, ox.BlankNode)}

    assert names(GRAPH).isdisjoint(names("https://example.org/other"))


def test_parts_put_together_are_the_whole() -> None:
    parts = [report("a"), report("b", "c"), report(conforms=True)]
    together = {quad for part in parts for quad in named_alike(part, GRAPH)}
    assert set(as_one(together)) == set(named_alike(report("a", "b", "c"), GRAPH))


def test_a_report_conforms_when_all_its_parts_do() -> None:
    parts = [report(conforms=True), report(conforms=True)]
    together = {quad for part in parts for quad in named_alike(part, GRAPH)}
    assert set(as_one(together)) == set(named_alike(report(conforms=True), GRAPH))
