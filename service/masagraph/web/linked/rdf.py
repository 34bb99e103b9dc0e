"""Descriptions and whole graphs as RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from masagraph.release.counts import parts_of
from masagraph.resources import find_resources
from masagraph.store.formats import Format, Limits, Written, serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.protocol import Scope
from masagraph.vocab import PREFIXES
from masagraph.web.linked.description import Description, gather

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")
_DOCUMENT = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
_TOPIC = ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
_IN_DATASET = ox.NamedNode("http://rdfs.org/ns/void#inDataset")


def describe(opened: Opened, iri: str, document: str, form: Format, limit: int) -> Written:
    """Write what is told of a thing.

    Args:
        opened: the store.
        iri: the name of the thing.
        document: the address of what is written here; it says what it is about.
        form: one of the formats of graphs.
        limit: most triples.

    Raises:
        UnknownName: when nothing is said of the thing.
    """
    described = gather(opened, iri, limit)
    parts = parts_of(opened, {graph for said in described.facts for graph in said.graphs})
    triples = list(dict.fromkeys(_triples(described, ox.NamedNode(document), parts)))
    cut = described.facts_cut or described.links_cut or len(triples) > limit
    return Written(serialize_triples(triples[:limit], form.name), form, cut)


def write_graphs(opened: Opened, graphs: tuple[str, ...], form: Format, limits: Limits) -> Written:
    """Write all that some graphs say, each triple once.

    Args:
        opened: the store.
        graphs: names of graphs that it holds.
        form: one of the formats of graphs.
        limits: where it is cut.
    """
    text = find_resources().read_query("lookup/whole.rq")
    return opened.store.written(text, lambda forms: form, Scope(default_graphs=graphs), limits)


def _triples(
    described: Description, document: ox.NamedNode, parts: Iterable[str]
) -> Iterator[ox.Triple]:
    """Yield the document's own triples, so that a cut is told, then what it is about."""
    yield ox.Triple(document, _TYPE, _DOCUMENT)
    yield ox.Triple(document, _TOPIC, described.thing)
    for part in parts:
        yield ox.Triple(document, _IN_DATASET, ox.NamedNode(part))
    for remark in described.remarks:
        yield ox.Triple(document, _COMMENT, ox.Literal(remark, language="en"))
    for said in (*described.facts, *described.links):
        yield said.triple
    for iri, label in described.labels.items():
        if label.property is not None:
            yield ox.Triple(ox.NamedNode(iri), label.property, label.literal)
