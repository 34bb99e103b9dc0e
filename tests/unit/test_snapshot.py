"""The store on disk is swapped in whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest
from filelock import FileLock

from masagraph.dataset.assemble import merge_graphs
from masagraph.dataset.snapshot import (
    FORMAT,
    Current,
    open_snapshot,
    read_current,
    write_snapshot,
)
from masagraph.errors import StoreError
from masagraph.store.opened import open_store
from masagraph.store.protocol import select, text_of

EX = "http://example.org/"


def dataset(label: str, size: int = 1) -> ox.Store:
    """A dataset that says one word, and as much more as its size asks."""
    held = ox.Store()
    for number in range(size):
        held.add(
            ox.Quad(
                ox.NamedNode(f"{EX}{number}"),
                ox.NamedNode(f"{EX}label"),
                ox.Literal(label),
                ox.NamedNode(f"{EX}graph"),
            )
        )
    merge_graphs(held)
    return held


def described(version: str) -> Current:
    return Current(
        format=0,
        snapshot="",
        data_date="2026-11-22",
        data_version=version,
        shapes_version="00000000",
        software_version="0",
        inputs="",
        extra_data=("own",),
    )


def write(folder: Path, label: str) -> None:
    write_snapshot(folder, dataset(label), described(label))


def labels(folder: Path) -> list[str]:
    """What the store of a folder says, and that its description goes with it."""
    opened = open_store(folder)
    rows = select(opened.store, f"SELECT DISTINCT ?label {{ ?s <{EX}label> ?label }}")
    found = [text_of(row["label"]) for row in rows]
    assert found == [opened.data_version]
    return found


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "store", "one")
    opened = open_store(tmp_path / "deep" / "store")
    assert opened.data_date.isoformat() == "2026-11-22"
    assert opened.extra_data == (Path("own"),)
    assert labels(tmp_path / "deep" / "store") == ["one"]


def test_a_store_in_memory_no_longer_needs_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "one")
    opened = open_store(tmp_path, in_memory=True)
    shutil.rmtree(tmp_path / "snapshots")
    assert select(opened.store, "SELECT * { ?s ?p ?o }")


def test_where_nothing_was_built_there_is_no_store(tmp_path: Path) -> None:
    assert read_current(tmp_path) is None
    assert read_current(tmp_path / "absent") is None
    with pytest.raises(StoreError, match=r"there is no store in .*\. Run: masagraph build"):
        open_store(tmp_path)


def test_a_second_write_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write(tmp_path, "one")
    write(tmp_path, "two")
    assert labels(tmp_path) == ["two"]
    write(tmp_path, "three")
    # The one before is kept for those who are just opening it, and no other.
    assert len(list((tmp_path / "snapshots").iterdir())) == 2
    assert [path.name for path in tmp_path.glob("*.json")] == ["current.json"]


def test_who_reads_the_old_store_may_read_on(tmp_path: Path) -> None:
    write(tmp_path, "one")
    current = read_current(tmp_path)
    assert current is not None
    reading = open_snapshot(tmp_path, current)
    write(tmp_path, "two")
    assert {quad.object.value for quad in reading} == {"one"}


def test_builds_at_once_leave_a_store_that_opens(tmp_path: Path) -> None:
    """Each swaps its own in whole: none takes away what another has just named."""
    threads = [Thread(target=write, args=(tmp_path, str(number))) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert labels(tmp_path)[0] in {str(number) for number in range(6)}


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    """At once, however young it is: who writes holds a lock, so nobody else is writing."""
    write(tmp_path, "one")
    left = tmp_path / "snapshots" / "building-other"
    left.mkdir()
    (left / "000001.sst").write_bytes(bytes(10))
    (tmp_path / "current.4711.json").write_text("{", encoding="utf-8")
    write(tmp_path, "two")
    assert not left.exists()
    assert [path.name for path in tmp_path.glob("*.json")] == ["current.json"]
    assert labels(tmp_path) == ["two"]


def test_who_writes_waits_for_who_is_writing(tmp_path: Path) -> None:
    write(tmp_path, "one")
    other = tmp_path / "snapshots" / "building-other"
    with FileLock(tmp_path / "build.lock"):
        other.mkdir()
        thread = Thread(target=write, args=(tmp_path, "two"))
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        assert other.is_dir()
        assert labels(tmp_path) == ["one"]
        other.rmdir()
    thread.join(30)
    assert labels(tmp_path) == ["two"]


@pytest.mark.parametrize("signal", [KeyboardInterrupt, MemoryError])
def test_a_build_that_is_broken_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal: type[BaseException]
) -> None:
    write(tmp_path, "one")
    before = sorted(tmp_path.rglob("*"))

    def stop(*_arguments: object, **_options: object) -> None:
        raise signal

    with monkeypatch.context() as patch:
        patch.setattr("masagraph.dataset.snapshot.json.dump", stop)
        with pytest.raises(signal):
            write(tmp_path, "two")
    assert sorted(tmp_path.rglob("*")) == before
    assert labels(tmp_path) == ["one"]


def test_once_the_store_is_swapped_nothing_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails after that must not remove the snapshot that is now named."""
    write(tmp_path, "one")
    really = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name.startswith("current."):
            raise KeyboardInterrupt
        really(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, "two")
    assert labels(tmp_path) == ["two"]


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("tempfile.mkdtemp", id="making the folder"),
        pytest.param("written", id="having the files safe on disk"),
        pytest.param("json.dump", id="writing the pointer"),
        pytest.param("Path.replace", id="swapping"),
    ],
)
@pytest.mark.parametrize("before", [True, False], ids=["a store was there", "none was there"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, before: bool
) -> None:
    if before:
        write(tmp_path, "one")

    def full(*_arguments: object, **_options: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(f"masagraph.dataset.snapshot.{step}", full)
        with pytest.raises(StoreError, match="No space left on device") as caught:
            write(tmp_path, "two")
    assert "what was there is unchanged" in caught.value.line()
    assert caught.value.mend
    if before:
        assert labels(tmp_path) == ["one"]
    else:
        assert read_current(tmp_path) is None
    write(tmp_path, "three")
    assert labels(tmp_path) == ["three"]
    assert len(list((tmp_path / "snapshots").iterdir())) == (2 if before else 1)


def test_a_disk_that_fills_while_quads_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operating system refuses files beyond some size, as a full disk does."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half a file of it would stay
    resource = pytest.importorskip("resource", reason="file sizes cannot be limited here")
    write(tmp_path, "one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    big = dataset("two", 20_000)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        with pytest.raises(StoreError, match="cannot be written"):
            write_snapshot(tmp_path, big, described("two"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert labels(tmp_path) == ["one"]
    assert len(list((tmp_path / "snapshots").iterdir())) == 1


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A store that says "one", in a folder where this process may not write.

    The root user may write anywhere, so root's rights are laid down for the test.
    """
    if os.name != "posix":
        pytest.skip("folders are made read-only by POSIX permissions here")
    folder = Path(tempfile.mkdtemp(prefix="masagraph-read-only-"))
    store = folder / "store"
    write(store, "one")
    paths = [folder, store, *store.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield store
    finally:
        if root:
            os.seteuid(0)
        for path in paths:
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


def test_a_read_only_folder_is_said_to_be_one_and_can_still_be_read(read_only: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written \(Permission denied\)") as caught:
        write(read_only, "two")
    assert str(read_only) in caught.value.line()
    assert "what was there is unchanged" in caught.value.line()
    assert labels(read_only) == ["one"]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        write(path, "one")
    assert path.read_text(encoding="utf-8") == "not a folder"
    assert read_current(path) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(f'{{"format": {FORMAT}, "snapsh', id="cut off"),
        pytest.param("[]", id="another kind of value"),
        pytest.param('{"snapshot": "a"}', id="no format"),
        pytest.param(f'{{"format": {FORMAT}, "snapshot": "a"}}', id="too little"),
        pytest.param("\x00\xff", id="no text"),
    ],
)
def test_a_damaged_pointer_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, "one")
    (tmp_path / "current.json").write_text(text, encoding="latin-1")
    with pytest.raises(StoreError, match=r"current\.json is damaged\. Run: masagraph build"):
        open_store(tmp_path)
    write(tmp_path, "two")
    assert labels(tmp_path) == ["two"]


@pytest.mark.parametrize("number", [FORMAT - 1, FORMAT + 1])
def test_a_store_of_another_format_is_refused(tmp_path: Path, number: int) -> None:
    write(tmp_path, "one")
    pointer = tmp_path / "current.json"
    value = json.loads(pointer.read_text(encoding="utf-8"))
    assert value["format"] == FORMAT
    pointer.write_text(json.dumps({**value, "format": number}), encoding="utf-8")
    with pytest.raises(StoreError, match=f"has format {number}, this version reads {FORMAT}"):
        open_store(tmp_path)


def test_a_snapshot_that_is_gone_is_named(tmp_path: Path) -> None:
    write(tmp_path, "one")
    shutil.rmtree(tmp_path / "snapshots")
    with pytest.raises(StoreError, match=r"cannot be opened\. Run: masagraph build"):
        open_store(tmp_path)
