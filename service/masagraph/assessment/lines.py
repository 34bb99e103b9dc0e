"""Lines of an arrangement: who answers, reports or is linked to whom, as documents state it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.appointments import Named
from masagraph.assessment.bodies import BODIES
from masagraph.assessment.names import Area, date_literal, lookup
from masagraph.assessment.quoted import Quoted, WordsOfFacts
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import local_name

ACCOUNTABLE = "AccountableTo"
"""The kind of line that is followed to the top; reporting and being linked are other facts."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as one document states it.

    Attributes:
        line: its IRI.
        start: who answers, reports or is linked: a body, a partnership, scrutiny, or a post.
        end: to whom.
        kind: local name of its kind.
        kind_label: what people read.
        how_often: how often, in the document's words or their sense.
        remark: what else there is to know.
        document: id of the document.
        words: the words that show it.
    """

    line: str
    start: Named
    end: Named
    kind: str
    kind_label: str
    how_often: str | None
    remark: str | None
    document: str
    words: tuple[Quoted, ...]


def as_end(thing: Named) -> dict[str, str | None]:
    """Return an end of a line as JSON: its short name in addresses too, where it is a body."""
    body = thing.iri.removeprefix(BODIES) if thing.iri.startswith(BODIES) else None
    return {"iri": thing.iri, "name": thing.name, "body": body}


def lines_of(store: Store, area: Area, as_at: date, words: WordsOfFacts) -> list[Line]:
    """Return the lines that documents in view on a date state, by who answers.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date.
        words: see :func:`masagraph.assessment.quoted.words_of_facts`.
    """
    return [
        Line(
            line=text_of(row["line"]),
            start=Named(text_of(row["from"]), text_of(row["fromName"])),
            end=Named(text_of(row["to"]), text_of(row["toName"])),
            kind=local_name(text_of(row["kind"])),
            kind_label=text_of(row["kindName"]),
            how_often=text_of(row.get("howOften")) or None,
            remark=text_of(row.get("remark")) or None,
            document=local_name(text_of(row["document"])),
            words=words.get(text_of(row["line"]), ()),
        )
        for row in lookup(store, "lines", area=ox.NamedNode(area.iri), as_at=date_literal(as_at))
    ]
