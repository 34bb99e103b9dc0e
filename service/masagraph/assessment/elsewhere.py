"""The same duty in other areas, by the assessments that are stored."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import date_literal, lookup
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import PREFIXES


def outcomes_elsewhere(store: Store, duty: str, as_at: date) -> dict[str, int]:
    """Return how many arrangements have which outcome on a duty, untested ones left out.

    Args:
        store: the dataset.
        duty: the duty's name.
        as_at: the date; on a day for which no assessments are stored nothing is told.

    Returns:
        numbers of arrangements by the label of the outcome, in the order of precedence.
    """
    rows = lookup(
        store,
        "outcomes-of",
        duty=ox.NamedNode(PREFIXES["duty"] + duty),
        as_at=date_literal(as_at),
    )
    return {text_of(row["label"]): int(text_of(row["arrangements"])) for row in rows}
