"""Which classes are below which, looked up once instead of in every query."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib.term import Node


class Hierarchy:
    """The closure of ``rdfs:subClassOf``.

    Args:
        pairs: classes with a class directly above each.
    """

    def __init__(self, pairs: Iterable[tuple[Node, Node]] = ()) -> None:
        self._directly: dict[Node, set[Node]] = {}
        for lower, upper in pairs:
            self._directly.setdefault(upper, set()).add(lower)

    def below(self, top: Node) -> frozenset[Node]:
        """Return a class with all that are below it."""
        found, left = {top}, [top]
        while left:
            new = self._directly.get(left.pop(), set()) - found
            found |= new
            left += new
        return frozenset(found)
