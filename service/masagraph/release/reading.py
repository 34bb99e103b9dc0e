"""Reading a release back: only when every file is as it was written."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph as ox

from masagraph.errors import BadValue, Place
from masagraph.release.content import FORMAT, MANIFEST, PEOPLE, QUADS, SUMS

_LONGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Release:
    """A release on disk, whose files have been checked.

    Attributes:
        folder: where it is.
        data_date, data_version: of its data.
        software_version, shapes_version: by which its findings were made.
    """

    folder: Path
    data_date: str
    data_version: str
    software_version: str
    shapes_version: str

    def quads(self) -> Iterator[ox.Quad]:
        """Yield every quad, but for findings of earlier days and names of people."""
        content = gzip.decompress((self.folder / QUADS).read_bytes())
        return iter(ox.parse(content, format=ox.RdfFormat.N_QUADS))

    def table(self, name: str) -> list[dict[str, str]]:
        """Return the rows of one of its tables.

        Raises:
            BadValue: when it has no such table.
        """
        path = self.folder / "tables" / f"{name}.csv"
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise BadValue(
                f"the release has no table {name}", "Export it again.", Place(path)
            ) from error
        csv.field_size_limit(_LONGEST)
        return list(csv.DictReader(io.StringIO(text, newline="")))


def read_release(folder: Path) -> Release:
    """Read a release.

    Raises:
        BadValue: when the folder holds none, one of a newer form, or a file that is damaged.
    """
    said = _manifest(folder)
    listed = {*_listed(said, folder / MANIFEST), MANIFEST}
    named = {path for path in listed if path.startswith(PEOPLE)}
    _check_files(folder, "", listed - named)
    if (folder / PEOPLE).is_dir():  # it may be left out
        _check_files(folder, PEOPLE, {path.removeprefix(PEOPLE) for path in named})
    try:
        names = ("data_date", "data_version", "software_version", "shapes_version")
        return Release(folder, *(str(said[name]) for name in names))
    except KeyError as error:
        raise BadValue(
            f"it does not tell its {error.args[0]}", "", Place(folder / MANIFEST)
        ) from error


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        form = int(said["format"])
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadValue(
            f"{folder} is no release: it has no {MANIFEST}",
            "Name a folder that was written by: masagraph release export",
        ) from error
    except OSError as error:
        raise BadValue(f"it cannot be read ({error.strerror})", "", Place(path)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise BadValue("it is damaged", "Get the release again.", Place(path)) from error
    if form > FORMAT:
        raise BadValue(
            f"{folder} was written by a newer masagraph (form {form}, this one reads {FORMAT})",
            "Install the newest masagraph: pip install --upgrade masagraph",
        )
    assert isinstance(said, dict)
    return said


def _listed(said: dict[str, Any], path: Path) -> list[str]:
    """Return the files that a release says it has.

    Raises:
        BadValue: when it does not say.
    """
    try:
        return [str(file["path"]) for file in said["files"]]
    except (KeyError, TypeError) as error:
        raise BadValue(
            "it does not list its files", "Get the release again.", Place(path)
        ) from error


def _check_files(folder: Path, part: str, needed: set[str]) -> None:
    """Hold every file that the checksums name against them, and those against what must be there.

    Args:
        folder: where the release is.
        part: the folder in it that has checksums of its own.
        needed: the files of that part, that the checksums must name.

    Raises:
        BadValue: for the first file that is not as it was written, or has no checksum.
    """
    sums = folder / part / SUMS
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadValue(
            "the checksums cannot be read", "Get the release again.", Place(sums)
        ) from error
    summed = set()
    for number, line in enumerate(lines, 1):
        digest, mark, name = line.partition("  ")
        parts = PurePosixPath(name).parts
        if not mark or not parts or ".." in parts or name.startswith("/"):
            raise BadValue("the line is no checksum", "Get the release again.", Place(sums, number))
        summed.add(name)
        path = (folder / part).joinpath(*parts)
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BadValue(
                f"the file cannot be read ({error.strerror})", "Get the release again.", Place(path)
            ) from error
        if found != digest:
            raise BadValue(
                f"the file is damaged: its SHA-256 is {found[:12]}… and {SUMS} says {digest[:12]}…",
                "Get the release again.",
                Place(path),
            )
    without = sorted(needed - summed)
    if without:
        raise BadValue(
            f"it holds no checksum of {part}{without[0]} (in all, of {len(without)} files)",
            "Get the release again.",
            Place(sums),
        )
