"""What the dataset is, in the terms of VoID, DCAT and PROV.

What is constant is said in ``data/dataset.ttl``; what is counted comes from queries; only
the addresses are those of the service that answers.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from masagraph.store.opened import Opened
from masagraph.vocab import DATASET, GRAPH, ID, PREFIXES
from masagraph.web.linked.counts import Counts, count

_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_DCTERMS = PREFIXES["dcterms"]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_DATASET = ox.NamedNode(DATASET)

TOTALS = {
    "triples": "triples",
    "entities": "entities",
    "subjects": "distinctSubjects",
    "objects": "distinctObjects",
    "classes": "classes",
    "properties": "properties",
}
"""VoID's names of the totals."""


def describe_dataset(opened: Opened, root: str) -> tuple[ox.Triple, ...]:
    """Describe the dataset.

    Args:
        opened: the store.
        root: the absolute address of the service, without a final slash.
    """
    counts = count(opened)
    return (
        *_document(root),
        *opened.store.graph(GRAPH + "dataset"),
        *_version(opened.data_version),
        *_services(root),
        *_sizes(counts),
        *_partitions(counts),
        *_sources(counts),
    )


def _document(root: str) -> Iterator[ox.Triple]:
    document = ox.NamedNode(f"{root}/void")
    yield ox.Triple(document, _TYPE, _void("DatasetDescription"))
    yield ox.Triple(document, ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic"), _DATASET)


def _version(data_version: str) -> Iterator[ox.Triple]:
    current = ox.NamedNode(f"{DATASET}/{data_version}")
    version = ox.NamedNode(_DCAT + "version")
    yield ox.Triple(_DATASET, version, ox.Literal(data_version))
    yield ox.Triple(_DATASET, ox.NamedNode(_DCAT + "hasCurrentVersion"), current)
    yield ox.Triple(current, _TYPE, ox.NamedNode(_DCAT + "Dataset"))
    yield ox.Triple(current, version, ox.Literal(data_version))
    yield ox.Triple(current, ox.NamedNode(_DCAT + "isVersionOf"), _DATASET)


def _services(root: str) -> Iterator[ox.Triple]:
    endpoint, openapi = ox.NamedNode(f"{root}/sparql"), ox.NamedNode(f"{root}/openapi.json")
    url, description = (ox.NamedNode(_DCAT + n) for n in ("endpointURL", "endpointDescription"))
    sparql, api = ox.NamedNode(ID + "service/sparql"), ox.NamedNode(ID + "service/api")
    yield ox.Triple(_DATASET, _void("sparqlEndpoint"), endpoint)
    yield ox.Triple(sparql, url, endpoint)
    yield ox.Triple(sparql, description, endpoint)
    yield ox.Triple(sparql, description, openapi)
    yield ox.Triple(api, url, ox.NamedNode(f"{root}/api"))
    yield ox.Triple(api, description, openapi)


def _sizes(counts: Counts) -> Iterator[ox.Triple]:
    for name, number in counts.totals.items():
        yield ox.Triple(_DATASET, _void(TOTALS[name]), _number(number))
    for part in counts.parts:
        yield ox.Triple(ox.NamedNode(part.iri), _void("triples"), _number(part.triples))


def _partitions(counts: Counts) -> Iterator[ox.Triple]:
    kinds = (
        ("class", "entities", counts.classes),
        ("property", "triples", counts.properties),
    )
    for kind, counted, numbers in kinds:
        for place, (iri, number) in enumerate(numbers.items()):
            # A name that is the same each time, so that the answer is too.
            partition = ox.BlankNode(f"{kind}{place}")
            yield ox.Triple(_DATASET, _void(f"{kind}Partition"), partition)
            yield ox.Triple(partition, _void(kind), ox.NamedNode(iri))
            yield ox.Triple(partition, _void(counted), _number(number))


def _sources(counts: Counts) -> Iterator[ox.Triple]:
    for source in counts.sources:
        node = ox.NamedNode(source.iri)
        yield ox.Triple(_DATASET, ox.NamedNode(_DCTERMS + "source"), node)
        yield ox.Triple(_DATASET, ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom"), node)
        yield ox.Triple(node, ox.NamedNode(_DCTERMS + "title"), source.title)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + name)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=_INTEGER)
