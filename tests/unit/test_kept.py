"""What has not changed is not assessed again; what has, is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from masagraph.assessment import kept as module
from masagraph.assessment.kept import Kept, Part, key_of
from masagraph.dataset.assemble import Assembled

DAY = date(2024, 6, 1)
WHICH = "https://w3id.org/masagraph/id/arrangement/sefton"
SEFTON = "https://w3id.org/masagraph/graph/areas/sefton/arrangements-2021"
PART = Part(
    "https://example.org/graph",
    "wt2023-pub-chair",
    "0f0f",
    [
        ox.Triple(
            ox.NamedNode("https://example.org/a"),
            ox.NamedNode("https://example.org/says"),
            ox.Literal("a line\nand “another”"),
        )
    ],
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
    of_none = replace(PART, duty="", shape="")
    other = replace(PART, graph="https://example.org/other")
    kept.write("one", [PART, of_none, other])
    assert kept.read("one") == [PART, of_none, other]
    kept.write("one", [])
    assert kept.read("one") == []


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
        Kept(tmp_path).write("one", [PART])
    assert len(set(written)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["one.nq"]


def test_a_damaged_file_is_no_answer(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    said = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"
    for text in (
        "<https://example.org/a> <cut",
        f"{said} .\n",
        f"{said} <https://example.org/g> .",
    ):
        (tmp_path / "one.nq").write_text(text, encoding="utf-8")
        assert kept.read("one") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in the way", encoding="utf-8")
    kept = Kept(tmp_path / "kept")
    kept.write("one", [PART])
    assert kept.read("one") is None


def test_what_a_build_did_not_ask_for_is_dropped(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.write("old", [PART])
    kept.write("new", [PART])
    (tmp_path / "new.4711.part").write_text("of a build that was stopped", encoding="utf-8")
    assert kept.read("new") is not None
    kept.drop_unused()
    assert [path.stem for path in tmp_path.iterdir()] == ["new"]


def test_the_key_follows_what_is_read(assembled: Assembled) -> None:
    key = key_of(assembled, WHICH, [SEFTON], DAY, "shared")
    assert key == key_of(assembled, WHICH, [SEFTON], DAY, "shared")
    assert key != key_of(assembled, WHICH, [SEFTON], date(2024, 6, 2), "shared")
    assert key != key_of(assembled, WHICH, [SEFTON], DAY, "other shapes")
    law = "https://w3id.org/masagraph/graph/guidance/changes"
    for graph in (SEFTON, law):
        assert key != key_of(with_text(assembled, graph), WHICH, [SEFTON], DAY, "shared")


@pytest.mark.parametrize("graph", ["areas/warwickshire/masa", "shapes/duties/wt2023/voice"])
def test_another_area_or_the_shapes_of_a_duty_change_nothing(
    assembled: Assembled, graph: str
) -> None:
    other = f"https://w3id.org/masagraph/graph/{graph}"
    changed = with_text(assembled, other)
    key = key_of(assembled, WHICH, [SEFTON], DAY, "shared")
    assert key == key_of(changed, WHICH, [SEFTON], DAY, "shared")
    assert key != key_of(assembled, WHICH, [SEFTON, other], DAY, "shared") or "shapes" in graph


def test_the_code_is_part_of_the_key(assembled: Assembled, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(assembled, WHICH, [SEFTON], DAY, "shared")
    monkeypatch.setattr(module, "code_and_queries", lambda: "other code")
    assert key_of(assembled, WHICH, [SEFTON], DAY, "shared") != key


def test_all_code_that_is_loaded_to_assess_is_part_of_the_key() -> None:
    """In a process of its own, as the tests load more than that."""
    program = (
        "import sys, masagraph.assessment.publish\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'masagraph'))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = {Path(name) for name in ran.stdout.split()}
    assert module.PACKAGE / "shacl" / "compiler" / "program.py" in loaded
    assert loaded <= set(module.code())


def test_arrangements_that_share_their_documents_are_told_apart(assembled: Assembled) -> None:
    page = "https://w3id.org/masagraph/graph/areas/sussex/procedures-2024"
    base = "https://w3id.org/masagraph/id/arrangement/"
    keys = {
        key_of(assembled, base + name, [page], DAY, "shared")
        for name in ("east-sussex", "west-sussex")
    }
    assert len(keys) == 2
