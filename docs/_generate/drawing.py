"""The drawing of a module: its classes, what they are kinds of, and how properties join them.

:mod:`masagraph.report.drawing` lays it out, so that the same words give the same drawing on every
machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TypeVar

import pyoxigraph as ox
from rdflib import OWL, RDFS

from _generate.terms import Ontology, Source
from masagraph.report.drawing import finished, laid_out

ABREAST = 3
"""How many classes that nothing joins stand side by side."""

_Key = TypeVar("_Key", str, tuple[str, str])

_HEAD = """\
digraph {
  rankdir=LR; bgcolor=white; nodesep=0.22; ranksep=0.3; pad=0.1
  node [shape=record style=filled fillcolor="#e8f0f8" color="#33475b" height=0.35
        fontname="DejaVu Sans" fontsize=13 margin="0.17,0.06"]
  edge [color="#33475b" fontname="DejaVu Sans" fontsize=12 arrowsize=0.8]
"""
"""Boxes are measured for a wide font, so that the text fits in whichever font a reader has."""

_ELSEWHERE = 'fillcolor=white style="filled,dashed"'


@dataclass(frozen=True, slots=True)
class Picture:
    """What a drawing shows. Names are without the prefix ``masa:``.

    Attributes:
        own: the classes of the module.
        others: the classes of elsewhere that something of the module leads to or from.
        kinds: pairs of a wider class and a narrower one.
        joins: the properties that lead from a class to a class, by these two.
        lists: the other properties of a class: those to concepts, texts, dates or anything.
    """

    own: list[str]
    others: list[str]
    kinds: list[tuple[str, str]]
    joins: dict[tuple[str, str], list[str]]
    lists: dict[str, list[str]]

    def alone(self) -> list[str]:
        """Return the classes that nothing joins to another."""
        pairs = [pair for pair in (*self.kinds, *self.joins) if pair[0] != pair[1]]
        joined = {name for pair in pairs for name in pair}
        return [name for name in (*self.own, *self.others) if name not in joined]

    def words(self) -> Iterator[str]:
        """Give in sentences what the drawing shows."""
        yield f"Classes of the module: {', '.join(self.own)}."
        if self.others:
            yield f"Classes of elsewhere: {', '.join(self.others)}."
        for wide, narrow in self.kinds:
            yield f"{narrow} is a kind of {wide}."
        for (start, end), names in self.joins.items():
            yield f"From {start} to {end}: {', '.join(names)}."
        for name, properties in self.lists.items():
            yield f"Other properties of {name}: {', '.join(properties)}."


def draw(module: Source, ontology: Ontology) -> str:
    """Return the drawing of a module as the text of an SVG file."""
    picture = picture_of(module, ontology)
    drawn = laid_out("\n".join([_HEAD, *_statements(picture), "}"]))
    return finished(drawn, f"Classes of the {module.name} module", " ".join(picture.words()))


def picture_of(module: Source, ontology: Ontology) -> Picture:
    """Return what the drawing of a module shows."""

    def names(nodes: list[ox.NamedNode]) -> list[str]:
        return sorted((ontology.name(node).removeprefix("masa:") for node in nodes), key=str.lower)

    classes = ontology.classes(module)
    kinds = [
        (wide, narrow)
        for node in classes
        for wide, narrow in product(names(ontology.nodes(node, RDFS.subClassOf)), names([node]))
    ]
    joins: dict[tuple[str, str], list[str]] = defaultdict(list)
    lists: dict[str, list[str]] = defaultdict(list)
    links = module.of_type(str(OWL.ObjectProperty))
    for node in ontology.properties(module):
        starts = names(ontology.nodes(node, RDFS.domain))
        ends = names(ontology.nodes(node, RDFS.range)) if node in links else []
        for start, end in product(starts, ends):
            joins[start, end] += names([node])
        for start in starts if not ends else []:
            lists[start] += names([node])
    shown = {name for pair in (*kinds, *joins) for name in pair} | lists.keys()
    own = names(classes)
    return Picture(own, sorted(shown - {*own}), sorted(kinds), _sorted(joins), _sorted(lists))


def _sorted(lists: dict[_Key, list[str]]) -> dict[_Key, list[str]]:
    return {key: sorted(lists[key], key=str.lower) for key in sorted(lists)}


def _statements(picture: Picture) -> Iterator[str]:
    """Give the picture in Graphviz's language."""
    for name in (*picture.own, *picture.others):
        rows = "".join(f"{row}\\l" for row in picture.lists.get(name, ()))
        style = _ELSEWHERE if name in picture.others else ""
        yield f'"{name}" [label="{f"{name}|{rows}" if rows else name}" {style}]'
    for wide, narrow in picture.kinds:
        yield f'"{wide}" -> "{narrow}" [dir=back arrowtail=empty]'
    for (start, end), names in picture.joins.items():
        label = "\\n".join(names)
        yield f'"{start}" -> "{end}" [label="{label}" arrowhead=vee]'
    alone = picture.alone()
    for first in range(0, len(alone), ABREAST):
        for left, right in pairwise(alone[first : first + ABREAST]):
            yield f'"{left}" -> "{right}" [style=invis]'
