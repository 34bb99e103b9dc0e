"""What the dataset holds, in the terms of VoID and DCAT, wherever it is served or released."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from masagraph.release.counts import Counts, count
from masagraph.store.opened import Opened
from masagraph.vocab import DATASET, GRAPH, PREFIXES

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


def describe_contents(opened: Opened) -> tuple[ox.Triple, ...]:
    """Describe the dataset: what it is, its version, how much it holds, what it was read out of.

    What is constant is said in ``data/dataset.ttl``; what is counted comes from queries.
    """
    counts = count(opened)
    return (
        *opened.store.graph(GRAPH + "dataset"),
        *_version(opened.data_version),
        *_sizes(counts),
        *_partitions(counts),
        *_sources(counts),
    )


def version_of(data_version: str) -> ox.NamedNode:
    """Return the name of one version of the dataset."""
    return ox.NamedNode(f"{DATASET}/{data_version}")


def _version(data_version: str) -> Iterator[ox.Triple]:
    current = version_of(data_version)
    version = ox.NamedNode(_DCAT + "version")
    yield ox.Triple(_DATASET, version, ox.Literal(data_version))
    yield ox.Triple(_DATASET, ox.NamedNode(_DCAT + "hasCurrentVersion"), current)
    yield ox.Triple(current, _TYPE, ox.NamedNode(_DCAT + "Dataset"))
    yield ox.Triple(current, version, ox.Literal(data_version))
    yield ox.Triple(current, ox.NamedNode(_DCAT + "isVersionOf"), _DATASET)


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
