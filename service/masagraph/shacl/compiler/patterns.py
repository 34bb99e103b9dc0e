"""Graph patterns as lines of text, and what a compiled constraint finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Lines = tuple[str, ...]

INSTANCES = "\0instances"
"""Stands for the VALUES that give ``?shape`` and its parameters, written when all are known."""

PARAMETERS = "\0parameters"
"""Stands for the VALUES that give the parameters alone."""


@dataclass(frozen=True)
class Nodes:
    """Nodes to be tested, as a pattern that binds a variable to each.

    Attributes:
        variable: the variable.
        pattern: lines that bind it, and nothing that is not among :attr:`bound`.
        bound: every variable that the pattern binds.
    """

    variable: str
    pattern: Lines
    bound: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A pattern that matches where a constraint is broken.

    Its lines bind the focus node and everything else that the focus's own pattern binds, so
    that it can be taken from, or joined with, a larger pattern.

    Attributes:
        lines: the pattern.
        focus: the variable of the focus node.
        value: the variable of the value that breaks it, where it is a value that does.
        path: the variable of the property, where the result has another than its shape.
        more: further variables by which results differ, or which their message needs.
        parameters: variables of the parameters of a component, in the order of their names.
    """

    lines: Lines
    focus: str
    value: str | None = None
    path: str | None = None
    more: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


def block(head: str, lines: Iterable[str]) -> Lines:
    """Return lines in braces after a word; on one line where there is but one."""
    inner = tuple(lines)
    opening = f"{head} {{".lstrip()
    if len(inner) == 1 and len(inner[0]) < 80 and "\0" not in inner[0]:
        return (f"{opening} {inner[0].strip()} }}",)
    return (opening, *(f"  {line}" for line in inner), "}")


def minus(lines: Iterable[str]) -> Lines:
    """Return the pattern that takes away what some lines match."""
    return block("MINUS", lines)


def either(parts: Sequence[Iterable[str]]) -> Lines:
    """Return the pattern that matches where one of several does."""
    if len(parts) == 1:
        return tuple(parts[0])
    lines: list[str] = []
    for part in parts:
        lines += block("UNION" if lines else "", part)
    return tuple(lines)


def select(names: Iterable[str], lines: Iterable[str], tail: str = "") -> Lines:
    """Return a nested SELECT of distinct rows."""
    inner = (f"SELECT DISTINCT {' '.join(names)} WHERE {{", *(f"  {x}" for x in lines), "}")
    return block("", (*inner, tail) if tail else inner)
