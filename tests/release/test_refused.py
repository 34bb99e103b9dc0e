"""What no release may hold, and a release that fails leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
import xlsxwriter

from masagraph.errors import BadValue, DataError
from masagraph.questions.catalogue import Question
from masagraph.release import export as exporting
from masagraph.release import workbook
from masagraph.release.content import Entry
from masagraph.release.folder import whole_or_not
from masagraph.release.graphs import Kept
from masagraph.release.private import check_nameless, names_of_people
from masagraph.release.quads import compress
from masagraph.release.tables import TABLES, Table, read_tables
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.vocab import OWN_DATA, PEOPLE_GRAPH


def entry(path: str, content: bytes, compressed: bool = False) -> Entry:
    return Entry(path, content, "a file", "text/plain", "", compressed)


def named(name: str) -> tuple[ox.Triple, ...]:
    """What says that somebody has a name."""
    holder, says = ox.NamedNode("https://example.org/h1"), "http://xmlns.com/foaf/0.1/name"
    return (ox.Triple(holder, ox.NamedNode(says), ox.Literal(name)),)


PEOPLE = str(PEOPLE_GRAPH)
NAMES = names_of_people(
    Kept({PEOPLE: named("Nobody d'Inparticular") + named('Any "One" Else')}, {}, (), (), (PEOPLE,))
)
"""The names of two people, as those are looked for."""


def in_a_sheet(text: str) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_string(0, 0, text)
    return out.getvalue()


def test_a_name_may_stand_in_its_folder_and_other_words_anywhere() -> None:
    check_nameless(entry("people/people.ttl", b"Nobody d'Inparticular"), NAMES)
    for text in ("Chief Constable", "nobody in particular", "Many one elsewhere", "Any, else"):
        check_nameless(entry("tables/seats.csv", text.encode()), NAMES)


@pytest.mark.parametrize(
    "bad",
    [
        entry("tables/seats.csv", b"the post,Nobody d'Inparticular"),
        entry("tables/upper.csv", "NOBODY  D\u2019INPARTICULAR".encode()),
        entry("tables/quoted.csv", b'"Any ""One"" Else"'),
        entry("rdf/x.nq.gz", compress(b"Nobody d'Inparticular"), compressed=True),
        entry("rdf/x.ttl", rb'skos:prefLabel "Any \"One\" Else"'),
        entry("rdf/x.jsonld", rb"'The chair:\nNobody d'Inparticular'"),
        entry("masagraph.xlsx", in_a_sheet('Any "One" Else')),
        entry("dataset.ttl", b"<https://example.org/holder/nobody-d-inparticular>"),
    ],
    ids=lambda each: each.path,
)
def test_a_name_outside_its_folder_is_refused_wherever_it_hides(bad: Entry) -> None:
    with pytest.raises(DataError) as caught:
        check_nameless(bad, NAMES)
    assert bad.path in caught.value.line()
    assert "articular" not in caught.value.line()


def test_a_name_that_another_graph_gives_is_looked_for_too() -> None:
    graphs = {"https://w3id.org/masagraph/graph/areas/x": named("Nobody Inparticular")}
    names = names_of_people(Kept(graphs, {}, tuple(graphs), (), ()))
    with pytest.raises(DataError):
        check_nameless(entry("tables/seats.csv", b"Nobody Inparticular"), names)


def test_data_of_ones_own_are_part_of_no_release(
    opened: Opened, resources: Resources, tmp_path: Path
) -> None:
    own = replace(opened, data_version=opened.data_version + OWN_DATA)
    with pytest.raises(BadValue, match="no part of any release"):
        exporting.export(own, resources, tmp_path / "out", lambda what, done, of: None)
    assert list(tmp_path.iterdir()) == []


def test_what_fails_half_way_leaves_nothing(
    opened: Opened, resources: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DataError("a table is not what it must be")

    monkeypatch.setattr(exporting, "read_tables", fail)
    monkeypatch.setattr(exporting, "canonical_graphs", lambda store: {})
    monkeypatch.setattr(exporting, "in_order", lambda graphs, earlier: opened.store)
    monkeypatch.setattr(exporting, "graph_files", lambda kept, licence: iter(()))
    with pytest.raises(DataError):
        exporting.export(opened, resources, tmp_path / "out", lambda what, done, of: None)
    assert list(tmp_path.iterdir()) == []


def put_all(folder: Path, *paths: str) -> None:
    with whole_or_not(folder) as writing:
        for path in paths:
            writing.put(entry(path, b"1"))


def test_two_files_of_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="two files"):
        put_all(tmp_path / "out", "a/B.ttl", "a/b.ttl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../out.txt", "/etc/out.txt", "a/../../out.txt"])
def test_a_path_outside_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadValue):
        put_all(tmp_path / "in" / "out", path)
    assert not (tmp_path / "out.txt").exists()


def test_an_empty_folder_is_taken_and_a_full_one_stays(tmp_path: Path) -> None:
    with whole_or_not(tmp_path) as writing:
        writing.put(entry("a.txt", b"1"))
        writing.put_sums()
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "SHA256SUMS"}
    with pytest.raises(BadValue, match="not empty"):
        put_all(tmp_path, "b.txt")


def test_a_fault_of_a_stored_question_is_told_with_its_file(tmp_path: Path, opened: Opened) -> None:
    for name in ("release", "questions"):
        (tmp_path / "queries" / name).mkdir(parents=True)
    (tmp_path / "queries/questions/ask.rq").write_text(
        "#+ title: t\n#+ question: q\n#+ audience: analyst\n#+ theme: Gaps\nASK { ?s ?p ?o }\n"
    )
    small = replace(opened, store=EmbeddedStore(ox.Store()))
    with pytest.raises(DataError, match=r"^queries/questions/ask\.rq: .* must be a SELECT"):
        list(read_tables(small, Resources(tmp_path, is_checkout=True)))


@pytest.mark.parametrize("sheet", ["Notes", "12", "x Notes", "12 a/b", "12 " + 32 * "n"])
def test_a_sheet_without_a_place_or_a_name_is_told_with_its_file(
    opened: Opened, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "compare", lambda *_: pytest.fail("looked at too late"))
    question = Question("notes", "t", "q", ("analyst",), "Gaps", (), "", sheet=sheet)
    with pytest.raises(DataError) as caught:
        workbook.release_workbook(opened, [Table(question, TABLES, (), ())], lambda *_: None)
    line = caught.value.line()
    assert line.startswith(f'queries/release/notes.rq: "{sheet}" is not')
    assert line.endswith("Write: #+ sheet: 12 Notes")


def test_rows_that_a_key_does_not_tell_apart_are_refused(tmp_path: Path, opened: Opened) -> None:
    folder = tmp_path / "queries" / "release"
    folder.mkdir(parents=True)
    (folder / "twice.rq").write_text(
        "#+ title: t\n#+ question: q\n#+ audience: analyst\n#+ theme: Gaps\n#+ key: area\n"
        'SELECT ?area ?n WHERE { VALUES ( ?area ?n ) { ( "a" 1 ) ( "a" 2 ) } }\n'
    )
    small = replace(opened, store=EmbeddedStore(ox.Store()))
    with pytest.raises(DataError, match=r"queries/release/twice\.rq: two rows have the key a"):
        list(read_tables(small, Resources(tmp_path, is_checkout=True)))
