"""Write the files of a workbook into a data folder: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from masagraph.dataset.files import RdfFile
from masagraph.errors import BadValue, Place


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What became of the files of an area.

    Attributes:
        written: those that are new, or have changed.
        same: those that stood there already, with the same bytes.
        kept: those that the workbook does not have, and that stay as they were.
    """

    written: tuple[Path, ...]
    same: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_files(files: Sequence[RdfFile], data: Path, replace: bool) -> WrittenFiles:
    """Write files of one area into a data folder.

    The folder of the area is made anew beside the old one, and takes its place when it is whole.

    Args:
        files: the files; their paths are relative to the data folder.
        data: the data folder; it is made where it is not there.
        replace: whether files that are there and differ give way.

    Raises:
        BadValue: for files that differ, unless they may be replaced; and when nothing can be
            written.
        ValueError: when two files have one name: one of them would be lost.
    """
    folder = data / files[0].path.parent
    if len({file.path.name.casefold() for file in files}) != len(files):
        raise ValueError(f"two files for {folder} have one name")
    try:
        old = {path.name: path.read_bytes() for path in sorted(folder.glob("*.ttl"))}
        new = {file.path.name: file.text.encode() for file in files}
        differ = [name for name, text in new.items() if old.get(name, text) != text]
        if differ and not replace:
            raise BadValue(
                f"{', '.join(differ)} is there already, and says something else",
                "Add --replace to write it anew, or choose another --data folder.",
                Place(folder),
            )
        if any(old.get(name) != text for name, text in new.items()):
            _swap(folder, new)
    except OSError as error:
        raise BadValue(
            f"nothing can be written there ({error.strerror})",
            "Name a folder on a disk with space, in which you may write.",
            Place(folder),
        ) from error
    return WrittenFiles(
        tuple(folder / name for name, text in new.items() if old.get(name) != text),
        tuple(folder / name for name, text in new.items() if old.get(name) == text),
        tuple(folder / name for name in old if name not in new),
    )


def _swap(folder: Path, new: dict[str, bytes]) -> None:
    """Put a folder with the new files, and all else that is there, in the place of the old."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    gone = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    try:
        if folder.is_dir():
            shutil.copytree(folder, part)
        else:
            part.mkdir()
        for name, text in new.items():
            (part / name).write_bytes(text)
        if folder.is_dir():
            folder.rename(gone)
        part.rename(folder)
    except OSError:
        if gone.is_dir() and not folder.exists():
            gone.rename(folder)
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    shutil.rmtree(gone, ignore_errors=True)
