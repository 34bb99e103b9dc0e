"""What each measure means and how it is told, read from ``queries/network/measures.ttl``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from string import Template

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.network.measures import Row
from masagraph.resources import Resources, read_once
from masagraph.vocab import ID, PREFIXES

FILE = "network/measures.ttl"

_SAID = f"{ID}measures#"
_SKOS = PREFIXES["skos"]
_NOTATION = ox.NamedNode(f"{_SKOS}notation")
_PARTS = {
    "order": f"{_SAID}order",
    "title": f"{_SKOS}prefLabel",
    "about": f"{_SKOS}definition",
    "limits": f"{_SKOS}scopeNote",
    "question": f"{_SAID}question",
    "one": f"{_SAID}one",
    "some": f"{_SAID}some",
    "none": f"{_SAID}none",
    "needs": f"{_SAID}needs",
    "nothing": f"{_SAID}nothing",
    "row": f"{_SAID}row",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A measure in words.

    Attributes:
        name: its short name.
        order: its place among the measures.
        title: its heading.
        about: what it counts, in a sentence.
        limits: what it does not tell, in a sentence.
        question: name of the stored question that asks the same.
        one: what is said of one row.
        some: what is said of several.
        none: what is said of none.
        needs: what must be there to look at: ``body``, ``seat``, ``list`` or ``register``.
        nothing: what is said where that is not there.
        row: what is said of each.
    """

    name: str
    order: int
    title: str
    about: str
    limits: str
    question: str
    one: str
    some: str
    none: str
    needs: str
    nothing: str
    row: str

    def sentence(self, rows: Sequence[Row]) -> str:
        """Return what is said of all rows together."""
        if not rows:
            return self.none
        text = self.one if len(rows) == 1 else self.some
        return Template(text).substitute(rows[0], number=len(rows))

    def told(self, row: Row) -> str:
        """Return what is said of a row."""
        text = Template(self.row).substitute(row)
        return text[:1].upper() + text[1:]


@cache
def explained(resources: Resources) -> dict[str, Explained]:
    """Return all measures in their order, by name.

    Raises:
        DataError: when the file cannot be parsed, or tells a measure by halves.
    """
    path = resources.folder("queries") / FILE
    store = ox.Store()
    try:
        store.extend(ox.parse(read_once(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataError(
            f"the Turtle cannot be parsed: {error.msg}", "Correct that line.",
            Place(path, error.lineno),
        ) from error  # fmt: skip
    found = []
    for quad in store.quads_for_pattern(None, _NOTATION, None):
        said: dict[str, str] = {}
        for part, predicate in _PARTS.items():
            those = store.quads_for_pattern(quad.subject, ox.NamedNode(predicate), None)
            values = [each.object.value for each in those if isinstance(each.object, ox.Literal)]
            if len(values) != 1:
                raise DataError(
                    f"{quad.subject} has {len(values)} values of <{predicate}>", "Give it one.",
                    Place(path),
                )  # fmt: skip
            said[part] = values[0]
        name = quad.object.value if isinstance(quad.object, ox.Literal) else ""
        order = int(said.pop("order"))
        found.append(Explained(name=name, order=order, **said))
    return {each.name: each for each in sorted(found, key=lambda each: each.order)}
