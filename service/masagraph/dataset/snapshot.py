"""The store on disk: immutable snapshots, and a pointer that is swapped whole.

Layout of a store folder: ``snapshots/<name>/`` (an Oxigraph database each) and
``current.json``, which names the one in use. A build writes a new snapshot aside and
then replaces the pointer in one step, so a build that fails leaves what was there.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox
from filelock import FileLock

from masagraph.errors import StoreError

DAY = 24 * 60 * 60
FORMAT = 2
"""Raised whenever an older store could not be read by this version."""


@dataclass(frozen=True, slots=True)
class Current:
    """What ``current.json`` says."""

    format: int
    snapshot: str
    data_date: str
    data_version: str
    shapes_version: str
    software_version: str
    inputs: str
    extra_data: tuple[str, ...] = ()


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
                "Run: masagraph build",
            )
        value["extra_data"] = tuple(value.get("extra_data", ()))
        return Current(**value)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"the store in {folder} cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{pointer} is damaged", "Run: masagraph build") from error


def read_pointer(folder: Path) -> str:
    """Return the name of the current snapshot, whatever its format; empty when there is none."""
    try:
        value = json.loads((folder / "current.json").read_text(encoding="utf-8"))
        return str(value["snapshot"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def open_snapshot(folder: Path, current: Current) -> ox.Store:
    """Open the current snapshot for reading only.

    Raises:
        StoreError: when it is not there or cannot be opened.
    """
    path = folder / "snapshots" / current.snapshot
    try:
        return ox.Store.read_only(str(path))
    except (OSError, ValueError) as error:
        raise StoreError(f"the store in {path} cannot be opened", "Run: masagraph build") from error


def write_snapshot(folder: Path, source: ox.Store, current: Current) -> None:
    """Write a new snapshot aside, then make it the current one.

    Args:
        folder: the store folder, made when it is not there.
        source: every quad to write.
        current: what to say of it; its ``snapshot`` is replaced by the new name.

    Raises:
        StoreError: on a full or read-only disk. The store that was there stays as it was.
    """
    with _disk_errors(folder):
        snapshots = folder / "snapshots"
        snapshots.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix="building-", dir=snapshots))
    try:
        with _disk_errors(folder):
            target = ox.Store(str(building))
            target.bulk_extend(source)
            target.optimize()
            target.flush()
            del target  # closes the database, so that others may open it
            name = building.name.removeprefix("building-")
            with FileLock(folder / "build.lock"):
                before = read_pointer(folder)
                building.replace(snapshots / name)
                _replace_pointer(folder, {**asdict(current), "format": FORMAT, "snapshot": name})
                # The one before stays for a while: a reader may just be opening it.
                _remove_others(snapshots, keep={name, before})
    except StoreError:
        for path in (building, snapshots / building.name.removeprefix("building-")):
            shutil.rmtree(path, ignore_errors=True)
        raise


def _replace_pointer(folder: Path, value: dict[str, object]) -> None:
    aside = folder / f"current.{os.getpid()}.json"
    try:
        with aside.open("w", encoding="utf-8") as stream:
            json.dump(value, stream, indent=2)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(folder / "current.json")
    finally:
        aside.unlink(missing_ok=True)


def _remove_others(snapshots: Path, keep: set[str]) -> None:
    """Remove older snapshots, and what a build left that was killed a day ago or more.

    A snapshot that another build is writing is left alone.
    """
    for path in snapshots.iterdir():
        building = path.name.startswith("building-")
        if path.name in keep or (building and time.time() - path.stat().st_mtime < DAY):
            continue
        shutil.rmtree(path, ignore_errors=True)


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
