"""What one duty comes to in every area with a document, on a date."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engines import engine_of
from masagraph.assessment.held import graphs_held
from masagraph.assessment.names import Area, Edition, list_areas, list_editions, lookup
from masagraph.assessment.view import build_view, documents_in_view
from masagraph.errors import UnknownName
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import PREFIXES, local_name

NOTE = (
    "Areas hold documents of different kind, age and extent: counts compare documents, not areas. "
    '"Not found in the text we hold" does not mean absent.'
)


@dataclass(frozen=True, slots=True)
class AreaOutcome:
    """What a duty comes to in one area.

    Attributes:
        area: the area's short name.
        name: its name.
        gss: its current code.
        iri: its IRI.
        documents: ids of the documents in view.
        outcome: local name of the outcome.
        outcome_label: what people read.
    """

    area: str
    name: str
    gss: str
    iri: str
    documents: tuple[str, ...]
    outcome: str
    outcome_label: str


@dataclass(frozen=True, slots=True)
class DutyOutcomes:
    """What a duty comes to in all areas.

    Attributes:
        as_at: the date.
        areas: how many areas there are.
        found: the areas with a document in view, by name.
        outcomes: local names of all outcomes there are, in the order of precedence.
    """

    as_at: date
    areas: int
    found: tuple[AreaOutcome, ...]
    outcomes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the form that the HTTP API gives."""
        counts = Counter(each.outcome for each in self.found)
        return {
            "as_at": self.as_at.isoformat(),
            "note": NOTE,
            "areas": self.areas,
            "areas_with_document": len(self.found),
            "areas_without_document": self.areas - len(self.found),
            "tested": sum(each.outcome != "NotTested" for each in self.found),
            "counts": {outcome: counts[outcome] for outcome in self.outcomes},
            "by_area": [asdict(each) for each in self.found],
        }


def outcomes_of(store: Store, duty: str, edition: str, as_at: date) -> DutyOutcomes:
    """Return what a duty comes to in every area with a document in view.

    Args:
        store: the dataset.
        duty: the duty's name.
        edition: id of the edition that states it.
        as_at: the date.

    Raises:
        UnknownName: when there is no such edition.
        EngineError: when an outcome could not be proved.
    """
    stated = next((e for e in list_editions(store) if e.id == edition), None)
    if stated is None:
        raise UnknownName(f'there is no edition "{edition}"')
    areas = list_areas(store)
    found = []
    for area in areas:
        documents = documents_in_view(store, area, as_at) if area.has_document else ()
        if documents:
            outcome, label = _outcome(store, area, duty, stated, as_at)
            ids = tuple(document.id for document in documents)
            found.append(
                AreaOutcome(area.slug, area.label, area.gss, area.iri, ids, outcome, label)
            )
    outcomes = tuple(local_name(text_of(row["outcome"])) for row in lookup(store, "outcomes"))
    return DutyOutcomes(as_at, len(areas), tuple(found), outcomes)


def _outcome(store: Store, area: Area, duty: str, edition: Edition, as_at: date) -> tuple[str, str]:
    """Return an outcome and its label, by what is stored, else by testing this one duty now."""
    node = ox.NamedNode(PREFIXES["duty"] + duty)
    graphs, source = graphs_held(store, area, [edition.id], as_at), store
    if graphs is None:
        view = build_view(store, area, as_at)
        graphs = tuple(add_assertions(view, [edition], engine_of(), [node.value]))
        source = EmbeddedStore(view.store)
    (row,) = lookup(source, "outcome-of-duty", assessment=ox.NamedNode(graphs[0]), duty=node)
    return local_name(text_of(row["outcome"])), text_of(row["label"])
