"""Answers as bytes: the standard result and graph formats."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.store.protocol import Answer, Rows, Term, Triples, Truth, text_of
from masagraph.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name and its media type."""

    name: str
    media_type: str


RESULTS = (
    Format("json", "application/sparql-results+json"),
    Format("xml", "application/sparql-results+xml"),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
GRAPHS = (
    Format("turtle", "text/turtle"),
    Format("ntriples", "application/n-triples"),
    Format("jsonld", "application/ld+json"),
    Format("rdfxml", "application/rdf+xml"),
)
_RESULTS = {
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def formats_for(answer: Answer) -> tuple[Format, ...]:
    """Return the formats in which an answer can be given, the default first.

    An ASK has no CSV or TSV form in the standard.
    """
    if isinstance(answer, Triples):
        return GRAPHS
    return RESULTS[:2] if isinstance(answer, Truth) else RESULTS


def serialize(answer: Answer, name: str) -> bytes:
    """Write an answer in a format of :func:`formats_for`.

    Raises:
        ValueError: when the answer has no such form.
    """
    if name not in {f.name for f in formats_for(answer)}:
        raise ValueError(f"this answer has no {name} form")
    if isinstance(answer, Triples):
        return serialize_triples(answer.triples, name)
    as_json = json.dumps(_results(answer), ensure_ascii=False).encode()
    if name == "json":
        return as_json
    # Oxigraph writes the other forms; JSON is the way in, as rows may have been cut.
    results = ox.parse_query_results(as_json, format=ox.QueryResultsFormat.JSON)
    return bytes(results.serialize(format=_RESULTS[name]) or b"")


def serialize_triples(triples: Iterable[ox.Triple], name: str) -> bytes:
    """Write triples as Turtle, N-Triples, JSON-LD or RDF/XML."""
    form = _RDF[name]
    prefixes = PREFIXES if name in {"turtle", "rdfxml"} else None
    return bytes(ox.serialize(triples, format=form, prefixes=prefixes) or b"")


def _results(answer: Rows | Truth) -> dict[str, object]:
    if isinstance(answer, Truth):
        return {"head": {}, "boolean": answer.value}
    bindings = [
        {
            name: _json_term(term)
            for name, term in zip(answer.variables, row, strict=True)
            if term is not None
        }
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        value = {"type": "literal", "value": term.value}
        if term.language:
            value["xml:lang"] = term.language
        elif term.datatype.value != PREFIXES["xsd"] + "string":
            value["datatype"] = term.datatype.value
        return value
    kind = "uri" if isinstance(term, ox.NamedNode) else "bnode"
    return {"type": kind, "value": text_of(term)}
