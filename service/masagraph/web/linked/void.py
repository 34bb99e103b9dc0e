"""What the dataset is, in the terms of VoID, DCAT and PROV, with the addresses of the service."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from masagraph.release.contents import describe_contents
from masagraph.store.opened import Opened
from masagraph.vocab import DATASET, ID, PREFIXES

_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_DATASET = ox.NamedNode(DATASET)


def describe_dataset(opened: Opened, root: str) -> tuple[ox.Triple, ...]:
    """Describe the dataset.

    Args:
        opened: the store.
        root: the absolute address of the service, without a final slash.
    """
    return (*_document(root), *describe_contents(opened), *_services(root))


def _document(root: str) -> Iterator[ox.Triple]:
    document = ox.NamedNode(f"{root}/void")
    yield ox.Triple(document, _TYPE, ox.NamedNode(_VOID + "DatasetDescription"))
    yield ox.Triple(document, ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic"), _DATASET)


def _services(root: str) -> Iterator[ox.Triple]:
    endpoint, openapi = ox.NamedNode(f"{root}/sparql"), ox.NamedNode(f"{root}/openapi.json")
    url, description = (ox.NamedNode(_DCAT + n) for n in ("endpointURL", "endpointDescription"))
    sparql, api = ox.NamedNode(ID + "service/sparql"), ox.NamedNode(ID + "service/api")
    yield ox.Triple(_DATASET, ox.NamedNode(_VOID + "sparqlEndpoint"), endpoint)
    yield ox.Triple(sparql, url, endpoint)
    yield ox.Triple(sparql, description, endpoint)
    yield ox.Triple(sparql, description, openapi)
    yield ox.Triple(api, url, ox.NamedNode(f"{root}/api"))
    yield ox.Triple(api, description, openapi)
