"""The assessments of many arrangements: kept where nothing has changed, made anew where it has.

What is kept of an arrangement on a date falls with its view: with its documents, the register,
the law, a rule. What is kept of a duty falls with the shapes of that duty, and with nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from masagraph.assessment.assess import assessment_graph
from masagraph.assessment.kept import Kept, Part, key_of
from masagraph.assessment.names import Area, Edition, list_editions, lookup
from masagraph.assessment.national_findings import assess_all
from masagraph.assessment.report_names import as_one, named_alike
from masagraph.assessment.shape_keys import shape_keys
from masagraph.assessment.view import INFERRED, build_view
from masagraph.dataset.assemble import Assembled
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import text_of
from masagraph.vocab import DERIVED_GRAPHS, MASA, local_name

_EDITION = ox.NamedNode(MASA.edition)
UNTESTED = "untested"
"""Stands for the hash of the shapes of a duty that has none."""


@dataclass(frozen=True)
class Renewed:
    """Assessments, by what is kept and what must be made.

    Attributes:
        assembled: the dataset.
        kept: what is kept of earlier builds.
    """

    assembled: Assembled
    kept: Kept

    @cached_property
    def store(self) -> EmbeddedStore:
        """The dataset, to be queried."""
        return EmbeddedStore(self.assembled.store)

    def quads(self, areas: Sequence[Area], day: date) -> list[ox.Quad]:
        """Return the assessment graphs of some areas on a date.

        On the data's date there is also, for each, a graph of what follows from its facts.

        Args:
            areas: areas with an arrangement, one of each arrangement.
            day: the date.

        Raises:
            EngineError: when an outcome could not be proved.
        """
        held = {area.arrangement or "": self._read(area, day) for area in areas}
        stale = {name: self._stale(parts) for name, (_, parts) in held.items()}
        made = self._make({name: duties for name, duties in stale.items() if duties}, day)
        found = []
        for area in areas:
            name = area.arrangement or ""
            key, before = held[name]
            parts = before
            if parts is None:
                parts = made[name] + self._derived(area, day)
                self.kept.write(key, parts)
            elif stale[name]:
                slugs = {local_name(duty) for duty in stale[name]}
                parts = [part for part in parts if part.duty not in slugs]
                parts += [part for part in made[name] if part.duty in slugs]
                self.kept.write(key, parts)
            found += _merged(parts)
        return found

    def _read(self, area: Area, day: date) -> tuple[str, list[Part] | None]:
        """Return the key of an area's view on a date, and what is kept under it."""
        arrangement = ox.NamedNode(area.arrangement or "")
        rows = lookup(self.store, "graphs-of", arrangement=arrangement)
        graphs = [text_of(row["graph"]) for row in rows]
        key = key_of(self.assembled, arrangement.value, graphs, day, self._keys[1])
        return key, self.kept.read(key)

    def _stale(self, parts: Sequence[Part] | None) -> set[str]:
        """Return the duties, by IRI, that must be tested: of which nothing is kept that holds."""
        if parts is None:
            return set(self._duties)
        held = {part.duty: part.shape for part in parts}
        if not any(held):
            # Nothing is in view: there is no duty to speak of.
            return set()
        return {duty for duty in self._duties if held.get(local_name(duty)) != self._shape(duty)}

    def _make(self, stale: Mapping[str, Collection[str]], day: date) -> dict[str, list[Part]]:
        """Return what is found of stale duties, by arrangement."""
        made: dict[str, list[Part]] = {name: [] for name in stale}
        if not stale:
            return made
        duties = set[str]().union(*stale.values())
        for (name, edition), by_duty in assess_all(
            self.store, self._editions, day, stale, duties
        ).parts():
            graph = assessment_graph(name, edition, day)
            for duty, triples in by_duty.items():
                named = [quad.triple for quad in named_alike(triples, graph)]
                made[name].append(Part(graph, local_name(duty), self._shape(duty), named))
        return made

    def _derived(self, area: Area, day: date) -> list[Part]:
        """Return what follows from the current facts of an arrangement, on the data's date."""
        if day != self.assembled.data_date:
            return []
        view = build_view(self.store, area, day)
        inferred = view.store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED))
        graph = f"{DERIVED_GRAPHS}{local_name(view.focus)}"
        return [Part(graph, "", UNTESTED, [quad.triple for quad in inferred])]

    def _shape(self, duty: str) -> str:
        return self._keys[0].get(duty, UNTESTED)

    @cached_property
    def _keys(self) -> tuple[dict[str, str], str]:
        return shape_keys(self.assembled.files)

    @cached_property
    def _editions(self) -> list[Edition]:
        return list_editions(self.store)

    @cached_property
    def _duties(self) -> frozenset[str]:
        """The duties of all editions, by IRI."""
        return frozenset(
            text_of(quad.subject)
            for edition in self._editions
            for quad in self.assembled.store.quads_for_pattern(
                None, _EDITION, ox.NamedNode(edition.iri)
            )
        )


def _merged(parts: Sequence[Part]) -> list[ox.Quad]:
    """Return what parts say, each graph as a whole and each quad once."""
    graphs: dict[str, dict[ox.Quad, None]] = {}
    for part in parts:
        name = ox.NamedNode(part.graph)
        quads = (ox.Quad(t.subject, t.predicate, t.object, name) for t in part.triples)
        graphs.setdefault(part.graph, {}).update(dict.fromkeys(quads))
    return [quad for quads in graphs.values() for quad in as_one(quads)]
