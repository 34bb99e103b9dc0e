"""Turtle files: their graphs, their lines, and what is said of one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from masagraph.dataset.files import RdfFile, graph_name, read_file, read_folder, read_shipped
from masagraph.errors import DataError
from masagraph.resources import Resources
from masagraph.vocab import GRAPH, ID

TEXT = """@prefix doc: <https://w3id.org/masagraph/id/document/> .
@prefix wst: <https://w3id.org/masagraph/id/statement/example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

wst:plan rdfs:seeAlso doc:example-2 , wst:plan-b .

wst:plan-b rdfs:seeAlso doc:example .

<https://w3id.org/masagraph/id/area/exampleshire> rdfs:label "Exampleshire" .
"""


@pytest.fixture
def file(tmp_path: Path) -> RdfFile:
    path = tmp_path / "example.ttl"
    path.write_text(TEXT, encoding="utf-8")
    return read_file(path, f"{GRAPH}areas/exampleshire/example")


@pytest.mark.parametrize(
    ("folder", "relative", "expected"),
    [
        ("data", "areas/sefton/arrangement.ttl", "areas/sefton/arrangement"),
        ("data", "register/areas.ttl", "register/areas"),
        ("data", "dataset.ttl", "dataset"),
        ("data", "people/one.ttl", "people"),
        ("data", "people/two/three.ttl", "people"),
        ("ontology", "concepts/roles.ttl", "ontology/concepts/roles"),
        ("shapes", "duties/wt2023/funding.ttl", "shapes/duties/wt2023/funding"),
        ("shapes", "people/one.ttl", "shapes/people/one"),
        ("data", "areas/a/plan.v2.ttl", "areas/a/plan.v2"),
    ],
)
def test_a_graph_is_named_after_its_path(folder: str, relative: str, expected: str) -> None:
    assert graph_name(folder, Path(relative)) == f"{GRAPH}{expected}"


def test_each_file_has_a_graph_of_its_own_but_names_of_people(resources: Resources) -> None:
    files = read_shipped(resources)
    graphs = [file.graph for file in files if file.graph != f"{GRAPH}people"]
    assert len(graphs) == len(set(graphs))
    assert len(graphs) > 60


def test_files_are_read_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl", "sub/c.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no Turtle", encoding="utf-8")
    found = [file.path.relative_to(tmp_path).as_posix() for file in read_folder(tmp_path, "data")]
    assert found == ["a.ttl", "b.ttl", "sub/c.ttl"]


@pytest.mark.parametrize(
    ("iri", "line"),
    [
        pytest.param("statement/example/plan", 5, id="subject by prefix"),
        pytest.param("statement/example/plan-b", 7, id="as subject rather than as object"),
        pytest.param("document/example", 7, id="object whose name begins another"),
        pytest.param("document/example-2", 5, id="object"),
        pytest.param("area/exampleshire", 9, id="subject in full"),
        pytest.param("area/nowhere", None, id="not there"),
    ],
)
def test_the_line_of_an_iri(file: RdfFile, iri: str, line: int | None) -> None:
    assert file.line_of(f"{ID}{iri}") == line


def test_quads_stand_in_the_graph_of_the_file(file: RdfFile) -> None:
    assert {quad.graph_name.value for quad in file.quads()} == {file.graph}
    assert len(list(file.quads())) == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", 2, id="no object"),
        pytest.param('<urn:a> <urn:b> "open .\n', 1, id="open quote"),
        pytest.param("\n\nwst:plan <urn:b> <urn:c> .\n", 3, id="unknown prefix"),
        pytest.param(
            "<urn:a> <urn:b> <urn:c>\n\n<urn:d> <urn:e> <urn:f> .\n", 3, id="no full stop"
        ),
    ],
)
def test_a_syntax_error_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_file(path, f"{GRAPH}broken")
    assert caught.value.place is not None
    assert caught.value.place.line == line
    assert caught.value.line().startswith(f"{path}:{line}: the Turtle cannot be parsed")
    assert caught.value.mend
    assert "\n" not in caught.value.line()


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes('<urn:a> <urn:b> "Café" .\n'.encode("latin-1"))
    with pytest.raises(DataError, match=r"not UTF-8 \(byte 20\)") as caught:
        read_file(path, f"{GRAPH}latin")
    assert str(path) in caught.value.line()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.ttl: the file cannot be read"):
        read_file(tmp_path / "absent.ttl", f"{GRAPH}absent")


def test_a_data_folder_that_is_not_there_is_named(resources: Resources, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the data folder does not exist") as caught:
        read_shipped(resources, [tmp_path / "absent"])
    assert str(tmp_path / "absent") in caught.value.line()
