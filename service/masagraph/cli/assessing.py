"""Several areas assessed one after the other, with progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from masagraph.assessment.assess import assess
from masagraph.assessment.findings import Assessment
from masagraph.assessment.names import Area, ChosenEditions
from masagraph.cli.context import progress
from masagraph.store.opened import Opened


def assess_each(
    source: Opened,
    wanted: Sequence[Area],
    chosen: ChosenEditions,
    day: date,
    documents: Sequence[str] | None = None,
) -> list[Assessment]:
    """Assess areas, and show how many are done.

    Args:
        source: the open store.
        wanted: the areas.
        chosen: the editions whose duties are tested.
        day: the date.
        documents: ids of the only documents to read; None reads all.
    """
    made = []
    with progress() as tell:
        for number, area in enumerate(wanted):
            tell(f"assessing {area.label}", number, len(wanted))
            made.append(assess(source.store, area, chosen, day, source.data_version, documents))
    return made
