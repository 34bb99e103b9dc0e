"""Namespaces and the few names that the code itself must know.

Duties, outcomes, areas and questions are data: none of them is named here.
"""

from __future__ import annotations

from typing import Final

from rdflib import Namespace

BASE: Final = "https://w3id.org/masagraph/"

MASA: Final = Namespace(BASE + "ns#")
ID: Final = Namespace(BASE + "id/")
GRAPH: Final = Namespace(BASE + "graph/")
EARL: Final = Namespace("http://www.w3.org/ns/earl#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")

PEOPLE_GRAPH: Final = GRAPH + "people"
"""The one graph in which names of people stand."""

DERIVED_GRAPHS: Final = GRAPH + "derived/"
ASSESSMENT_GRAPHS: Final = GRAPH + "assessment/"
DATASET: Final = ID + "dataset"

OWN_DATA: Final = "+own-data"
"""How the version of data ends that hold data of one's own: it is that of no release."""

PREFIXES: Final = {
    "masa": str(MASA),
    "area": str(ID) + "area/",
    "arrangement": str(ID) + "arrangement/",
    "doc": str(ID) + "document/",
    "duty": str(ID) + "duty/",
    "edition": str(ID) + "edition/",
    "organisation": str(ID) + "organisation/",
    "shape": str(ID) + "shape/",
    "topic": str(ID) + "concept/topic/",
    "dcterms": "http://purl.org/dc/terms/",
    "earl": str(EARL),
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": str(OA),
    "org": str(ORG),
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that every query may use without declaring them."""


def local_name(iri: str) -> str:
    """Return the last segment of an IRI: after ``#``, or after the last ``/``.

    >>> local_name("https://w3id.org/masagraph/ns#Evidenced")
    'Evidenced'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def curie(iri: str) -> str:
    """Shorten an IRI with the known prefixes for reading; unchanged when none fits.

    >>> curie("https://w3id.org/masagraph/ns#Evidenced")
    'masa:Evidenced'
    """
    fits = [(p, n) for p, n in PREFIXES.items() if iri.startswith(n)]
    if not fits:
        return iri
    prefix, namespace = max(fits, key=lambda pair: len(pair[1]))
    return f"{prefix}:{iri.removeprefix(namespace)}"
