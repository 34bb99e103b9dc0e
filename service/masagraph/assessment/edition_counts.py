"""How an area stands against each edition in force: counts of outcomes, with denominators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.held import assess_by_held, graphs_held
from masagraph.assessment.names import Area, ChosenEditions, Edition, choose_editions, lookup
from masagraph.assessment.view import documents_in_view
from masagraph.errors import BadValue
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class EditionCounts:
    """The outcomes of an area against one edition.

    Attributes:
        edition: its id.
        label: its name.
        iri: its IRI.
        kind: local name of its kind.
        duties: how many duties of it are held.
        tested: how many of them were tested: the denominator of every share.
        counts: how many duties have each outcome, by local name; none is left out.
    """

    edition: str
    label: str
    iri: str
    kind: str
    duties: int
    tested: int
    counts: dict[str, int]


def counts_in_force(
    store: Store, area: Area, as_at: date, data_version: str
) -> tuple[list[EditionCounts], str]:
    """Count the outcomes of an area against each edition in force on a date.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
        data_version: the version of the data.

    Returns:
        the counts, the guidance first, and a line on the choice of edition, if any; none
        where no guidance was in force yet.
    """
    try:
        chosen = choose_editions(store, "in-force", as_at)
    except BadValue:
        return [], ""
    in_view = bool(documents_in_view(store, area, as_at))
    outcomes = [local_name(text_of(row["outcome"])) for row in lookup(store, "outcomes")]
    return [
        _counted(edition, outcomes, _found(store, area, edition, as_at, data_version, in_view))
        for edition in chosen.editions
    ], chosen.remark


def _found(
    store: Store, area: Area, edition: Edition, as_at: date, data_version: str, in_view: bool
) -> dict[str, int]:
    """Return how many duties have each outcome that occurs."""
    if not in_view:
        return {"NotTested": edition.duties}
    graphs = graphs_held(store, area, [edition.id], as_at)
    if graphs is None:
        chosen = ChosenEditions((edition,), edition.id)
        return assess_by_held(store, area, chosen, as_at, data_version).counts
    rows = lookup(store, "outcome-counts", assessment=ox.NamedNode(graphs[0]))
    return {local_name(text_of(row["outcome"])): int(text_of(row["duties"])) for row in rows}


def _counted(edition: Edition, outcomes: list[str], found: dict[str, int]) -> EditionCounts:
    counts = {outcome: found.get(outcome, 0) for outcome in outcomes}
    return EditionCounts(
        edition=edition.id,
        label=edition.label,
        iri=edition.iri,
        kind=edition.kind,
        duties=sum(counts.values()),
        tested=sum(counts.values()) - counts.get("NotTested", 0),
        counts=counts,
    )
