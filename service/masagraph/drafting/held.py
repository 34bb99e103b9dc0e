"""What is known of the duties, and the phrases that other documents have on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from masagraph.assessment.duties import Duty
from masagraph.resources import Resources
from masagraph.store.protocol import Store, select, text_of


@dataclass(frozen=True, slots=True)
class HeldPhrase:
    """A phrase of a document that is held.

    Attributes:
        statement: its IRI.
        document: the IRI of the document.
        exact: the phrase.
        standing: the IRI of its standing.
        duties: the IRIs of the duties on which it bears.
    """

    statement: str
    document: str
    exact: str
    standing: str
    duties: tuple[str, ...]


def held_phrases(
    store: Store, resources: Resources, without: Collection[str] = ()
) -> list[HeldPhrase]:
    """Return the phrases that are held.

    Args:
        store: the dataset.
        resources: where the query is.
        without: documents that are left out, by IRI.
    """
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for row in select(store, resources.read_query("drafting/held.rq")):
        names = ("statement", "document", "exact", "standing")
        one, document, exact, standing = (text_of(row[name]) for name in names)
        if document not in without:
            duties = rows.setdefault((one, document, exact, standing), [])
            if "duty" in row:
                duties.append(text_of(row["duty"]))
    return [HeldPhrase(*key, tuple(duties)) for key, duties in rows.items()]


def known_texts(store: Store, resources: Resources) -> list[str]:
    """Return what the ontology and the guidance say in words, of any thing.

    Args:
        store: the dataset.
        resources: where the query is.
    """
    rows = select(store, resources.read_query("drafting/words.rq"))
    return [text_of(row["text"]) for row in rows]


def phrases_on(duty: Duty, held: Sequence[HeldPhrase]) -> list[str]:
    """Return the phrases that bear on a duty, each once."""
    return list(dict.fromkeys(phrase.exact for phrase in held if duty.iri in phrase.duties))
