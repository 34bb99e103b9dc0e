"""Terms and variables as SPARQL text: serialised, never pasted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from masagraph.shacl.compiler.refusal import Refusal

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_TOKENS = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|(?<![\w:-])([A-Za-z][\w-]*)?:(?=[\w{])")


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return an rdflib term as an Oxigraph term.

    Raises:
        Refusal: when it is no term of RDF, such as an IRI with a space.
    """
    try:
        if isinstance(term, URIRef):
            return ox.NamedNode(str(term))
        if isinstance(term, BNode):
            return ox.BlankNode(str(term))
        if isinstance(term, Literal):
            if term.language:
                return ox.Literal(str(term), language=term.language)
            if term.datatype is not None:
                return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
            return ox.Literal(str(term))
    except ValueError as error:
        raise Refusal(f"{term!r} is no term: {error}") from error
    raise Refusal(f"{term!r} is no term")


def to_triples(graph: Iterable[tuple[Node, Node, Node]]) -> Iterator[ox.Triple]:
    """Yield rdflib triples as Oxigraph's.

    Raises:
        Refusal: when a term is no term of RDF.
    """
    for subject, predicate, value in graph:
        one, link = to_oxigraph(subject), to_oxigraph(predicate)
        assert not isinstance(one, ox.Literal)
        assert isinstance(link, ox.NamedNode)
        yield ox.Triple(one, link, to_oxigraph(value))


class Terms:
    """Writes terms with the prefixes of one query.

    Args:
        prefixes: namespaces by prefix.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)

    def text(self, term: Node) -> str:
        """Return a term as SPARQL text, shortened where a prefix fits.

        Raises:
            Refusal: when it is a blank node, which a query cannot name.
        """
        if isinstance(term, BNode):
            raise Refusal("a blank node stands where a query needs a name")
        if isinstance(term, Literal) and term.datatype is not None and not term.language:
            return f"{ox.Literal(str(term))}^^{self.text(term.datatype)}"
        made = to_oxigraph(term)
        if isinstance(made, ox.NamedNode):
            return self._shortened(made.value) or str(made)
        return str(made)

    def _shortened(self, iri: str) -> str:
        fits = [
            (prefix, namespace)
            for prefix, namespace in self.prefixes.items()
            if namespace
            and iri.startswith(namespace)
            and _LOCAL.fullmatch(iri.removeprefix(namespace))
        ]
        if not fits:
            return ""
        prefix, namespace = max(fits, key=lambda pair: len(pair[1]))
        return f"{prefix}:{iri.removeprefix(namespace)}"

    def texts(self, terms: Iterable[Node]) -> str:
        """Return several terms, parted by spaces."""
        return " ".join(map(self.text, terms))

    def declarations(self, body: str) -> str:
        """Return the PREFIX lines that a text needs, each ended with a line break."""
        used = {match[1] or "" for match in _TOKENS.finditer(body) if match[0].endswith(":")}
        return "".join(
            f"PREFIX {prefix}: {ox.NamedNode(namespace)}\n"
            for prefix, namespace in sorted(self.prefixes.items())
            if prefix in used
        )


class Names:
    """Variables that have not been used yet in one query, named so that they can be read."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def fresh(self, wish: str) -> str:
        """Return a variable (with its question mark) by a name, numbered where it is taken."""
        name, number = wish, 1
        while name in self._taken:
            number += 1
            name = f"{wish}{number}"
        self._taken.add(name)
        return f"?{name}"
