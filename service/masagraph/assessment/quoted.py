"""The words of documents behind the facts of an arrangement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.assessment.names import Area, lookup
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted phrase that shows a fact.

    Attributes:
        statement: IRI of the statement.
        document: id of the document.
        section: where in the document it stands.
        exact: the phrase, at most twelve words.
        standing: local name of its standing.
        reviewed: whether a second reader has checked it.
    """

    statement: str
    document: str
    section: str
    exact: str
    standing: str
    reviewed: bool


WordsOfFacts = Mapping[str, tuple[Quoted, ...]]
"""The words that show each fact, by the IRI of the fact."""


def words_of_facts(store: Store, area: Area) -> WordsOfFacts:
    """Return the words that show the facts of an area's arrangement."""
    found: dict[str, list[Quoted]] = {}
    for row in lookup(store, "words-of-facts", area=ox.NamedNode(area.iri)):
        found.setdefault(text_of(row["fact"]), []).append(
            Quoted(
                statement=text_of(row["statement"]),
                document=local_name(text_of(row["document"])),
                section=text_of(row["section"]),
                exact=text_of(row["exact"]),
                standing=local_name(text_of(row["standing"])),
                reviewed=local_name(text_of(row.get("review"))) == "Reviewed",
            )
        )
    return {fact: tuple(words) for fact, words in found.items()}
