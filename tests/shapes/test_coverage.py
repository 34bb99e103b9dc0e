"""No shape without examples, no fault that no example shows, no words that a reader must decode."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from masagraph.dataset.files import RdfFile
from masagraph.resources import find_resources
from masagraph.vocab import EARL, MASA, local_name

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

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


def asked(law: Graph) -> set[Node]:
    """The duties that ask or recommend something that a document can show.

    What is left out is never tested: definitions, permissions, what only conduct can show and
    what is not commenced.
    """
    norms = (MASA.Obligation, MASA.Recommendation)
    asking = {duty for duty, norm in law.subject_objects(MASA.deontic) if norm in norms}
    shown = {duty for duty, kind in law.subject_objects(MASA.evidencedIn) if kind != MASA.Conduct}
    waiting = set(law.subjects(MASA.commencement, MASA.EnactedNotCommenced))
    return (asking & shown) - waiting


def test_there_are_at_least_thirty_duty_shapes() -> None:
    assert len(node_shapes()) >= 30


@pytest.mark.parametrize("shape", [pytest.param(s, id=local_name(s)) for s in node_shapes()])
def test_shape_has_a_valid_and_an_invalid_example(shape: URIRef) -> None:
    duty = local_name(str(duty_shapes().value(shape, MASA.tests)))
    folder = HERE / duty
    assert list(folder.glob("valid*.ttl")), f"no valid example in tests/shapes/{duty}"
    assert list(folder.glob("invalid*.ttl")), f"no invalid example in tests/shapes/{duty}"


def test_every_duty_of_tier_one_or_two_that_asks_for_something_has_a_shape(
    law: list[RdfFile],
) -> None:
    duties = guidance(law)
    tiers = {duty for duty, tier in duties.subject_objects(MASA.tier) if int(str(tier)) in (1, 2)}
    wanted = tiers & asked(duties)
    assert len(wanted) >= 100
    assert wanted - set(duty_shapes().objects(None, MASA.tests)) == set()


def test_only_a_duty_that_asks_for_something_has_a_shape(law: list[RdfFile]) -> None:
    assert set(duty_shapes().objects(None, MASA.tests)) <= asked(guidance(law))


def reason(law: Graph, duty: Node) -> str:
    """Why a duty is not tested."""
    if law.value(duty, MASA.commencement) == MASA.EnactedNotCommenced:
        return "NotCommenced"
    if law.value(duty, MASA.deontic) == MASA.Definition:
        return "DefinitionOnly"
    return "PermissionOnly" if law.value(duty, MASA.modality) == MASA.May else "ShownByConduct"


def test_each_duty_without_a_shape_is_listed_with_the_reason(
    law: list[RdfFile], exampleshire: Exampleshire
) -> None:
    duties = guidance(law)
    every = set(duties.subjects(MASA.edition))
    untested = every - set(duty_shapes().objects(None, MASA.tests))
    expected = {local_name(str(duty)): ("NotTested", reason(duties, duty)) for duty in untested}

    document = exampleshire.document()
    listed = [
        finding
        for edition in exampleshire.editions
        for finding in exampleshire.findings(
            "2026-11-01", document, edition=edition, duties=expected
        ).values()
    ]
    assert {f.duty: (f.outcome, f.reason_not_tested) for f in listed} == expected
    assert "NoTestYet" not in {f.reason_not_tested for f in listed}


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
def test_fault_fires_in_an_example(fault: URIRef) -> None:
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


def test_every_message_of_a_duty_says_what_was_looked_for() -> None:
    messages = {shape: str(duty_shapes().value(shape, SH.message)) for shape in node_shapes()}
    assert [s for s, words in messages.items() if not words.startswith("We looked for ")] == []


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
