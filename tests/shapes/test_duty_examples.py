"""Each example of a duty is found to be exactly what it says: outcome, faults and notes.

An example is a file below ``tests/shapes/<duty>/``: one document of an invented area, and
the finding expected of it as an EARL assertion. It is looked at under the law as far as it is
about its duty, which takes a third of the time; some are looked at under all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from duty_examples import PATHS, some_paths
from rdflib import Graph
from steady import Steady

from masagraph.assessment.assess import add_assertions
from masagraph.assessment.compiled import Compiled
from masagraph.assessment.findings import read_findings
from masagraph.assessment.view import View, build_view
from masagraph.dataset.files import RdfFile
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import select, text_of
from masagraph.vocab import EARL, GRAPH, MASA, PREFIXES, local_name

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

HERE = Path(__file__).parent


DUTIES, SHAPES = f"{GRAPH}guidance/duties/", f"{GRAPH}shapes/duties/"

ENGINES = (Compiled(), Steady())
"""Both are tested, as pySHACL says what is right and the other is what is used."""


def law_about(law: Iterable[RdfFile], duty: str) -> Iterator[RdfFile]:
    """The law less its other duties: the file with a duty's shape, and what duties that names."""
    node = ox.NamedNode(duty)
    files = [
        file
        for file in law
        if not file.graph.startswith(SHAPES) or any(t.object == node for t in file.triples)
    ]
    (said,) = (file.text for file in files if file.graph.startswith(SHAPES))
    for file in files:
        if file.graph.startswith(DUTIES):
            named = (t for t in file.triples if local_name(text_of(t.subject)) in said)
            yield replace(file, triples=tuple(named))
        else:
            yield file


@pytest.fixture(scope="session")
def exampleshire_about(
    exampleshire: Exampleshire, law: list[RdfFile]
) -> Callable[[str], Exampleshire]:
    """The invented area beside what the law says of one duty."""
    return cache(lambda duty: type(exampleshire)(law_about(law, duty)))


class Expected:
    """What an example says will be found."""

    def __init__(self, graph: Graph) -> None:
        (assertion,) = graph.subjects(EARL.test)
        result = graph.value(assertion, EARL.result)
        self.focus = str(graph.value(assertion, EARL.subject))
        self.duty = str(graph.value(assertion, EARL.test))
        self.as_at = date.fromisoformat(str(graph.value(assertion, MASA.asAt)))
        self.outcome = str(graph.value(result, EARL.outcome))
        self.faults = {str(fault) for fault in graph.objects(assertion, MASA.fault)}
        self.notes = {str(note) for note in graph.objects(assertion, MASA.note)}


def document_of(path: Path) -> tuple[str, Graph]:
    """The text of an example without the finding it expects, and the whole as a graph."""
    graph = Graph().parse(path)
    shown = Graph()
    for triple in graph:
        shown.add(triple)
    (assertion,) = graph.subjects(EARL.test)
    for result in graph.objects(assertion, EARL.result):
        shown.remove((result, None, None))
    shown.remove((assertion, None, None))
    return shown.serialize(format="nt"), graph


@pytest.mark.parametrize("path", [pytest.param(p, id=f"{p.parent.name}/{p.stem}") for p in PATHS])
def test_example_gives_what_it_expects(
    path: Path, exampleshire_about: Callable[[str], Exampleshire], as_document: type[Document]
) -> None:
    text, graph = document_of(path)
    expected = Expected(graph)
    assert local_name(expected.duty) == path.parent.name

    exampleshire = exampleshire_about(expected.duty)
    store = exampleshire.store(as_document("example", text))
    view = build_view(store, exampleshire.area, expected.as_at)
    edition = exampleshire.editions[local_name(expected.duty).split("-")[0]]
    for engine in ENGINES:  # over one view, as making it takes longer than testing it
        (name,) = add_assertions(view, [edition], engine, [expected.duty])
        findings = read_findings(EmbeddedStore(view.store), name)
        (finding,) = [f for f in findings if f.duty == local_name(expected.duty)]

        assert finding.outcome == local_name(expected.outcome), engine
        assert {fault.name for fault in finding.faults} == set(map(local_name, expected.faults))
        assert {note.name for note in finding.notes} == set(map(local_name, expected.notes))
        assert_outcome_fits_the_file_name(path, finding.outcome, expected.faults)
        assert_earl(view, name, expected)
        assert_severities(view, name)
        view.store.remove_graph(ox.NamedNode(name))


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=f"{p.parent.name}/{p.stem}") for p in some_paths()]
)
def test_the_rest_of_the_law_changes_nothing(
    path: Path, exampleshire: Exampleshire, as_document: type[Document]
) -> None:
    """For each fault and note an example, under the whole law.

    That both engines report the same of these is seen in ``tests/compiler/test_examples.py``.
    """
    text, graph = document_of(path)
    expected, duty = Expected(graph), path.parent.name
    found = exampleshire.findings(
        expected.as_at.isoformat(),
        as_document("example", text),
        edition=duty.split("-")[0],
        duties=[duty],
    )[duty]
    assert found.outcome == local_name(expected.outcome)
    assert {fault.name for fault in found.faults} == set(map(local_name, expected.faults))
    assert {note.name for note in found.notes} == set(map(local_name, expected.notes))


def assert_outcome_fits_the_file_name(path: Path, outcome: str, faults: set[str]) -> None:
    """A valid example is evidenced without a fault; an invalid one is neither."""
    valid = path.stem.startswith("valid")
    assert (outcome == "Evidenced") is valid
    assert (not faults) is valid


def assert_earl(view: View, graph: str, expected: Expected) -> None:
    """The assertion names focus, duty, date, outcome and faults, so that SPARQL can ask."""
    rows = select(
        EmbeddedStore(view.store),
        """SELECT * WHERE {
            GRAPH $graph {
                ?assertion a earl:Assertion ; earl:test $duty ; earl:subject ?focus ;
                    earl:mode ?mode ; masa:asAt ?date ; earl:result/earl:outcome ?outcome .
                OPTIONAL { ?assertion masa:fault ?fault }
            }
        }""",
        graph=ox.NamedNode(graph),
        duty=ox.NamedNode(expected.duty),
    )
    fixed = {
        tuple(text_of(row[name]) for name in ("assertion", "focus", "date", "outcome", "mode"))
        for row in rows
    }
    tail = f"exampleshire/{local_name(expected.duty)}/{expected.as_at}"
    assert fixed == {
        (
            f"https://w3id.org/masagraph/id/assertion/{tail}",
            expected.focus,
            expected.as_at.isoformat(),
            expected.outcome,
            PREFIXES["earl"] + "automatic",
        )
    }
    assert {text_of(row["fault"]) for row in rows if "fault" in row} == expected.faults


def assert_severities(view: View, graph: str) -> None:
    """Each result of the SHACL report has the severity that its own shape states."""
    rows = select(
        EmbeddedStore(view.store),
        """SELECT * WHERE {
            GRAPH $graph {
                ?result a sh:ValidationResult ;
                    sh:sourceShape ?shape ; sh:resultSeverity ?severity .
            }
            OPTIONAL { ?shape sh:severity ?stated }
        }""",
        graph=ox.NamedNode(graph),
    )
    assert {(text_of(r["shape"]), text_of(r["severity"])) for r in rows} == {
        (text_of(r["shape"]), text_of(r.get("stated"))) for r in rows
    }


def test_a_wrong_expectation_would_be_noticed(
    exampleshire: Exampleshire, as_document: type[Document]
) -> None:
    """The comparison above is no formality: another document gives another outcome."""
    valid, _ = document_of(HERE / "wt2023-lsp-is-agency-head" / "valid.ttl")
    none = exampleshire.document(name="none")
    duty = "wt2023-lsp-is-agency-head"
    found = exampleshire.findings("2024-12-01", as_document("example", valid), duties=[duty])
    empty = exampleshire.findings("2024-12-01", none, duties=[duty])
    assert found[duty].outcome == "Evidenced"
    assert empty[duty].outcome == "NotFoundInTextHeld"
