"""No shape without examples, no fault that no example shows, no words that a reader must decode."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from masagraph.dataset.files import RdfFile
from masagraph.resources import find_resources
from masagraph.vocab import EARL, MASA, local_name

HERE = Path(__file__).parent
SHAPES = find_resources().folder("shapes")
EXAMPLES = sorted(path for path in HERE.glob("*/*.ttl") if path.parent.name != "integrity")

ADDRESS = re.compile(r"http|<|>|\b(?:masa|sh|org|oa|duty|shape):\w", re.I)


@cache
def duty_shapes() -> Graph:
    """The shapes that test duties, with the evidence faults they share."""
    graph = Graph()
    for path in [SHAPES / "evidence.ttl", *sorted((SHAPES / "duties").rglob("*.ttl"))]:
        graph.parse(path)
    return graph


def node_shapes() -> list[URIRef]:
    found = (s for s in duty_shapes().subjects(MASA.tests) if isinstance(s, URIRef))
    return sorted(found)


def property_shapes() -> set[URIRef]:
    graph = duty_shapes()
    return {p for s in node_shapes() for p in graph.objects(s, SH.property)}


def named_faults() -> set[URIRef]:
    """Every name that a finding may give as its fault: property shapes and components."""
    graph = duty_shapes()
    notes = set(graph.subjects(MASA.noteOnly))
    return (property_shapes() - notes) | set(graph.subjects(RDF.type, SH.ConstraintComponent))


@cache
def expected_by_examples() -> dict[URIRef, set[URIRef]]:
    """The faults and the notes that examples expect; each is run in test_duty_examples."""
    found: dict[URIRef, set[URIRef]] = {MASA.fault: set(), MASA.note: set()}
    for path in EXAMPLES:
        graph = Graph().parse(path)
        for use, names in found.items():
            names |= set(graph.objects(None, use))
    return found


def guidance(law: list[RdfFile]) -> Graph:
    """The duties and where they stand."""
    graph = Graph()
    for file in law:
        if "/guidance/" in file.graph:
            graph.parse(data=file.text, format="turtle")
    return graph


def conditional_duties(law: list[RdfFile]) -> set[Node]:
    """The duties that are tested and apply only under a condition."""
    tested = set(duty_shapes().objects(None, MASA.tests))
    return tested & set(guidance(law).subjects(MASA.appliesWhen))


def test_there_are_at_least_thirty_duty_shapes() -> None:
    assert len(node_shapes()) >= 30


@pytest.mark.parametrize("shape", [pytest.param(s, id=local_name(s)) for s in node_shapes()])
def test_shape_has_a_valid_and_an_invalid_example(shape: URIRef) -> None:
    duty = local_name(str(duty_shapes().value(shape, MASA.tests)))
    folder = HERE / duty
    assert list(folder.glob("valid*.ttl")), f"no valid example in tests/shapes/{duty}"
    assert list(folder.glob("invalid*.ttl")), f"no invalid example in tests/shapes/{duty}"


def test_every_folder_of_examples_belongs_to_a_shape() -> None:
    tested = {local_name(str(duty)) for duty in duty_shapes().objects(None, MASA.tests)}
    assert {path.parent.name for path in EXAMPLES} == tested


def test_no_two_shapes_test_one_duty() -> None:
    duties = [duty_shapes().value(shape, MASA.tests) for shape in node_shapes()]
    assert len(duties) == len(set(duties))


def test_a_shape_has_the_severity_and_the_source_of_its_duty(law: list[RdfFile]) -> None:
    graph = guidance(law)
    source = URIRef("http://purl.org/dc/terms/source")
    for shape in node_shapes():
        duty = duty_shapes().value(shape, MASA.tests)
        assert duty_shapes().value(shape, SH.severity) == graph.value(duty, MASA.severity), shape
        assert duty_shapes().value(shape, source) == graph.value(duty, source), shape


@pytest.mark.parametrize(
    "fault", [pytest.param(f, id=local_name(f)) for f in sorted(named_faults())]
)
def test_fault_fires_in_an_example(fault: URIRef, law: list[RdfFile]) -> None:
    if fault == MASA.ConditionIsNotMet and not conditional_duties(law):
        pytest.skip("no duty with a condition has a shape yet; see unit/test_conditions.py")
    assert fault in expected_by_examples()[MASA.fault]


def test_every_note_fires_in_an_example() -> None:
    notes = set(duty_shapes().subjects(MASA.noteOnly))
    assert notes
    assert notes <= expected_by_examples()[MASA.note]


def test_examples_expect_only_faults_that_exist() -> None:
    assert expected_by_examples()[MASA.fault] <= named_faults()


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=f"{p.parent.name}/{p.stem}") for p in sorted(HERE.glob("*/*.ttl"))]
)
def test_example_says_first_why_it_is_valid_or_invalid(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    kind = "Valid" if path.stem.startswith("valid") else "Invalid"
    assert re.match(rf"# {kind}: \w.*[.]$", first), first


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.parent.name + "/" + p.stem) for p in EXAMPLES]
)
def test_example_expects_one_finding(path: Path) -> None:
    assert len(set(Graph().parse(path).subjects(EARL.test))) == 1


def test_every_fault_means_one_outcome_and_no_note_does() -> None:
    graph = duty_shapes()
    for fault in named_faults():
        assert len(set(graph.objects(fault, MASA.meansOutcome))) == 1, fault
    for note in graph.subjects(MASA.noteOnly):
        assert (note, MASA.meansOutcome, None) not in graph, note


def test_a_structural_fault_never_means_absence() -> None:
    graph = duty_shapes()
    outcomes = {o for p in property_shapes() for o in graph.objects(p, MASA.meansOutcome)}
    assert outcomes <= {MASA.PartlyEvidenced, MASA.OutOfDate}


def test_no_words_for_readers_hold_an_address_or_a_term() -> None:
    graph = duty_shapes()
    read = [
        (subject, str(words))
        for predicate in (SH.message, MASA.wouldClose)
        for subject, words in graph.subject_objects(predicate)
    ]
    assert len(read) > 2 * len(node_shapes())
    assert [(subject, words) for subject, words in read if ADDRESS.search(words)] == []


def test_no_words_for_readers_give_a_verdict_on_an_area() -> None:
    verdict = re.compile(r"complian|\bfail|\bbreach|unlawful", re.I)
    graph = duty_shapes()
    words = [str(w) for p in (SH.message, MASA.wouldClose) for w in graph.objects(None, p)]
    assert [text for text in words if verdict.search(text)] == []
