"""The line of a text at which something is wrong, cut to what can be read at a glance."""

from __future__ import annotations

import re
from dataclasses import dataclass

AROUND = 60
"""Characters of a line that are shown on each side of a place."""


@dataclass(frozen=True, slots=True)
class AtPlace:
    """A place in a text.

    Attributes:
        line: its line, from 1.
        column: its column, from 1; None where only the line is known.
        text: that line, or what of it stands around the column.
        caret: blanks that end below the column, with a caret; empty without one.
    """

    line: int
    column: int | None
    text: str
    caret: str


def at_place(text: str, line: int, column: int | None = None) -> AtPlace | None:
    """Return a place of a text with its line; None when the text has no such line.

    Args:
        text: the text.
        line: the line, from 1.
        column: the column, from 1; one behind the end is the end.
    """
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return None
    whole = lines[line - 1].rstrip("\r")
    if column is None:
        return AtPlace(line, None, _cut(whole, 0, 2 * AROUND)[0], "")
    column = max(1, min(column, len(whole) + 1))
    shown, dropped = _cut(whole, max(0, column - 1 - AROUND), column - 1 + AROUND)
    # A tab stays one, so that the caret stands where the reader's tabs put it.
    before = re.sub(r"[^\t]", " ", shown[: column - 1 - dropped])
    return AtPlace(line, column, shown, f"{before}^")


def _cut(whole: str, begin: int, end: int) -> tuple[str, int]:
    """Return a part of a line, with dots for what is left out, and by how much it moved."""
    head, tail = ("…" if begin else ""), ("…" if end < len(whole) else "")
    return head + whole[begin:end] + tail, begin - len(head)
