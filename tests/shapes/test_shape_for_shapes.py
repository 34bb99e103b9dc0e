"""The shapes keep the rules for shapes, and each of those rules notices a shape that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from masagraph.resources import find_resources
from masagraph.vocab import ID, MASA, local_name

SHAPES = find_resources().folder("shapes")
RULES = SHAPES / "shape-for-shapes.ttl"

Change = Callable[[Graph], None]

DUTY_SHAPE = URIRef(f"{ID}shape/wt2023-lsp-is-agency-head")
FAULT = URIRef(f"{ID}shape/wt2023-slot-without-lead")
COMPONENT = MASA.NothingFound


@cache
def rules() -> Graph:
    return Graph().parse(RULES)


@cache
def sound() -> Graph:
    """A file of duty shapes and the evidence components, as they are."""
    graph = Graph().parse(SHAPES / "duties" / "wt2023" / "lead-safeguarding-partner.ttl")
    return graph.parse(SHAPES / "evidence.ttl")


def broken_rules(shapes: Graph) -> set[str]:
    """The rules that a graph of shapes breaks, by local name."""
    # Copies: validate() adds triples to the graphs it is given.
    _, report, text = validate(Graph() + shapes, shacl_graph=Graph() + rules())
    assert isinstance(report, Graph), text
    return {local_name(str(rule)) for rule in report.objects(None, SH.sourceShape)}


def test_the_shapes_keep_every_rule() -> None:
    graph = Graph()
    for path in sorted(SHAPES.rglob("*.ttl")):
        graph.parse(path)
    assert len(set(graph.subjects(MASA.tests))) >= 30
    assert broken_rules(graph) == set()


def remove(subject: Node, predicate: Node) -> Change:
    """Take away what a subject says with a predicate."""

    def change(graph: Graph) -> None:
        assert (subject, predicate, None) in graph
        graph.remove((subject, predicate, None))

    return change


def add(subject: Node, predicate: Node, value: Node) -> Change:
    """Say one thing more."""
    return lambda graph: graph.add((subject, predicate, value)) and None


def replace(subject: Node, predicate: Node, value: Node) -> Change:
    """Say another thing in its place."""

    def change(graph: Graph) -> None:
        remove(subject, predicate)(graph)
        graph.add((subject, predicate, value))

    return change


def rename(subject: Node) -> Change:
    """Take a subject's name away, wherever it is used."""

    def change(graph: Graph) -> None:
        nameless = BNode()
        for s, p, o in list(graph):
            if subject in (s, o):
                graph.remove((s, p, o))
                graph.add((nameless if s == subject else s, p, nameless if o == subject else o))

    return change


ENGLISH = Literal("Another sentence.", lang="en")
WELSH = Literal("Brawddeg arall.", lang="cy")
ADDRESS = Literal("See https://example.org/guidance.", lang="en")
BRACKET = Literal("Fewer < more.", lang="en")

BREAKS: dict[str, list[Change]] = {
    "shapes-duty": [rename(DUTY_SHAPE)],
    "shapes-duty-type": [remove(DUTY_SHAPE, RDF.type)],
    "shapes-duty-target": [
        remove(DUTY_SHAPE, SH.targetClass),
        replace(DUTY_SHAPE, SH.targetClass, MASA.Arrangement),
        add(DUTY_SHAPE, SH.targetClass, MASA.Statement),
    ],
    "shapes-duty-tests": [
        add(DUTY_SHAPE, MASA.tests, URIRef(f"{ID}duty/another")),
        replace(DUTY_SHAPE, MASA.tests, Literal("wt2023-lsp-is-agency-head")),
    ],
    "shapes-duty-source": [
        remove(DUTY_SHAPE, DCTERMS.source),
        add(DUTY_SHAPE, DCTERMS.source, URIRef(f"{ID}provision/wt2023/another")),
        replace(DUTY_SHAPE, DCTERMS.source, Literal("chapter 2")),
    ],
    "shapes-duty-severity": [
        remove(DUTY_SHAPE, SH.severity),
        replace(DUTY_SHAPE, SH.severity, MASA.Should),
        add(DUTY_SHAPE, SH.severity, SH.Info),
    ],
    "shapes-duty-message": [
        remove(DUTY_SHAPE, SH.message),
        add(DUTY_SHAPE, SH.message, ENGLISH),
        replace(DUTY_SHAPE, SH.message, WELSH),
    ],
    "shapes-duty-would-close": [
        remove(DUTY_SHAPE, MASA.wouldClose),
        add(DUTY_SHAPE, MASA.wouldClose, ENGLISH),
        replace(DUTY_SHAPE, MASA.wouldClose, WELSH),
    ],
    "shapes-fault-name": [rename(FAULT)],
    "shapes-fault-kind": [
        remove(FAULT, MASA.meansOutcome),
        add(FAULT, MASA.noteOnly, Literal(True)),
    ],
    "shapes-fault-close": [remove(FAULT, MASA.wouldClose)],
    "shapes-fault-message": [
        remove(FAULT, SH.message),
        add(FAULT, SH.message, ENGLISH),
        replace(FAULT, SH.message, WELSH),
    ],
    "shapes-fault-severity": [
        remove(FAULT, SH.severity),
        replace(FAULT, SH.severity, MASA.Should),
        add(FAULT, SH.severity, SH.Info),
    ],
    "shapes-fault-outcome": [
        replace(FAULT, MASA.meansOutcome, MASA.Missing),
        replace(FAULT, MASA.meansOutcome, MASA.NotFoundInTextHeld),
        add(FAULT, MASA.meansOutcome, MASA.OutOfDate),
    ],
    "shapes-fault-note": [add(FAULT, MASA.noteOnly, Literal("perhaps"))],
    "shapes-component": [rename(COMPONENT)],
    "shapes-component-label": [
        remove(COMPONENT, SKOS.prefLabel),
        replace(COMPONENT, SKOS.prefLabel, WELSH),
        add(COMPONENT, SKOS.prefLabel, ENGLISH),
    ],
    "shapes-component-definition": [
        remove(COMPONENT, SKOS.definition),
        replace(COMPONENT, SKOS.definition, WELSH),
        add(COMPONENT, SKOS.definition, ENGLISH),
    ],
    "shapes-component-outcome": [
        remove(COMPONENT, MASA.meansOutcome),
        replace(COMPONENT, MASA.meansOutcome, Literal("Missing")),
        add(COMPONENT, MASA.meansOutcome, MASA.Evidenced),
    ],
    "shapes-words-message": [
        replace(DUTY_SHAPE, SH.message, ADDRESS),
        replace(FAULT, SH.message, BRACKET),
    ],
    "shapes-words-would-close": [
        replace(DUTY_SHAPE, MASA.wouldClose, ADDRESS),
        replace(FAULT, MASA.wouldClose, BRACKET),
    ],
}

CASES = [
    pytest.param(rule, change, id=f"{rule}-{number}")
    for rule, changes in BREAKS.items()
    for number, change in enumerate(changes, start=1)
]


def test_the_sound_copy_keeps_every_rule() -> None:
    """What the changes below start from: a change alone must be what breaks a rule."""
    assert broken_rules(sound()) == set()


@pytest.mark.parametrize(("rule", "change"), CASES)
def test_a_changed_copy_breaks_the_rule(rule: str, change: Change) -> None:
    shapes = Graph() + sound()
    change(shapes)
    assert rule in broken_rules(shapes)


def test_every_rule_is_broken_above() -> None:
    """Rules are the shapes that say more than which further rules there are."""
    says_nothing_itself = {
        RDF.type, SH.severity, SH.message, SH.path, SH.property, SH.targetClass,
        SH.targetSubjectsOf,
    }  # fmt: skip
    graph = rules()
    own = {
        local_name(str(shape))
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in graph.subjects(RDF.type, kind)
        if set(graph.predicates(shape)) - says_nothing_itself
    }
    assert own == set(BREAKS)
