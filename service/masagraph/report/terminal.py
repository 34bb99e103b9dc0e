"""What all terminal output shares: its width, and the signs of outcomes."""

from __future__ import annotations

from rich.console import Console

WIDTH = 100
"""Columns of a table when output is not to a terminal, and the most when it is."""

NO_BREAK = "\u00a0"
"""A space at which no line ends."""

_MARKS = {
    "Evidenced": "✓",
    "PartlyEvidenced": "◐",
    "Promised": "…",
    "OnlyRestated": "≈",
    "NotFoundInTextHeld": "?",
    "Missing": "✗",
    "OutOfDate": "†",
    "SourcesDiffer": "≠",
    "StatedNotInPlace": "⊘",
    "DoesNotApply": "–",
    "NotTested": "·",
}


def mark(outcome: str) -> str:
    """Return the sign of an outcome: shape, not only colour, tells outcomes apart."""
    return _MARKS.get(outcome, "·")


def stdout_console() -> Console:
    """Return a console for standard output, never wider than a hundred columns."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console
