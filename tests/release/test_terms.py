"""No term that was ever released may go; a retired one says what took its place."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.errors import DataError
from masagraph.release.terms import check_terms, list_terms, read_released, record_terms
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened

NS = "https://w3id.org/masagraph/ns#"
TERM = 'masa:{name} rdfs:isDefinedBy <https://w3id.org/masagraph/ns/x> ; skos:prefLabel "{name}" .'
RETIRED = "masa:old owl:deprecated true ; dcterms:isReplacedBy masa:new ."
PREFIXES = f"""
@prefix masa: <{NS}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.fixture
def project(tmp_path: Path, resources: Resources) -> Resources:
    """A project in which the terms old and new were released."""
    for folder in ("ontology", "queries/release", "queries/migrations"):
        (tmp_path / folder).mkdir(parents=True)
    query = resources.folder("queries") / "release" / "terms.rq"
    (tmp_path / "queries/release/terms.rq").write_text(query.read_text())
    lines = f"# head\n{NS}old 2026-01-01\n{NS}new 2026-01-01\n"
    (tmp_path / "ontology/released-terms.txt").write_text(lines)
    return Resources(tmp_path, is_checkout=True)


def world(opened: Opened, *lines: str) -> Opened:
    store = ox.Store()
    graph = ox.NamedNode("https://w3id.org/masagraph/graph/ontology/x")
    for quad in ox.parse(PREFIXES + "\n".join(lines), format=ox.RdfFormat.TURTLE):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    return replace(opened, store=EmbeddedStore(store))


OLD, NEW = TERM.format(name="old"), TERM.format(name="new")


def test_the_terms_of_the_project_keep_the_rule(opened: Opened, resources: Resources) -> None:
    check_terms(opened, resources)


def test_the_list_of_released_terms_is_up_to_date(opened: Opened, resources: Resources) -> None:
    missing = set(list_terms(opened, resources)) - set(read_released(resources))
    assert missing == set(), "run: masagraph release terms"


def test_a_released_term_that_is_gone_is_refused(opened: Opened, project: Resources) -> None:
    with pytest.raises(DataError, match="ns#old was released and is gone"):
        check_terms(world(opened, NEW), project)


def test_a_retired_term_needs_a_successor_in_use(opened: Opened, project: Resources) -> None:
    (project.root / "queries/migrations/old.ru").write_text(f"#+ retires: {NS}old\n")
    for line in ("masa:old owl:deprecated true .", RETIRED.replace("masa:new", "masa:nowhere")):
        with pytest.raises(DataError, match="no term in use is said to replace it"):
            check_terms(world(opened, OLD, NEW, line), project)


def test_a_retired_term_needs_a_migration(opened: Opened, project: Resources) -> None:
    with pytest.raises(DataError, match="retired and no query brings data over"):
        check_terms(world(opened, OLD, NEW, RETIRED), project)
    (project.root / "queries/migrations/old.ru").write_text(
        f"#+ retires: {NS}old\nDELETE {{ ?s <{NS}old> ?o }} INSERT {{ ?s <{NS}new> ?o }}"
        f" WHERE {{ ?s <{NS}old> ?o }}\n"
    )
    check_terms(world(opened, OLD, NEW, RETIRED), project)


def test_a_migration_that_is_no_update_is_told_with_its_place(
    opened: Opened, project: Resources
) -> None:
    path = project.root / "queries/migrations/old.ru"
    path.write_text(f"#+ retires: {NS}old\nDELETE {{ ?s <{NS}old> ?o }} INSRT\n")
    with pytest.raises(DataError, match=r"old\.ru: the query that brings data over") as caught:
        check_terms(world(opened, OLD, NEW, RETIRED), project)
    assert "Mend it" in caught.value.line()
    assert "\n" not in caught.value.line()


def test_the_migration_of_the_docs_brings_a_file_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/releases.md tells it: the update, and the lines of Python that run it on a file."""
    page = (Path(__file__).parents[2] / "docs/releases.md").read_text(encoding="utf-8")
    update = re.search(r"```text\n(\s*#\+ retires: .*?)```", page, re.DOTALL)
    program = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert update
    assert program
    (tmp_path / "2027-old-name.ru").write_text(textwrap.dedent(update[1]))
    said = f"@prefix masa: <{NS}> .\n<https://example.org/it> {{}} 'kept' ; a masa:Statement .\n"
    (tmp_path / "mine.ttl").write_text(said.format("masa:oldName"))
    monkeypatch.chdir(tmp_path)
    exec(textwrap.dedent(program[1]), {})  # noqa: S102 - our own page
    after = set(ox.parse(path=tmp_path / "mine-new.ttl"))
    assert after == set(ox.parse(said.format("masa:newName"), format=ox.RdfFormat.TURTLE))


def test_new_terms_are_recorded_and_none_is_taken_out(opened: Opened, project: Resources) -> None:
    third = TERM.format(name="third")
    assert record_terms(world(opened, NEW, third), project, date(2026, 3, 1)) == 1
    assert read_released(project) == {
        f"{NS}new": "2026-01-01",
        f"{NS}old": "2026-01-01",
        f"{NS}third": "2026-03-01",
    }
    assert record_terms(world(opened, NEW, third), project, date(2027, 1, 1)) == 0


@pytest.mark.parametrize("line", [f"{NS}old", f"{NS}new 2026-01-01"])
def test_a_line_that_is_none_is_told_with_its_place(project: Resources, line: str) -> None:
    path = project.root / "ontology/released-terms.txt"
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(DataError, match=r"released-terms\.txt:4"):
        read_released(project)
