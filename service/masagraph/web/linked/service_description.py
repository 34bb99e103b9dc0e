"""What ``/sparql`` is, in the terms of SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from masagraph.release.counts import graph_sizes, is_earlier
from masagraph.settings import Settings
from masagraph.store.formats import GRAPHS, RESULTS
from masagraph.store.opened import Opened
from masagraph.vocab import DATASET, PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")
_SERVES = ox.NamedNode("http://www.w3.org/ns/dcat#servesDataset")
_TRIPLES = ox.NamedNode("http://rdfs.org/ns/void#triples")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")

FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
"""The W3C's names of our formats, below ``http://www.w3.org/ns/formats/``."""

DEFAULT_GRAPH = (
    "The union of the named graphs, each triple once, but for one kind: findings at dates before "
    "the date of the data stand in graphs of their own, whose names end with that date. Ask for "
    "them by name."
)


def limits_told(settings: Settings) -> tuple[str, ...]:
    """Return the limits of the endpoint, a sentence each."""
    return (
        "Read only: updates, SERVICE, LOAD and graphs from elsewhere are refused.",
        f"An answer holds at most {settings.max_rows:,} rows or triples and "
        f"{settings.max_answer:,} bytes; the header Masagraph-Truncated tells of a cut.",
        f"A query is stopped after {settings.query_seconds:g} seconds, and told with status 503.",
        f"A query has at most {settings.max_query:,} characters.",
    )


def service_description(
    opened: Opened, endpoint: str, limits: Sequence[str]
) -> tuple[ox.Triple, ...]:
    """Describe the endpoint.

    Nothing is claimed that it does not do: no federation, no updates, no entailment beyond
    what stands in the graphs. Nor that its default graph is the union of all named graphs, as
    findings at earlier dates are left out of it; a comment tells what it is.

    Args:
        opened: the store.
        endpoint: its absolute address.
        limits: what :func:`limits_told` returns.
    """
    service, dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    triples = [
        ox.Triple(service, _TYPE, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(service, _SERVES, ox.NamedNode(DATASET)),
    ]
    for form in (*RESULTS, *GRAPHS):
        name = ox.NamedNode(f"http://www.w3.org/ns/formats/{FORMATS[form.name]}")
        triples.append(ox.Triple(service, _sd("resultFormat"), name))
    triples += [ox.Triple(service, _COMMENT, _english(line)) for line in limits]
    return (*triples, *_dataset(opened, dataset))


def _dataset(opened: Opened, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    """Yield its default graph, and every named graph with its size."""
    sizes = graph_sizes(opened.store)
    default = ox.NamedNode(f"{dataset.value}-default-graph")
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, _sd("Graph"))
    if any(is_earlier(graph, opened.data_date) for graph in sizes):
        yield ox.Triple(default, _COMMENT, _english(DEFAULT_GRAPH))
    for number, (name, triples) in enumerate(sizes.items()):
        # Names that are the same each time, so that the answer is too.
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, _sd("graph"), graph)
        yield ox.Triple(graph, _TYPE, _sd("Graph"))
        yield ox.Triple(graph, _TRIPLES, ox.Literal(str(triples), datatype=_INTEGER))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")
