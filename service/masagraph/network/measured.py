"""All measures of a network, each with its words, its rows and the documents that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masagraph.network import measures
from masagraph.network.explained import Explained, explained
from masagraph.network.gathered import Network
from masagraph.network.made import documents_of_area
from masagraph.resources import find_resources

MEASURES: Mapping[str, measures.Measure] = {
    "longest-chains": measures.longest_chains,
    "bodies-without-line": measures.bodies_without_line,
    "bodies-with-several-masters": measures.bodies_with_several_masters,
    "circles": measures.circles,
    "reports-past-master": measures.reports_past_master,
    "posts-that-alone-join": measures.posts_that_alone_join,
    "agencies-without-seat": measures.agencies_without_seat,
    "bodies-that-share-members": measures.bodies_that_share_members,
    "lone-representatives": measures.lone_representatives,
    "partners-without-member": measures.partners_without_member,
    "interlocks": measures.interlocks,
}
"""What is measured, by the names under which ``queries/network/measures.ttl`` explains it."""

REGISTER = "register"
"""What a measure needs that can be said where no document is held."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one area.

    Attributes:
        area: short name of the area.
        words: what it means and how it is told.
        rows: what was found.
        documents: how much is held of each document that it rests on, by id: those that state
            what was found, else all that were read.
        told: the rows as sentences.
        held: whether a document of the area is held, or none is needed.
        looked_at: whether there was anything in the text to look at.
    """

    area: str
    words: Explained
    rows: tuple[measures.Row, ...]
    documents: Mapping[str, str]
    told: tuple[str, ...]
    held: bool
    looked_at: bool

    @property
    def answered(self) -> bool:
        """Whether a number of things found means anything, be it nought."""
        return bool(self.rows) or (self.held and self.looked_at)

    @property
    def sentence(self) -> str:
        """What was found, in a sentence; that there was nothing to look at where that is so."""
        if self.answered:
            return self.words.sentence(self.rows)
        return self.words.nothing if self.held else "No document is held."

    def as_json(self) -> dict[str, Any]:
        """Return the measure as plain values."""
        return {
            "area": self.area,
            "measure": self.words.name,
            "title": self.words.title,
            "about": self.words.about,
            "limits": self.words.limits,
            "question": self.words.question,
            "sentence": self.sentence,
            "number": len(self.rows) if self.answered else None,
            "documents": dict(self.documents),
            "documents_number": len(self.documents),
            "rows": [dict(row) for row in self.rows],
        }


def measured(network: Network) -> list[Measured]:
    """Return all measures of each area of a network, in the order in which they are explained."""
    areas = str(network.graph["areas"]).split()
    every = {name: MEASURES[name](network) for name in explained(find_resources())}
    return [_of_area(network, area, name, rows) for area in areas for name, rows in every.items()]


def _of_area(network: Network, area: str, name: str, every: Sequence[measures.Row]) -> Measured:
    words = explained(find_resources())[name]
    # A body of a joint arrangement is one of each of its areas.
    rows = tuple(row for row in every if area in str(row["area"]).split())
    held = documents_of_area(network, area)
    register = words.needs == REGISTER
    ids = {each for row in rows for each in str(row.get("document") or "").split("; ")} - {""}
    # A row of the register alone, or none at all, rests on the whole of what was read.
    rests = {each: held[each] for each in sorted(ids or held) if each in held}
    return Measured(
        area,
        words,
        rows,
        {} if register and not ids else rests,
        tuple(words.told(row) for row in rows),
        bool(held) or register,
        _NEEDS[words.needs](network, area),
    )


def _has_body(network: Network, area: str) -> bool:
    return any(
        node["kind"] == "body" and area in str(node["area"]).split()
        for _, node in network.nodes(data=True)
    )


def _has_edge(network: Network, area: str, kind: str, **wanted: bool) -> bool:
    return any(
        edge["kind"] == kind and edge["area"] == area and wanted.items() <= edge.items()
        for _, _, edge in network.edges(data=True)
        if edge["kind"] == kind
    )


_NEEDS: Mapping[str, Callable[[Network, str], bool]] = {
    "body": _has_body,
    "seat": lambda network, area: _has_edge(network, area, "Seat", expected=False),
    "list": lambda network, area: _has_edge(network, area, "ListedIn", lists_members=True),
    REGISTER: lambda network, area: True,
}
"""How it is known whether there is what a measure needs."""
