"""The version of the data: the same for the same facts, another for other facts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.dataset.assemble import Assembled, assemble, inputs_hash
from masagraph.resources import Resources
from masagraph.vocab import DERIVED_GRAPHS, MASA

AREA = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

area:{slug} a masa:SafeguardingArea ;
    skos:prefLabel "{label}"@en ;
    skos:notation "{slug}" ;
    masa:gssCode "{code}" ;
    masa:hasCode [ masa:gss "{code}" ; masa:validFrom "2009-01-01"^^xsd:date ] ,
        [ masa:gss "{former}" ; masa:validUntil "2009-01-01"^^xsd:date ] .
"""
EXAMPLESHIRE = AREA.format(
    slug="exampleshire", label="Exampleshire", code="E10000099", former="E10000001"
)
SAMPLETON = AREA.format(slug="sampleton", label="Sampleton", code="E10000098", former="E10000002")


@pytest.fixture
def small(tmp_path: Path, resources: Resources) -> Resources:
    """The RDF folders without any area: assembled in a moment."""
    root = tmp_path / "checkout"
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(resources.folder(name), root / name)
    shutil.copytree(resources.folder("data") / "guidance", root / "data" / "guidance")
    shutil.copy(resources.folder("data") / "dataset.ttl", root / "data")
    return Resources(root, is_checkout=True)


def own(root: Path, name: str, text: str, file: str | None = None) -> Path:
    """A data folder with one register file."""
    path = root / name / "register" / f"{file or name}.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root / name


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_version_is_the_date_and_eight_digits(assembled: Assembled) -> None:
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}", assembled.data_version)
    assert assembled.data_version.startswith(assembled.data_date.isoformat())
    assert re.fullmatch(r"[0-9a-f]{8}", assembled.shapes_version)


def test_the_date_is_the_one_that_the_data_state(assembled: Assembled) -> None:
    text = (Path(__file__).parents[2] / "data" / "dataset.ttl").read_text(encoding="utf-8")
    assert f'dcterms:modified "{assembled.data_date.isoformat()}"^^xsd:date' in text


def test_the_version_stands_in_the_dataset_itself(assembled: Assembled) -> None:
    versions = {
        quad.object.value
        for quad in assembled.store.quads_for_pattern(None, ox.NamedNode(MASA.dataVersion), None)
    }
    assert versions == {assembled.data_version}


def test_two_readings_give_one_version(small: Resources) -> None:
    first, second = assemble(small), assemble(small)
    assert first.data_version == second.data_version
    assert first.shapes_version == second.shapes_version
    assert first.inputs == second.inputs


def test_the_order_of_folders_changes_no_version(small: Resources, tmp_path: Path) -> None:
    one = own(tmp_path, "one", EXAMPLESHIRE)
    two = own(tmp_path, "two", SAMPLETON)
    there, back = assemble(small, [one, two]), assemble(small, [two, one])
    assert there.data_version == back.data_version
    assert there.shapes_version == back.shapes_version


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# a comment\n" + EXAMPLESHIRE.replace("    ", "\t"), id="spacing"),
        pytest.param(
            EXAMPLESHIRE.replace(
                '[ masa:gss "E10000099" ; masa:validFrom "2009-01-01"^^xsd:date ]', "_:z"
            ).replace('[ masa:gss "E10000001" ; masa:validUntil "2009-01-01"^^xsd:date ]', "_:a")
            + '_:a masa:validUntil "2009-01-01"^^xsd:date ; masa:gss "E10000001" .\n'
            + '_:z masa:validFrom "2009-01-01"^^xsd:date ; masa:gss "E10000099" .\n',
            id="labels of blank nodes",
        ),
    ],
)
def test_how_a_file_is_written_changes_no_version(
    small: Resources, tmp_path: Path, text: str
) -> None:
    plain = assemble(small, [own(tmp_path, "a", EXAMPLESHIRE, "exampleshire")])
    other = assemble(small, [own(tmp_path, "b", text, "exampleshire")])
    assert other.data_version == plain.data_version
    assert other.inputs != plain.inputs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('"Exampleshire"@en', '"Exampleshire"', id="language"),
        pytest.param('"Exampleshire"@en', '"Example"@en', id="words"),
        pytest.param("validUntil", "endedBy", id="property"),
        pytest.param("E10000001", "E10000002", id="a fact of a blank node"),
    ],
)
def test_another_fact_gives_another_version(
    small: Resources, tmp_path: Path, old: str, new: str
) -> None:
    plain = assemble(small, [own(tmp_path, "a", EXAMPLESHIRE, "exampleshire")])
    changed = EXAMPLESHIRE.replace(old, new, 1)
    assert changed != EXAMPLESHIRE
    other = assemble(small, [own(tmp_path, "b", changed, "exampleshire")])
    assert other.data_version != plain.data_version
    assert other.data_date == plain.data_date


def test_a_fact_in_another_graph_gives_another_version(small: Resources, tmp_path: Path) -> None:
    """A graph is a document: from which one a fact comes is part of what is said."""
    one = assemble(small, [own(tmp_path, "a", EXAMPLESHIRE, "one")])
    two = assemble(small, [own(tmp_path, "b", EXAMPLESHIRE, "two")])
    assert one.data_version != two.data_version


def test_another_message_of_a_shape_is_another_shapes_version_only(small: Resources) -> None:
    before = assemble(small)
    rewrite(small.folder("shapes") / "evidence.ttl", "nothing was found", "nothing could be found")
    after = assemble(small)
    assert after.shapes_version != before.shapes_version
    assert after.data_version == before.data_version


def test_another_rule_is_another_shapes_version(small: Resources) -> None:
    before = assemble(small)
    rewrite(small.folder("queries") / "rules" / "shown" / "1-shown.rq", "# What", "# All that")
    assert assemble(small).shapes_version != before.shapes_version


def test_an_area_is_no_part_of_the_shapes_version(small: Resources, tmp_path: Path) -> None:
    """Findings under equal shapes may be compared, whatever areas were read."""
    before = assemble(small)
    after = assemble(small, [own(tmp_path, "a", EXAMPLESHIRE)])
    assert after.shapes_version == before.shapes_version


def test_any_change_of_any_file_makes_a_store_stale(small: Resources, tmp_path: Path) -> None:
    before = inputs_hash(small)
    rewrite(small.folder("queries") / "view" / "frame.rq", "# Graphs", "# The graphs")
    after = inputs_hash(small)
    assert after != before
    assert inputs_hash(small, [own(tmp_path, "a", EXAMPLESHIRE)]) != after


def test_every_area_gets_its_three_statutory_slots(small: Resources, tmp_path: Path) -> None:
    assembled = assemble(small, [own(tmp_path, "a", EXAMPLESHIRE)])
    slots = {
        quad.subject.value.rsplit("/", 1)[1]
        for quad in assembled.store.quads_for_pattern(
            None,
            ox.NamedNode(MASA.forArea),
            ox.NamedNode("https://w3id.org/masagraph/id/area/exampleshire"),
            ox.NamedNode(DERIVED_GRAPHS + "facts"),
        )
    }
    assert slots == {"local-authority", "health", "police"}
