"""Graphs as JSON-LD that reads like plain JSON: one context, and short names.

One graph is one file, as one graph is what one document says: a file for each area would lose
which document says what. A property has a short name; values that are all names, all of one
datatype or all in English stand as plain text, and the context says which. What is an exception
is written in full, so the file always means what the graph means.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from masagraph.vocab import PREFIXES, curie, local_name

_RDF, _XSD = PREFIXES["rdf"], PREFIXES["xsd"]
_TYPE = _RDF + "type"
_STRING = _XSD + "string"
_FIRST, _REST, _NIL = _RDF + "first", _RDF + "rest", _RDF + "nil"

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""A whole number as JSON-LD writes it, of so many digits that every program holds it."""

_Triples = Iterable[ox.Triple]


@dataclass(frozen=True, slots=True)
class Context:
    """The context that all files share.

    Attributes:
        terms: the short name of each property, by its IRI.
        kinds: how the values of each property stand as plain text: ``@id``, a datatype, or
            ``@language``; empty where they are written in full.
    """

    terms: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def of(cls, triples: _Triples) -> Context:
        """Make the context of some triples."""
        seen: dict[str, set[str]] = defaultdict(set)
        for triple in triples:
            seen[triple.predicate.value].add(_kind(triple.object))
        names = Counter(local_name(iri) for iri in seen)
        terms = {}
        for iri in sorted(seen):
            name = local_name(iri)
            alone = names[name] == 1 and name.isidentifier() and name not in PREFIXES
            terms[iri] = name if alone else curie(iri)
        kinds = {iri: next(iter(of)) if len(of) == 1 else "" for iri, of in seen.items()}
        return cls(terms, kinds)

    def as_json(self) -> dict[str, Any]:
        """Return the context as it is written."""
        found: dict[str, Any] = {"@version": 1.1, **dict(sorted(PREFIXES.items()))}
        for iri, term in self.terms.items():
            if iri == _TYPE:
                continue
            kind = self.kinds[iri]
            said: dict[str, str] = {"@id": iri}
            if kind == "@language":
                said["@language"] = "en"
            elif kind and kind != _STRING:
                said["@type"] = kind
            found[term] = said
        return found


def document(name: str, triples: Sequence[ox.Triple], context: Context, address: str) -> bytes:
    """Return one graph as a JSON-LD document.

    Args:
        name: its name; the triples are told of it as a named graph.
        triples: what it holds, sorted.
        context: the context.
        address: where the context is, seen from the document.
    """
    nodes = _Nodes(triples, context).written()
    whole = {"@context": address, "@id": name, "@graph": nodes}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def _kind(term: Any) -> str:
    if isinstance(term, ox.Literal):
        if term.language:
            return "@language" if term.language == "en" else ""
        return term.datatype.value
    return "@id"


class _Nodes:
    """The nodes of a graph, with blank nodes inside what alone speaks of them."""

    def __init__(self, triples: Sequence[ox.Triple], context: Context) -> None:
        self._context = context
        self._said: dict[Any, list[ox.Triple]] = defaultdict(list)
        uses: Counter[Any] = Counter()
        for triple in triples:
            self._said[triple.subject].append(triple)
            if isinstance(triple.object, ox.BlankNode):
                uses[triple.object] += 1
        self._inner = {node for node, count in uses.items() if count == 1}
        self._done: set[Any] = set()

    def written(self) -> list[dict[str, Any]]:
        outer = [node for node in self._said if node not in self._inner]
        nodes = [self._node(node) for node in outer]
        # Blank nodes in a circle are inside each other, and in nothing else.
        nodes += [self._node(node) for node in self._said if node not in self._done]
        return nodes

    def _node(self, subject: Any) -> dict[str, Any]:
        self._done.add(subject)
        node: dict[str, Any] = {}
        if isinstance(subject, ox.NamedNode) or subject not in self._inner:
            node["@id"] = _name(subject)
        values: dict[str, list[Any]] = defaultdict(list)
        for triple in self._said[subject]:
            iri = triple.predicate.value
            if iri == _TYPE and isinstance(triple.object, ox.NamedNode):
                values["@type"].append(curie(triple.object.value))
            else:
                values[self._context.terms[iri]].append(self._value(iri, triple.object))
        for term in sorted(values):
            found = values[term]
            node[term] = found[0] if len(found) == 1 else found
        return node

    def _value(self, predicate: str, term: Any) -> Any:
        kind = self._context.kinds[predicate]
        if isinstance(term, ox.Literal):
            return _plain(term, kind) if kind and kind == _kind(term) else _literal(term)
        items = self._items(term)
        if items is not None:
            return {"@list": items}
        if term in self._inner and term not in self._done:
            return self._node(term)
        return _name(term) if kind == "@id" else {"@id": _name(term)}

    def _items(self, head: Any) -> list[Any] | None:
        """Return the items of a well-formed list; None for anything else."""
        items: list[ox.Triple] = []
        seen: list[Any] = []
        while head != ox.NamedNode(_NIL):
            said = {t.predicate.value: t for t in self._said.get(head, ())}
            alone = head in self._inner and head not in self._done and head not in seen
            if not alone or len(self._said[head]) != 2 or set(said) != {_FIRST, _REST}:
                return None
            seen.append(head)
            items.append(said[_FIRST])
            head = said[_REST].object
        if not seen:
            return None
        self._done.update(seen)
        # Inside a list no term says what plain text means, so each value is written in full.
        return [self._in_full(triple.object) for triple in items]

    def _in_full(self, term: Any) -> Any:
        if isinstance(term, ox.Literal):
            return _literal(term)
        inner = term in self._inner and term not in self._done
        return self._node(term) if inner else {"@id": _name(term)}


def _plain(literal: ox.Literal, kind: str) -> str | int | bool:
    """Return a value as JSON has it, where that means the same."""
    text = literal.value
    if kind == _XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    if kind == _XSD + "integer" and _WHOLE.fullmatch(text):
        return int(text)
    return text


def _literal(literal: ox.Literal) -> dict[str, str]:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    if literal.datatype.value == _STRING:
        return {"@value": literal.value}
    return {"@value": literal.value, "@type": literal.datatype.value}


def _name(node: Any) -> str:
    return str(node) if isinstance(node, ox.BlankNode) else curie(node.value)
