"""How the answers to a stored question are put side by side, as its header says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.vocab import PREFIXES

PARTS = ("rows", "cells", "facts")
NEEDED = ("area", "area_name")
"""Columns by which rows are put under their area."""
ASKED = ("area", "as_at")
"""Parameters that a comparison sets, or leaves to their default."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a question become rows of a comparison, and which its cells.

    Attributes:
        title: what is compared, in a word or two.
        rows: columns whose values together name a row.
        cells: columns that stand in its cells; without ``rows`` there is one such row.
        facts: columns that each become a row of their own.
    """

    title: str
    rows: tuple[str, ...]
    cells: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The title as addresses name it."""
        return "-".join(re.findall(r"[a-z0-9]+", self.title.lower()))


def read_layout(value: str, query: str, parameters: Iterable[str], place: Place) -> Layout:
    """Read the field ``side by side``: ``Seats; rows partner, role; cells post, organisation``.

    Args:
        value: what stands behind the colon.
        query: the query of the question.
        parameters: names of the parameters of the question that may be left out.
        place: the file and line.

    Raises:
        DataError: when it is not understood, or the question has no such column or parameter.
    """
    title, *parts = [part.strip() for part in value.split(";")]
    named: dict[str, tuple[str, ...]] = {}
    for part in parts:
        word, _, names = part.partition(" ")
        if word not in PARTS or word in named or not names.strip():
            raise DataError(f'"{part}" is not understood', _FORM, place)
        named[word] = tuple(name.strip() for name in names.split(","))
    if not title or not ({"cells", "facts"} & named.keys()):
        raise DataError("what is compared, or its cells, are not given", _FORM, place)
    if "rows" in named and "cells" not in named:
        raise DataError("rows are given without cells", _FORM, place)
    known = columns_of(query, place)
    for name in (*NEEDED, *(name for names in named.values() for name in names)):
        if name not in known:
            raise DataError(
                f'the query has no column "{name}"', f"It has {', '.join(known)}.", place
            )
    for name in ASKED:
        if name not in parameters:
            raise DataError(
                f'a question that is put side by side needs the parameter "{name}"',
                f"Add it as '#+ param {name}: …', optional or with a default.",
                place,
            )
    return Layout(title, *(named.get(word, ()) for word in PARTS))


_FORM = "Write it as '#+ side by side: TITLE; rows COLUMN, …; cells COLUMN, …; facts COLUMN, …'."


@lru_cache
def columns_of(query: str, place: Place) -> tuple[str, ...]:
    """Return the names of the columns of a SELECT query, as the engine reads them.

    Raises:
        DataError: when it cannot be parsed or is no SELECT.
    """
    try:
        result = ox.Store().query(query, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise DataError(f"the query cannot be parsed: {error}", place=place) from error
    if not isinstance(result, ox.QuerySolutions):
        raise DataError("the query is not a SELECT", place=place)
    return tuple(variable.value for variable in result.variables)
