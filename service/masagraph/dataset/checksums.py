"""Checksums of a snapshot's files: written with it, and held against it ever after."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from masagraph.errors import Place, StoreError

MEND = "Run: masagraph build"


@dataclass(frozen=True, slots=True)
class Sum:
    """What is known of one file.

    Attributes:
        size: its bytes.
        sha256: their hash.
    """

    size: int
    sha256: str


def written(folder: Path) -> dict[str, Sum]:
    """Return the checksum of every file of a folder, by name, with the files safe on disk.

    Raises:
        OSError: when a file cannot be read, or the disk cannot take it.
    """
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.name] = Sum(file.tell(), digest)
            os.fsync(file.fileno())
    return found


def check_sizes(folder: Path, sums: Mapping[str, Sum]) -> None:
    """Check that every file is there and is as long as it was. Reads no file.

    Raises:
        StoreError: for the first that is not, with its name and the mend.
    """
    for name, known in sums.items():
        path = folder / name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _damaged(path, f"it cannot be read ({error.strerror})") from error
        if size != known.size:
            raise _damaged(path, f"it has {size:,} bytes and was written with {known.size:,}")


def check_bytes(folder: Path, sums: Mapping[str, Sum]) -> None:
    """Check that every file holds the very bytes that were written. Reads them all.

    Raises:
        StoreError: for the first that does not, with its name and the mend.
    """
    check_sizes(folder, sums)
    for name, known in sums.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _damaged(path, f"it cannot be read ({error.strerror})") from error
        if digest != known.sha256:
            raise _damaged(path, "its bytes are not those that were written")


def _damaged(path: Path, how: str) -> StoreError:
    return StoreError(f"the store is damaged: {how}", MEND, Place(path))
