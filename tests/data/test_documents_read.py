"""Every section of every document is captured, or left out with a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.term import Node

from masagraph.resources import find_resources
from masagraph.vocab import MASA

FILES = [
    path
    for path in sorted((find_resources().folder("data") / "areas").rglob("*.ttl"))
    if "a masa:SourceDocument" in path.read_text(encoding="utf-8")
]
EACH = [pytest.param(path, id=path.stem) for path in FILES]


@cache
def parsed(path: Path) -> Graph:
    return Graph().parse(path)


def labels(graph: Graph, section: Node) -> set[str]:
    return {str(label) for label in graph.objects(section, MASA.sectionLabel)}


def test_the_five_documents_are_there() -> None:
    assert len(FILES) == 5


@pytest.mark.parametrize("path", EACH)
def test_every_statement_comes_from_a_section_that_is_told(path: Path) -> None:
    graph = parsed(path)
    told = set().union(*(labels(graph, s) for s in graph.subjects(RDF.type, MASA.DocumentSection)))
    used = {str(section) for section in graph.objects(None, MASA.section)}
    assert used <= told
    assert used


@pytest.mark.parametrize("path", EACH)
def test_every_section_is_captured_or_left_out_with_a_reason(path: Path) -> None:
    graph = parsed(path)
    used = {str(section) for section in graph.objects(None, MASA.section)}
    silent = [
        section
        for section in graph.subjects(RDF.type, MASA.DocumentSection)
        if not labels(graph, section) & used and not graph.value(section, MASA.leftOut)
    ]
    assert silent == []


@pytest.mark.parametrize("path", EACH)
def test_sections_stand_in_one_order(path: Path) -> None:
    graph = parsed(path)
    places = [
        int(str(graph.value(section, MASA.listPosition)))
        for section in graph.subjects(RDF.type, MASA.DocumentSection)
    ]
    assert sorted(places) == list(range(1, len(places) + 1))


@pytest.mark.parametrize("path", EACH)
def test_every_fact_is_shown_by_words(path: Path) -> None:
    """Nothing is claimed that no document says."""
    graph = parsed(path)
    shown = set(graph.objects(None, MASA.evidences))
    facts = set(graph.subjects(MASA.inArrangement))
    assert facts - shown == set()
