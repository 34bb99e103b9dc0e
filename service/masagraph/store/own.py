"""Which areas of a store come from data of one's own, beside the shipped data."""

from __future__ import annotations

from dataclasses import dataclass

from masagraph.resources import find_resources
from masagraph.store.protocol import Store, select, text_of


@dataclass(frozen=True, slots=True)
class OwnArea:
    """An area whose arrangement was added to the shipped data.

    Attributes:
        slug: its short name.
        label: its name.
    """

    slug: str
    label: str


def own_areas(store: Store) -> tuple[OwnArea, ...]:
    """Return the areas of one's own data, by name; none where only shipped data are held."""
    rows = select(store, find_resources().read_query("lookup/own-areas.rq"))
    return tuple(OwnArea(text_of(row["slug"]), text_of(row["name"])) for row in rows)
