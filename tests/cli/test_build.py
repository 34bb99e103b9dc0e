"""``masagraph build``: the store is swapped in whole, or what was there stays."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli, Edited

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?area a masa:SafeguardingArea }"


def areas(cli: Cli, store: Path) -> int:
    """Ask a store how many areas it holds."""
    ran = cli("query", "-", "--format", "json", "--store", store, stdin=COUNT)
    return int(ran.json()["results"]["bindings"][0]["n"]["value"])


def held(folder: Path) -> dict[str, bytes | None]:
    """Return what a store folder holds: names, and the bytes of the pointer."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.suffix == ".json" else None
        for path in folder.rglob("*")
    }


@pytest.fixture
def standing(store_folder: Path, tmp_path: Path) -> Path:
    """A copy of the real store, for a build to fail on."""
    return Path(shutil.copytree(store_folder, tmp_path / "store"))


@pytest.mark.usefixtures("quick")
def test_build_says_what_it_built(cli: Cli, tmp_path: Path) -> None:
    store = tmp_path / "new" / "store"
    ran = cli("build", "--store", store)
    assert ran.code == 0
    assert ran.err == ""
    assert str(store) in ran.out
    assert f"0 of {areas(cli, store)} areas have a document" in ran.out
    assert (
        json.loads((store / "current.json").read_text(encoding="utf-8"))["data_version"] in ran.out
    )


@pytest.mark.usefixtures("quick")
def test_a_second_build_takes_the_place_of_the_first(
    cli: Cli, own_data: Path, tmp_path: Path
) -> None:
    """One snapshot is left, and the area of the further data is in it, assessed."""
    store = tmp_path / "store"
    assert cli("build", "--store", store).code == 0
    before = areas(cli, store)
    ran = cli("build", "--store", store, "--data", own_data)
    assert ran.code == 0
    assert f"1 of {before + 1} areas have a document" in ran.out
    assert len(list((store / "snapshots").iterdir())) == 2  # the one before is kept
    report = cli("assess", "exampleshire", "--store", store, "--format", "json")
    assert report.err == ""
    assert report.json()["counts"]["Evidenced"] == 1


@pytest.mark.usefixtures("quick")
def test_a_second_build_of_the_same_does_nothing_unless_the_store_is_damaged(
    cli: Cli, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    assert cli("build", "--store", store).code == 0
    before = held(store)
    ran = cli("build", "--store", store)
    assert ran.code == 0
    assert ran.out.startswith(f"Nothing has changed: {store} is whole, with data 20")
    assert held(store) == before
    damaged = max(store.glob("snapshots/*/*.sst"), key=lambda path: path.stat().st_size)
    data = damaged.read_bytes()
    damaged.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    ran = cli("build", "--store", store)
    assert ran.out.startswith("Built ")
    assert held(store) != before
    assert cli("build", "--store", store).out.startswith("Nothing has changed")


@pytest.mark.usefixtures("quick")
def test_a_store_is_built_where_there_is_none(cli: Cli, tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = cli("assess", "kent", "--store", store, "--format", "json")
    assert first.json()["area"] == "kent"
    assert f"There is no store in {store} yet" in first.err
    assert cli("assess", "kent", "--store", store, "--format", "json").err == ""


@pytest.mark.usefixtures("quick")
def test_a_store_older_than_its_files_says_so(cli: Cli, own_data: Path, tmp_path: Path) -> None:
    """It is told on stderr; the answer is the store's."""
    data, store = shutil.copytree(own_data, tmp_path / "data"), tmp_path / "store"
    shutil.rmtree(data / "areas")
    assert cli("build", "--store", store, "--data", data).code == 0
    with (data / "register" / "exampleshire.ttl").open("a", encoding="utf-8") as stream:
        stream.write("# one more line\n")
    ran = cli("assess", "exampleshire", "--store", store, "--format", "json")
    assert ran.json()["area"] == "exampleshire"
    assert "masagraph build" in ran.err


# A build that fails


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"1" ;', '"1"'),
        ("    oa:hasSource doc:exampleshire-leaflet ;\n", ""),
        ("masa:reviewStatus", "masa:reviewState"),
    ],
    ids=["syntax", "no document", "no term"],
)
def test_bad_data_leaves_the_store_as_it_was(
    cli: Cli, edited: Callable[[str, str], Edited], standing: Path, old: str, new: str
) -> None:
    data, before, count = edited(old, new), held(standing), areas(cli, standing)
    line = cli("build", "--store", standing, "--data", data.folder).problem()
    assert f"{data.file}:" in line
    assert held(standing) == before
    assert areas(cli, standing) == count > 100
    assert cli("assess", "warwickshire", "--store", standing).code == 0


@pytest.mark.usefixtures("quick")
def test_a_folder_that_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    """A place below a regular file can be written to by nobody, not even by root."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = tmp_path / "file" / "store"
    line = cli("build", "--store", store).problem()
    assert f"{store} cannot be written" in line
    assert "--store" in line


@pytest.mark.usefixtures("quick")
def test_a_query_on_a_folder_that_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    """The line on stderr that a store is built stands before the one that says why not."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = cli("assess", "kent", "--store", tmp_path / "file" / "store")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes. Skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("no mount command, so no small file system to fill")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=32m", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"no small file system can be mounted: {made.stderr.decode().strip()}")
    yield place
    umount = shutil.which("umount")
    assert umount is not None
    subprocess.run([umount, place], check=True)


@pytest.mark.usefixtures("quick")
def test_a_full_disk_leaves_the_store_as_it_was(cli: Cli, small_disk: Path, own_data: Path) -> None:
    store = small_disk / "store"
    assert cli("build", "--store", store).code == 0
    before, count = held(store), areas(cli, store)
    with (small_disk / "fills-the-rest").open("wb", buffering=0) as stream:
        free = shutil.disk_usage(small_disk).free
        stream.write(bytes(max(0, free - 512 * 1024)))
    line = cli("build", "--store", store, "--data", own_data).problem()
    assert f"{store} cannot be written" in line
    assert "Free some space" in line
    # The folder of what earlier builds found may have been begun: nothing rests on it.
    assert {name: read for name, read in held(store).items() if name != "kept"} == before
    assert areas(cli, store) == count


@pytest.mark.usefixtures("quick")
def test_a_read_only_disk_leaves_the_store_as_it_was(
    cli: Cli, small_disk: Path, own_data: Path
) -> None:
    """The store answers from a disk that cannot be written to, and a build there is refused."""
    store = small_disk / "store"
    assert cli("build", "--store", store).code == 0
    mount = shutil.which("mount")
    assert mount is not None
    subprocess.run([mount, "-o", "remount,ro", small_disk], check=True)
    assert "Nothing has changed" in cli("build", "--store", store).out
    line = cli("build", "--store", store, "--data", own_data).problem()
    assert f"{store} cannot be written" in line
    assert areas(cli, store) > 100


@pytest.fixture
def short_files(standing: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file may grow beyond a hundred kilobytes, as on a disk that fills up half way."""
    del standing  # which must be there before
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # half a file of it would stay
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("quick", "short_files")
def test_a_write_that_fails_half_way_leaves_the_store_as_it_was(cli: Cli, standing: Path) -> None:
    before = held(standing)
    assert "cannot be written" in cli("build", "--store", standing).problem()
    assert held(standing) == before


# A store that is no store


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', "\x00"])
def test_a_damaged_pointer(cli: Cli, tmp_path: Path, text: str) -> None:
    (tmp_path / "current.json").write_text(text, encoding="utf-8")
    line = cli("assess", "kent", "--store", tmp_path).problem()
    assert "masagraph build" in line


def test_a_store_of_another_version(cli: Cli, standing: Path) -> None:
    pointer = standing / "current.json"
    value = json.loads(pointer.read_text(encoding="utf-8"))
    pointer.write_text(json.dumps({**value, "format": 999}), encoding="utf-8")
    line = cli("assess", "kent", "--store", standing).problem()
    assert "format 999" in line
    assert "masagraph build" in line


def test_a_snapshot_that_is_gone(cli: Cli, standing: Path) -> None:
    shutil.rmtree(standing / "snapshots")
    line = cli("assess", "kent", "--store", standing).problem()
    assert "cannot be opened" in line
    assert "masagraph build" in line
