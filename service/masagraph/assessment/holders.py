"""Names of office holders as published, for those few seats of which any may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import Area, date_literal, lookup
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class HolderName:
    """The name of who holds a seat.

    Attributes:
        name: the name.
        document: id of the document that prints it.
    """

    name: str
    document: str


def names_of_holders(store: Store, area: Area, as_at: date) -> Mapping[str, HolderName]:
    """Return the names that documents out by a date print, by the IRI of the appointment.

    Only of leads, delegates, chairs and scrutineers; none where the people graph was removed.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
    """
    rows = lookup(store, "holders", area=ox.NamedNode(area.iri), as_at=date_literal(as_at))
    return {
        text_of(row["appointment"]): HolderName(
            text_of(row["name"]), local_name(text_of(row["document"]))
        )
        for row in rows
    }
