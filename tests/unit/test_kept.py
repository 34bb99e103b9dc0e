"""What has not changed is not assessed again; what has, is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.assessment import kept as module
from masagraph.assessment.kept import Kept, key_of
from masagraph.dataset.assemble import Assembled

DAY = date(2024, 6, 1)
WHICH = "https://w3id.org/masagraph/id/arrangement/sefton"
SEFTON = "https://w3id.org/masagraph/graph/areas/sefton/arrangements-2021"
QUAD = ox.Quad(
    ox.NamedNode("https://example.org/a"),
    ox.NamedNode("https://example.org/says"),
    ox.Literal("a line\nand “another”"),
    ox.NamedNode("https://example.org/graph"),
)


def with_text(assembled: Assembled, graph: str) -> Assembled:
    """The same dataset, one file of it written a little otherwise."""
    files = tuple(
        replace(file, text=file.text + "\n# more\n") if file.graph == graph else file
        for file in assembled.files
    )
    assert files != assembled.files
    return replace(assembled, files=files)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    assert kept.read("one") is None
    kept.write("one", [QUAD])
    assert kept.read("one") == [QUAD]


def test_two_builds_never_write_into_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file of N-Quads is read as whole, so each process writes a file of its own first."""
    written: list[Path] = []
    really = Path.write_bytes

    def write(path: Path, data: bytes) -> int:
        written.append(path)
        return really(path, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    for process in (1, 2):
        monkeypatch.setattr(module.os, "getpid", lambda number=process: number)
        Kept(tmp_path).write("one", [QUAD])
    assert len(set(written)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["one.nq"]


def test_a_damaged_file_is_no_answer(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    (tmp_path / "one.nq").write_text("<https://example.org/a> <cut", encoding="utf-8")
    assert kept.read("one") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in the way", encoding="utf-8")
    kept = Kept(tmp_path / "kept")
    kept.write("one", [QUAD])
    assert kept.read("one") is None


def test_what_a_build_did_not_ask_for_is_dropped(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.write("old", [QUAD])
    kept.write("new", [QUAD])
    (tmp_path / "new.4711.part").write_text("of a build that was stopped", encoding="utf-8")
    assert kept.read("new") is not None
    kept.drop_unused()
    assert [path.stem for path in tmp_path.iterdir()] == ["new"]


def test_the_key_follows_what_is_read(assembled: Assembled) -> None:
    key = key_of(assembled, WHICH, [SEFTON], DAY)
    assert key == key_of(assembled, WHICH, [SEFTON], DAY)
    assert key != key_of(assembled, WHICH, [SEFTON], date(2024, 6, 2))
    law = "https://w3id.org/masagraph/graph/guidance/changes"
    rule = "https://w3id.org/masagraph/graph/shapes/evidence"
    for graph in (SEFTON, law, rule):
        assert key != key_of(with_text(assembled, graph), WHICH, [SEFTON], DAY)


def test_another_area_changes_nothing(assembled: Assembled) -> None:
    other = "https://w3id.org/masagraph/graph/areas/warwickshire/masa"
    changed = with_text(assembled, other)
    assert key_of(assembled, WHICH, [SEFTON], DAY) == key_of(changed, WHICH, [SEFTON], DAY)
    assert key_of(assembled, WHICH, [other], DAY) != key_of(changed, WHICH, [other], DAY)


def test_the_code_is_part_of_the_key(assembled: Assembled, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(assembled, WHICH, [SEFTON], DAY)
    monkeypatch.setattr(module, "_code_and_queries", lambda: "other code")
    assert key_of(assembled, WHICH, [SEFTON], DAY) != key


def test_arrangements_that_share_their_documents_are_told_apart(assembled: Assembled) -> None:
    page = "https://w3id.org/masagraph/graph/areas/sussex/procedures-2024"
    base = "https://w3id.org/masagraph/id/arrangement/"
    keys = {key_of(assembled, base + name, [page], DAY) for name in ("east-sussex", "west-sussex")}
    assert len(keys) == 2
