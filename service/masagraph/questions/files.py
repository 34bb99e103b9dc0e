"""Every query file below ``queries/``: what it is for, and which values it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from masagraph.assessment.names import nearest
from masagraph.errors import UnknownName
from masagraph.resources import Resources, read_once
from masagraph.store.written_in import variables


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query file.

    Attributes:
        path: its path below ``queries/``, without the ending, such as ``lookup/lines``.
        about: what it is for, from its first comment.
        variables: the parameters that it takes.
        text: the file.
    """

    path: str
    about: str
    variables: tuple[str, ...]
    text: str

    @property
    def folder(self) -> str:
        """The folder it stands in, such as ``lookup``."""
        return self.path.rpartition("/")[0]


@cache
def list_query_files(resources: Resources) -> tuple[QueryFile, ...]:
    """Return every query file, by path."""
    root = resources.folder("queries")
    return tuple(
        _read(path.relative_to(root).with_suffix("").as_posix(), read_once(path))
        for path in sorted(root.rglob("*.rq"))
    )


def find_query_file(resources: Resources, name: str) -> QueryFile:
    """Return the query file of a path below ``queries/``, with or without its ending.

    Only the files that are listed can be had: a path is a key here, and no way to a file.

    Raises:
        UnknownName: when there is none, with the nearest paths.
    """
    known = {file.path: file for file in list_query_files(resources)}
    wanted = name.removesuffix(".rq")
    if wanted not in known:
        raise UnknownName(f'there is no query "{name[:100]}"', nearest(wanted[:100], known))
    return known[wanted]


def _read(path: str, text: str) -> QueryFile:
    return QueryFile(path, _about(text), tuple(variables(text)), text)


def _about(text: str) -> str:
    """Return the title or the message of a header, or the first paragraph of comment."""
    title = re.search(r"^#\+ (?:title|message): *(.+)$", text, re.MULTILINE)
    if title:
        return title[1].strip()
    first = re.match(r"(?:#[^\n]*\n)*", text)
    lines = [line.removeprefix("#").strip() for line in (first[0] if first else "").splitlines()]
    return " ".join(lines[: lines.index("")] if "" in lines else lines)
