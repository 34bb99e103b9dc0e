"""Answers to a stored question, put side by side by area as its header says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import Area
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import Question
from masagraph.questions.layout import Layout
from masagraph.store.opened import Opened
from masagraph.store.protocol import Term, text_of

DOCUMENT = "document"
"""The column that names the document in which a row was read."""

Head = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a cell says.

    Attributes:
        said: names of columns and what stands in them; the first is the thing itself.
        document: id of the document that says it; empty where the question tells none.
    """

    said: tuple[tuple[str, str], ...]
    document: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a comparison: its name in parts, and a cell an area."""

    head: Head
    cells: tuple[tuple[Item, ...], ...]

    @property
    def differs(self) -> bool:
        """Whether the areas say different things; in which document they say it is no matter."""
        return len({tuple(item.said for item in cell) for cell in self.cells}) > 1

    @property
    def found(self) -> int:
        """In how many areas something was found."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A question's answers for some areas, side by side.

    Attributes:
        lines: the rows; no cell says of itself why it is empty.
        truncated: whether rows of the answer were left out because of a limit.
    """

    lines: tuple[Line, ...]
    truncated: bool


def side_by_side(
    opened: Opened, question: Question, areas: Sequence[Area], as_at: date, limit: int | None = None
) -> SideBySide:
    """Ask a question of all areas, and put the answers of some side by side.

    Args:
        opened: the open store.
        question: a question with a layout.
        areas: the areas, in the order of the columns.
        as_at: the date.
        limit: most rows of the answer.
    """
    assert question.layout is not None
    given = {"as_at": as_at.isoformat()}
    if len(areas) == 1:
        given["area"] = areas[0].slug
    found = answer(question, given, opened.store, opened.data_date, opened.data_version, limit)
    rows: dict[str, list[Mapping[str, Term | None]]] = {area.iri: [] for area in areas}
    for cells in found.rows:
        row = dict(zip(found.columns, cells, strict=True))
        iri = areas[0].iri if len(areas) == 1 else text_of(row["area"])
        if iri in rows:
            rows[iri].append(row)
    columns = [_by_head(question.layout, rows[area.iri]) for area in areas]
    heads = in_one_order(column.keys() for column in columns)
    lines = (Line(head, tuple(tuple(c.get(head, ())) for c in columns)) for head in heads)
    return SideBySide(tuple(lines), found.truncated)


def _by_head(layout: Layout, rows: Iterable[Mapping[str, Term | None]]) -> dict[Head, list[Item]]:
    """Return what one area says, by the row in which it stands; nothing twice."""
    found: dict[Head, list[Item]] = {(_readable(name),): [] for name in layout.facts}
    for row in rows:
        document = text_of(row.get(DOCUMENT))
        if layout.cells:
            head = tuple(_words(row.get(name)) or f"no {_readable(name)}" for name in layout.rows)
            said = [(_readable(name), _words(row.get(name))) for name in layout.cells]
            _add(found.setdefault(head or (layout.title,), []), said, document)
        for name in layout.facts:
            _add(found[(_readable(name),)], [("", _words(row.get(name)))], document)
    return found


def _add(items: list[Item], said: Iterable[tuple[str, str]], document: str) -> None:
    item = Item(tuple((name, words) for name, words in said if words), document)
    if item.said and item not in items:
        items.append(item)


def in_one_order(sequences: Iterable[Iterable[Head]]) -> list[Head]:
    """Merge sequences: what only a later one has stands behind what it follows there.

    >>> in_one_order([[("a",), ("d",)], [("a",), ("b",), ("d",)], [("0",), ("a",)]])
    [('0',), ('a',), ('b',), ('d',)]
    """
    merged: list[Head] = []
    for sequence in sequences:
        place = 0
        for head in sequence:
            if head in merged:
                place = max(place, merged.index(head) + 1)
            else:
                merged.insert(place, head)
                place += 1
    return merged


def _readable(column: str) -> str:
    return column.replace("_", " ")


def _words(term: Term | None) -> str:
    """Return a value as people read it."""
    text = text_of(term)
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rsplit("#", 1)[-1]
        if kind == "boolean":
            return "yes" if text == "true" else "no"
        if kind in ("integer", "decimal") and text.lstrip("-").isdigit():
            return f"{int(text):,}"
    return text
