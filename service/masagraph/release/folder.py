"""A folder written whole or not at all, with the checksums of what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from masagraph.errors import BadValue
from masagraph.release.content import MANIFEST, PEOPLE, SUMS, Entry, Listed


class Writing:
    """A release that is being written.

    Args:
        root: the folder it is written to, aside from where it will stand.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[str, Listed] = {}

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What has been written, by path."""
        return tuple(self._listed[path] for path in sorted(self._listed))

    def put(self, entry: Entry) -> None:
        """Write a file.

        Raises:
            BadValue: when two files would have one path, or one would lie outside the folder.
        """
        path = PurePosixPath(entry.path)
        # Some systems do not tell capitals from small letters.
        taken = {known.lower() for known in self._listed}
        if entry.path.lower() in taken or path.is_absolute() or ".." in path.parts:
            raise BadValue(
                f"two files of the release would be {entry.path}, or it would lie outside",
                "Give the file of the data from which it is made another name.",
            )
        target = self._root.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(entry.content)
        self._listed[entry.path] = Listed(
            entry.path,
            entry.title,
            entry.media_type,
            entry.licence,
            entry.compressed,
            entry.rows,
            len(entry.content),
            hashlib.sha256(entry.content).hexdigest(),
        )

    def put_sums(self) -> None:
        """Write the checksums, as ``sha256sum --check`` reads them; those of names apart."""
        for folder in ("", PEOPLE):
            sums = {
                path.removeprefix(folder): known.sha256
                for path, known in sorted(self._listed.items())
                if path.startswith(PEOPLE) == bool(folder)
            }
            if sums:
                text = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
                (self._root / folder / SUMS).write_text(text, encoding="utf-8", newline="\n")


def check_free(folder: Path) -> None:
    """Check that a release can be written to a folder: it is not there, or it is empty.

    Raises:
        BadValue: when it cannot.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if not folder.exists() and not folder.is_symlink():
        return
    what = "is a folder that is not empty" if folder.is_dir() else "is no folder"
    held = " It holds a release already." if (folder / MANIFEST).is_file() else ""
    raise BadValue(f"{folder} {what}", f"Name a new folder, or an empty one.{held}")


@contextmanager
def whole_or_not(folder: Path) -> Iterator[Writing]:
    """Write a folder aside, and put it into its place when all of it is written.

    Raises:
        BadValue: when it is not free, or the disk cannot take it. Nothing is left behind.
    """
    check_free(folder)
    folder = folder.absolute()
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        aside.mkdir(parents=True)
        yield Writing(aside)
        if folder.is_dir():
            folder.rmdir()
        aside.rename(folder)
    except OSError as error:
        raise BadValue(
            f"the release cannot be written to {folder} ({error.strerror}); nothing was left there",
            "Name a folder on a disk with space, where you may write.",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
