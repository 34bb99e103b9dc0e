"""Assessments by what the build has stored, also for the days between those it has stored.

Between two days of change no finding changes (see :mod:`masagraph.assessment.history`), so the
findings of any day are those of the last day of change before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from masagraph.assessment.assess import assess, assessment_graph
from masagraph.assessment.findings import Assessment, read_findings
from masagraph.assessment.history import days_of_change
from masagraph.assessment.names import Area, ChosenEditions, lookup
from masagraph.assessment.view import documents_in_view
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


def graphs_held(
    store: Store, area: Area, editions: Iterable[str], as_at: date
) -> tuple[str, ...] | None:
    """Return the graphs that say what holds of an area on a date, one an edition.

    Args:
        store: the dataset.
        area: the area.
        editions: short names of editions.
        as_at: the date.

    Returns:
        their names, in the order of the editions; None where they are not stored.
    """
    if area.arrangement is None:
        return None
    names, graphs = tuple(editions), frozenset(store.graphs())
    on_the_day = tuple(assessment_graph(area.arrangement, name, as_at) for name in names)
    if graphs.issuperset(on_the_day):
        return on_the_day
    days = days_of_change(store, area.arrangement, as_at)
    if not days:
        return None
    before = tuple(assessment_graph(area.arrangement, name, days[-1].date) for name in names)
    return before if graphs.issuperset(before) else None


def assess_by_held(
    store: Store,
    area: Area,
    chosen: ChosenEditions,
    as_at: date,
    data_version: str,
    only: Collection[str] | None = None,
) -> Assessment:
    """Assess one area; see :func:`masagraph.assessment.assess.assess`.

    What the build has stored for the day, or for the last day of change before it, is read.
    An assessment of another day has no triples: they would name the day they were made for.

    Args:
        store: the dataset.
        area: the area.
        chosen: the editions whose duties are tested.
        as_at: the date.
        data_version: the version of the data, told with the result.
        only: ids of documents, when not all are to be read; nothing stored says that.

    Raises:
        UnknownName: when a document named is not in view.
        EngineError: when an outcome could not be proved.
    """
    names = [edition.id for edition in chosen.editions]
    graphs = graphs_held(store, area, names, as_at) if only is None else None
    if graphs is None:
        return assess(store, area, chosen, as_at, data_version, only)
    return Assessment(
        area,
        chosen.name,
        chosen.remark,
        as_at,
        data_version,
        documents_in_view(store, area, as_at),
        tuple(finding for graph in graphs for finding in read_findings(store, graph)),
        tuple(local_name(text_of(row["outcome"])) for row in lookup(store, "outcomes")),
    )
