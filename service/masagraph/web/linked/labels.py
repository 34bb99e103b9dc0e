"""What things are called, as rows of the lookups tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import lookup
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import PREFIXES

_BY = (
    ("label", ox.NamedNode(PREFIXES["skos"] + "prefLabel")),
    ("title", ox.NamedNode(PREFIXES["dcterms"] + "title")),
    ("exact", None),
)
"""Variables of the lookups, the best first, and the property that each is the value of."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a thing is called, and by which property; None for words that it quotes."""

    literal: ox.Literal
    property: ox.NamedNode | None

    def __str__(self) -> str:
        return self.literal.value


Labels = dict[str, Label]
"""Labels by IRI."""


def label_in(row: Mapping[str, Term | None]) -> Label | None:
    """Return the best label of a row; None when it has none."""
    for variable, by in _BY:
        literal = row.get(variable)
        if isinstance(literal, ox.Literal):
            return Label(literal, by)
    return None


def label_of(store: Store, thing: ox.NamedNode) -> Label | None:
    """Return what a thing is called; None when nothing says it."""
    for row in lookup(store, "label", thing=thing):
        return label_in(row)
    return None


def labels_of_properties(store: Store, used: Iterable[str]) -> Labels:
    """Return what some properties of the ontology are called."""
    wanted = set(used)
    found = {text_of(row["property"]): label_in(row) for row in lookup(store, "property-labels")}
    return {iri: label for iri, label in found.items() if iri in wanted and label}
