"""What differs between two releases as RDF: change sets, with the statements added and removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import pyoxigraph as ox

from masagraph.release.contents import version_of
from masagraph.release.diff import Difference
from masagraph.release.things import Value
from masagraph.store.formats import serialize_triples
from masagraph.vocab import EARL, ID, MASA, PREFIXES

_CS = "http://purl.org/vocab/changeset/schema#"
_DCAT = "http://www.w3.org/ns/dcat#"
_RDF = PREFIXES["rdf"]
_OUTCOME = str(EARL) + "outcome"


def as_turtle(found: Difference) -> str:
    """Return what differs as Turtle, in the terms of the ChangeSet vocabulary."""
    return serialize_triples(_Sets(found).triples(), "turtle").decode()


class _Sets:
    """The change sets of a difference."""

    def __init__(self, found: Difference) -> None:
        self._found = found
        pair = f"{found.old.data_version}/{found.new.data_version}"
        self._base = f"{ID}change/{pair}/"
        self._numbers, self._nameless = count(1), count(1)
        self._sets: dict[str, ox.NamedNode] = {}

    def triples(self) -> Iterator[ox.Triple]:
        old, new = (version_of(r.data_version) for r in (self._found.old, self._found.new))
        yield ox.Triple(new, ox.NamedNode(_DCAT + "previousVersion"), old)
        for thing in self._found.things:
            node = self._sets[thing.iri] = self._next()
            yield from self._set(node, thing.iri, f"{thing.kind}: {thing.change}")
            for name, pairs in (("removal", thing.before), ("addition", thing.after)):
                for predicate, value in pairs:
                    yield from self._statement(node, name, thing.iri, predicate, value)
        for each in self._found.outcomes:
            yield from self._outcome(each)

    def _outcome(self, each: Any) -> Iterator[ox.Triple]:
        node = self._next()
        subject = f"{ID}assertion/{each.arrangement}/{each.duty}/{self._found.new.data_date}#result"
        yield from self._set(node, subject, "; ".join(reason.text for reason in each.why))
        for name, outcome in (("removal", each.before), ("addition", each.after)):
            if outcome:
                value = ox.NamedNode(MASA[outcome])
                yield from self._statement(node, name, subject, _OUTCOME, value)
        for reason in each.why:
            if reason.iri in self._sets:
                of = ox.NamedNode(PREFIXES["prov"] + "wasInfluencedBy")
                yield ox.Triple(node, of, self._sets[reason.iri])

    def _next(self) -> ox.NamedNode:
        return ox.NamedNode(f"{self._base}{next(self._numbers)}")

    def _set(self, node: ox.NamedNode, subject: str, reason: str) -> Iterator[ox.Triple]:
        yield ox.Triple(node, ox.NamedNode(_RDF + "type"), ox.NamedNode(_CS + "ChangeSet"))
        yield ox.Triple(node, ox.NamedNode(_CS + "subjectOfChange"), ox.NamedNode(subject))
        text = ox.Literal(reason, language="en")
        yield ox.Triple(node, ox.NamedNode(_CS + "changeReason"), text)

    def _statement(
        self, node: ox.NamedNode, name: str, subject: str, predicate: str, value: Value
    ) -> Iterator[ox.Triple]:
        statement = self._blank()
        yield ox.Triple(node, ox.NamedNode(_CS + name), statement)
        yield ox.Triple(statement, ox.NamedNode(_RDF + "type"), ox.NamedNode(_RDF + "Statement"))
        yield ox.Triple(statement, ox.NamedNode(_RDF + "subject"), ox.NamedNode(subject))
        yield ox.Triple(statement, ox.NamedNode(_RDF + "predicate"), ox.NamedNode(predicate))
        yield from self._said(statement, [(_RDF + "object", value)])

    def _said(
        self, subject: ox.BlankNode, pairs: Iterable[tuple[str, Value]]
    ) -> Iterator[ox.Triple]:
        """Yield what is said of a nameless thing, and of nameless parts of it."""
        for predicate, value in pairs:
            inner = self._blank() if isinstance(value, tuple) else value
            yield ox.Triple(subject, ox.NamedNode(predicate), inner)
            if isinstance(value, tuple):
                assert isinstance(inner, ox.BlankNode)
                yield from self._said(inner, value)

    def _blank(self) -> ox.BlankNode:
        return ox.BlankNode(f"n{next(self._nameless)}")
