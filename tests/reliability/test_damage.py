"""A byte that is not as it was written is found, and the file is named with the mend."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from masagraph.assessment.kept import Kept, Part
from masagraph.assessment.publish import build, unchanged
from masagraph.dataset.snapshot import Current, open_snapshot, read_current, write_snapshot
from masagraph.errors import StoreError
from masagraph.resources import Resources
from masagraph.store.opened import open_store
from masagraph.store.workers.pool import Pool
from masagraph.store.workers.source import Folder

SAID = Current(0, "", "2026-11-22", "2026-11-22-00000000", "", "0", "")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A small store, on which every byte may be changed."""
    source = ox.Store()
    for number in range(300):
        node = ox.NamedNode(f"http://example.org/{number}")
        source.add(ox.Quad(node, node, ox.Literal(f"number {number}")))
    write_snapshot(tmp_path / "store", source, SAID)
    return tmp_path / "store"


def files(store: Path) -> list[Path]:
    """The files of the snapshot that hold anything."""
    return sorted(path for path in store.glob("snapshots/*/*") if path.stat().st_size)


def test_one_byte_of_any_file_is_found_and_the_file_named(store: Path) -> None:
    random = Random(3)  # noqa: S311
    assert len(files(store)) > 5
    for path in files(store):
        written = path.read_bytes()
        at = random.randrange(len(written))
        path.write_bytes(written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :])
        with pytest.raises(StoreError, match="its bytes are not those") as caught:
            open_store(store, in_memory=True)
        assert str(path) in caught.value.line()
        assert caught.value.line().endswith("Run: masagraph build")
        path.write_bytes(written)
    assert open_store(store, in_memory=True).store.query("ASK {}")


def test_a_service_names_the_file(store: Path) -> None:
    path = next(path for path in files(store) if path.suffix == ".sst")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        Pool(Folder(store), 1, 10**8, "worker_jobs:warm")
    assert str(path) in caught.value.line()
    assert caught.value.mend == "Run: masagraph build"


def test_a_file_that_was_cut_or_removed_is_found_by_a_mere_opening(store: Path) -> None:
    current = read_current(store)
    assert current is not None
    path = max(files(store), key=lambda path: path.stat().st_size)
    written = path.read_bytes()
    path.write_bytes(written[:-1])
    with pytest.raises(StoreError, match=f"has {len(written) - 1:,} bytes") as caught:
        open_snapshot(store, current)
    assert str(path) in caught.value.line()
    path.unlink()
    with pytest.raises(StoreError, match="No such file") as caught:
        open_snapshot(store, current)
    assert str(path) in caught.value.line()


def test_every_byte_of_the_pointer_counts(store: Path) -> None:
    pointer = store / "current.json"
    written = pointer.read_bytes()
    for at in [n for n, byte in enumerate(written) if byte not in b" \n"][::7]:
        pointer.write_bytes(written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :])
        with pytest.raises(StoreError, match="Run: masagraph build"):
            open_store(store)
    pointer.write_bytes(written)
    assert open_store(store).data_version == SAID.data_version


def test_what_is_kept_is_read_only_as_it_was_written(tmp_path: Path) -> None:
    node = ox.NamedNode("http://example.org/a")
    part = Part("http://example.org/g", "duty", "0f", [ox.Triple(node, node, ox.Literal("words"))])
    kept = Kept(tmp_path)
    kept.write("key", [part])
    (path,) = tmp_path.iterdir()
    written = path.read_bytes()
    for at in range(len(written)):
        path.write_bytes(written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :])
        assert kept.read("key") is None
    path.write_bytes(written[: written.index(b"\n") + 1])
    assert kept.read("key") is None
    path.write_bytes(written)
    assert kept.read("key") == [part]


def test_what_cannot_be_kept_leaves_no_part_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError

    monkeypatch.setattr(Path, "replace", full)
    Kept(tmp_path).write("key", [])
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def law(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """The folders without any area's documents."""
    root = tmp_path_factory.mktemp("law")
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(resources.folder(name), root / name)
    shutil.copytree(
        resources.folder("data"), root / "data", ignore=shutil.ignore_patterns("areas", "people")
    )
    return Resources(root, is_checkout=False)


def test_nothing_is_built_only_where_all_is_as_it_was(
    law: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes decide, and no time of a file: a clock may be wrong."""
    store, own = tmp_path / "store", tmp_path / "own"
    own.mkdir()
    assert unchanged(law, store) is None
    build(law, store)
    current = unchanged(law, store)
    assert current == read_current(store)

    assert unchanged(law, store, [own]) is None
    file = law.folder("data") / "dataset.ttl"
    text, stat = file.read_bytes(), file.stat()
    os.utime(file, (0, 2**32))
    assert unchanged(law, store) == current
    file.write_bytes(text + b"# more\n")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert unchanged(law, store) is None
    file.write_bytes(text)
    assert unchanged(law, store) == current

    with monkeypatch.context() as patch:
        patch.setattr("masagraph.assessment.publish.code_and_queries", lambda: "other code")
        assert unchanged(law, store) is None
    damaged = files(store)[0]
    data = damaged.read_bytes()
    damaged.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert unchanged(law, store) is None
    (store / "current.json").write_text("{", encoding="utf-8")
    assert unchanged(law, store) is None


def test_a_folder_that_has_gone_is_not_unchanged(law: Resources, tmp_path: Path) -> None:
    """A build must say that there is none."""
    store, own = tmp_path / "store", tmp_path / "own"
    own.mkdir()
    (own / "areas").mkdir()
    (own / "areas" / "none.ttl").write_text("# Nothing yet.\n", encoding="utf-8")
    build(law, store, [own])
    assert unchanged(law, store, [own]) is not None
    shutil.rmtree(own)
    assert unchanged(law, store, [own]) is None


def test_a_file_that_is_edited_while_it_is_read_leaves_the_store_stale(
    law: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from masagraph.dataset import assemble as module

    file, really = law.folder("data") / "dataset.ttl", module.read_shipped
    text = file.read_bytes()

    def edited_meanwhile(*arguments: object) -> object:
        found = really(*arguments)  # type: ignore[arg-type]
        file.write_bytes(text + b"# edited\n")
        return found

    monkeypatch.setattr(module, "read_shipped", edited_meanwhile)
    try:
        build(law, tmp_path / "store")
        assert unchanged(law, tmp_path / "store") is None
    finally:
        file.write_bytes(text)
