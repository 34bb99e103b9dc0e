"""The store on disk: immutable snapshots, and a pointer that is swapped whole.

Layout of a store folder: ``snapshots/<name>/`` (an Oxigraph database each) and
``current.json``, which names the one in use, with the checksum of each of its files and one
of its own. A build writes a new snapshot aside and then replaces the pointer in one step, so
a build that fails or is killed leaves what was there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from filelock import FileLock

from masagraph.dataset.checksums import MEND, Sum, check_bytes, check_sizes, written
from masagraph.errors import StoreError

FORMAT = 3
"""Raised whenever an older store could not be read by this version."""


@dataclass(frozen=True, slots=True)
class Current:
    """What ``current.json`` says.

    Attributes:
        format: the format of the store; see :data:`FORMAT`.
        snapshot: the name of the snapshot in use.
        data_date, data_version, shapes_version, software_version: of what it was built.
        inputs: hash of the files it was built from.
        extra_data: further data folders it was built from.
        code: hash of the code that built it.
        files: the checksum of each file of the snapshot, by name.
    """

    format: int
    snapshot: str
    data_date: str
    data_version: str
    shapes_version: str
    software_version: str
    inputs: str
    extra_data: tuple[str, ...] = ()
    code: str = ""
    files: Mapping[str, Sum] = field(default_factory=dict)


def read_current(folder: Path) -> Current | None:
    """Return what the store in a folder is, or None when there is none.

    Raises:
        StoreError: when the store is of another format or its pointer is damaged.
    """
    pointer = folder / "current.json"
    try:
        value = json.loads(pointer.read_text(encoding="utf-8"))
        if value["format"] != FORMAT:
            raise StoreError(
                f"the store in {folder} has format {value['format']}, this version reads {FORMAT}",
                MEND,
            )
        if value.pop("sha256") != _own_sum(value):
            raise StoreError(f"{pointer} is damaged", MEND)
        value["extra_data"] = tuple(value["extra_data"])
        value["files"] = {name: Sum(**known) for name, known in value["files"].items()}
        return Current(**value)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"the store in {folder} cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{pointer} is damaged", MEND) from error


def read_pointer(folder: Path) -> str:
    """Return the name of the current snapshot, whatever its format; empty when there is none."""
    try:
        value = json.loads((folder / "current.json").read_text(encoding="utf-8"))
        return str(value["snapshot"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def open_snapshot(folder: Path, current: Current, thorough: bool = False) -> ox.Store:
    """Open the current snapshot for reading only.

    Args:
        folder: the store's folder.
        current: what its pointer says.
        thorough: whether to check every byte first, which reads the whole snapshot. Without,
            the sizes are checked; what is read later bears checksums of the database's own.

    Raises:
        StoreError: when it is not there, is damaged, or cannot be opened.
    """
    path = folder / "snapshots" / current.snapshot
    if not path.is_dir():
        raise StoreError(f"the store in {path} cannot be opened", MEND)
    (check_bytes if thorough else check_sizes)(path, current.files)
    try:
        return ox.Store.read_only(str(path))
    except (OSError, ValueError, RuntimeError) as error:
        check_bytes(path, current.files)  # which names the file, where one is damaged
        raise StoreError(f"the store in {path} cannot be opened", MEND) from error


def is_whole(folder: Path, current: Current) -> bool:
    """Tell whether every file of the current snapshot holds the bytes that were written."""
    try:
        check_bytes(folder / "snapshots" / current.snapshot, current.files)
    except StoreError:
        return False
    return True


def write_snapshot(folder: Path, source: ox.Store, current: Current) -> None:
    """Write a new snapshot aside, then make it the current one.

    A lock lets one process write at a time, so whatever else is there but half made was left
    by one that was killed, and is removed.

    Args:
        folder: the store folder, made when it is not there.
        source: every quad to write.
        current: what to say of it; its ``snapshot`` and ``files`` are replaced.

    Raises:
        StoreError: on a full or read-only disk. The store that was there stays as it was.
    """
    with _disk_errors(folder):
        snapshots = folder / "snapshots"
        snapshots.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "build.lock"):
            _remove_half_made(folder)
            before = read_pointer(folder)
            name = _swap_in(folder, source, current)
            for path in snapshots.iterdir():
                # The one before stays for a while: a reader may just be opening it.
                if path.name not in {name, before}:
                    shutil.rmtree(path, ignore_errors=True)


def _swap_in(folder: Path, source: ox.Store, current: Current) -> str:
    """Write a snapshot and point to it; return its name. What fails leaves nothing behind."""
    snapshots = folder / "snapshots"
    building = Path(tempfile.mkdtemp(prefix="building-", dir=snapshots))
    name = building.name.removeprefix("building-")
    try:
        target = ox.Store(str(building))
        target.bulk_extend(source)
        target.optimize()
        target.flush()
        del target  # closes the database, so that others may open it
        made = replace(current, format=FORMAT, snapshot=name, files=written(building))
        _sync(building)
        building.replace(snapshots / name)
        _sync(snapshots)
        _replace_pointer(folder, asdict(made))
    except BaseException:
        if read_pointer(folder) != name:
            for path in (building, snapshots / name):
                shutil.rmtree(path, ignore_errors=True)
        raise
    return name


def _replace_pointer(folder: Path, value: dict[str, Any]) -> None:
    aside = folder / f"current.{os.getpid()}.json"
    try:
        with aside.open("w", encoding="utf-8") as stream:
            json.dump({**value, "sha256": _own_sum(value)}, stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(folder / "current.json")
    finally:
        aside.unlink(missing_ok=True)
    with suppress(OSError):  # it is swapped: whatever happens now, nothing must be taken back
        _sync(folder)


def _own_sum(value: Mapping[str, Any]) -> str:
    """Return the checksum of what a pointer says."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _sync(folder: Path) -> None:
    """Have the names in a folder safe on disk, where the system can be told so."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_half_made(folder: Path) -> None:
    """Remove what killed builds left. Only for who holds the lock: nobody else is writing."""
    for path in (folder / "snapshots").glob("building-*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("current.*.json"):
        path.unlink(missing_ok=True)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # Oxigraph's message goes on with the files it was writing; the first part says why.
        reason = error.strerror or ": ".join(str(error).split(": ")[:2])
        raise StoreError(
            f"the store in {folder} cannot be written ({reason}); what was there is unchanged",
            "Free some space or choose another folder with --store.",
        ) from error
