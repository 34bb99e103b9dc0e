"""What no release may hold, and a release that fails leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.errors import BadValue, DataError
from masagraph.release import export as exporting
from masagraph.release.content import Entry
from masagraph.release.folder import whole_or_not
from masagraph.release.graphs import Kept
from masagraph.release.private import check_nameless, names_of_people
from masagraph.release.quads import compress
from masagraph.release.tables import read_tables
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.vocab import PEOPLE_GRAPH


def entry(path: str, content: bytes, compressed: bool = False) -> Entry:
    return Entry(path, content, "a file", "text/plain", "", compressed)


def test_a_name_outside_its_folder_is_refused_wherever_it_hides() -> None:
    holder, name = ox.NamedNode("https://example.org/h1"), "Nobody Inparticular"
    triple = ox.Triple(holder, ox.NamedNode("http://xmlns.com/foaf/0.1/name"), ox.Literal(name))
    people = str(PEOPLE_GRAPH)
    names = names_of_people(Kept({people: (triple,)}, {}, (), (), (people,)))
    assert names == (name,)
    check_nameless(entry("people/people.ttl", name.encode()), names)
    check_nameless(entry("tables/seats.csv", b"Chief Constable"), names)
    for bad in (
        entry("tables/seats.csv", f"the post,{name}".encode()),
        entry("rdf/x.nq.gz", compress(name.encode()), compressed=True),
    ):
        with pytest.raises(DataError) as caught:
            check_nameless(bad, names)
        assert bad.path in caught.value.line()
        assert name not in caught.value.line()


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
