"""All measures of a network, each with its words, its rows and the documents that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masagraph.network import measures
from masagraph.network.explained import Explained, explained
from masagraph.network.gathered import Network
from masagraph.network.made import documents_of
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

REGISTER = "interlocks"
"""What the registers tell too, so that it can be said where no document is held."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of one network.

    Attributes:
        words: what it means and how it is told.
        rows: what was found.
        documents: how much is held of each document that it rests on, by id: those that state
            what was found, else all that were read.
        told: the rows as sentences.
        answered: whether there was anything to read.
    """

    words: Explained
    rows: tuple[measures.Row, ...]
    documents: Mapping[str, str]
    told: tuple[str, ...]
    answered: bool

    @property
    def sentence(self) -> str:
        """What was found, in a sentence; that there is nothing to read where that is so."""
        return self.words.sentence(self.rows) if self.answered else "No document is held."

    def as_json(self) -> dict[str, Any]:
        """Return the measure as plain values."""
        return {
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
    """Return all measures of a network, in the order in which they are explained."""
    held = documents_of(network)
    found = []
    for name, words in explained(find_resources()).items():
        rows = tuple(MEASURES[name](network))
        ids = {each for row in rows for each in str(row.get("document") or "").split("; ")} - {""}
        # A row of the register alone, or none at all, rests on the whole of what was read.
        rests = {each: held[each] for each in sorted(ids or held) if each in held}
        told = tuple(words.told(row) for row in rows)
        answered = bool(held) or bool(rows) or name == REGISTER
        found.append(Measured(words, rows, {} if name == REGISTER and not ids else rests, told,
                              answered))  # fmt: skip
    return found
