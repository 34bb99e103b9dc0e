"""With which partner a post goes: the council, health, the police, education, or none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import Area, lookup
from masagraph.store.protocol import Store, text_of


@dataclass(frozen=True, slots=True)
class Sector:
    """A partner function, as a sector.

    Attributes:
        name: its short name, such as ``local-authority``.
        label: what people read.
    """

    name: str
    label: str


NO_SECTOR = Sector("other", "")
"""Of a post whose employer is no partner, or is not told, and of posts of more than one."""

Sectors = Mapping[str, Sector]
"""The sector of each slot and post that has just one, by its IRI."""


def sectors_of(store: Store, area: Area) -> Sectors:
    """Return the sector of every slot and post of an area."""
    found: dict[str, list[Sector]] = {}
    for row in lookup(store, "sectors", area=ox.NamedNode(area.iri)):
        sector = Sector(text_of(row["sector"]), text_of(row["name"]))
        found.setdefault(text_of(row["thing"]), []).append(sector)
    return {thing: common(sectors) for thing, sectors in found.items()}


def common(sectors: Iterable[Sector]) -> Sector:
    """Return the sector that several have in common; where they differ, all their names."""
    each = list(dict.fromkeys(sectors))
    if len(each) == 1:
        return each[0]
    return Sector(NO_SECTOR.name, " and ".join(sector.label for sector in each if sector.label))
