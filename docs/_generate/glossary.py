"""The glossary: each word with what it means, and where the model has a term for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDFS, SKOS

from _generate.places import Places
from _generate.terms import Ontology, Source

SCHEME = "glossary"
"""The name of the file of ``ontology/concepts/`` that holds the words."""

HEAD = """\
# Glossary

<!-- Written by docs/generate.py from ontology/concepts/glossary.ttl. Change that, not this page.
-->

What we mean by the words that come up on many pages. The same words stand on the page `/glossary`
of the service, and pages lead to them where they first use one. The outcome words are told [in the
method](method.md#outcomes).
"""


def glossary_page(root: Path) -> str:
    """Return the page.

    Args:
        root: the folder that holds ``ontology`` and ``shapes``.
    """
    ontology = Ontology(root)
    places = Places(ontology)
    (words,) = (scheme for scheme in ontology.schemes if scheme.name == SCHEME)
    return "\n".join([HEAD, *_entries(words, ontology, places)])


def _entries(words: Source, ontology: Ontology, places: Places) -> Iterator[str]:
    for node in sorted(ontology.concepts(words), key=ontology.by_label):
        label = ontology.label(node)
        yield f"## {label[0].upper()}{label[1:]}\n"
        parts = [
            *(f"Short: {short}." for short in ontology.texts(node, SKOS.altLabel)),
            *ontology.texts(node, SKOS.definition),
            *ontology.texts(node, SKOS.scopeNote),
        ]
        yield " ".join(parts) + "\n"
        if links := ", ".join(_links(node, ontology, places)):
            yield f"In the model: {links}.\n"


def _links(node: ox.NamedNode, ontology: Ontology, places: Places) -> Iterator[str]:
    for term in ontology.nodes(node, RDFS.seeAlso):
        yield f"[{ontology.label(term)}](ontology/{places.address(term, '')})"
