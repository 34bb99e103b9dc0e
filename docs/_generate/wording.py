"""How a name, a text or a value of the ontology is written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import DCTERMS

from _generate.places import Places
from _generate.terms import CannotTellError, Ontology, Value

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
_NAME = re.compile(r"\b[a-z]+:[A-Za-z](?:[\w-]*\w)?")


def escape(text: str) -> str:
    r"""Return a text so that Markdown shows it as it is.

    >>> escape("a_b | c")
    'a\\_b \\| c'
    """
    return _MARKUP.sub(r"\\\1", text)


class Wording:
    """Writes names, texts and values for one page, with links to where terms are told."""

    def __init__(self, page: str, ontology: Ontology, places: Places) -> None:
        """Take the page on which the words will stand."""
        self.page = page
        self._ontology = ontology
        self._places = places
        self._by_name = {ontology.name(node): node for node in places}

    def code(self, node: ox.NamedNode) -> str:
        """Return a name as code."""
        return f"`{self._ontology.name(node)}`"

    def label(self, node: ox.NamedNode) -> str:
        """Return what a term or file is called; a borrowed one by its name, as code."""
        label = self._ontology.label(node) or self._ontology.text(node, DCTERMS.title)
        return escape(label) if label else self.code(node)

    def link(self, node: ox.NamedNode) -> str:
        """Return a term as a link to where it is told; a borrowed one as code."""
        if node not in self._places:
            return self.code(node)
        return f"[{self.label(node)}]({self._places.address(node, self.page)})"

    def links(self, nodes: Iterable[ox.NamedNode]) -> str:
        """Return terms as links, with commas."""
        return ", ".join(map(self.link, nodes))

    def prose(self, text: str) -> str:
        """Return a text on one line, with the names of terms in it as links."""
        parts, end = [], 0
        for match in _NAME.finditer(text):
            parts += [escape(text[end : match.start()]), self._mention(match[0])]
            end = match.end()
        return " ".join("".join([*parts, escape(text[end:])]).split())

    def values(self, node: ox.NamedNode, predicate: str) -> str:
        """Return the values of a property of a term: things with commas, texts with semicolons.

        Raises:
            CannotTellError: when one of them has no name.
        """
        values = self._ontology.values(node, predicate)
        words = [self._value(value) for value in values]
        if not all(words):
            raise CannotTellError(f"{node}, <{predicate}>: no words for a value without a name")
        return ("; " if any(isinstance(v, ox.Literal) for v in values) else ", ").join(words)

    def texts(self, node: ox.NamedNode, predicate: str) -> list[str]:
        """Return the texts of a property of a term."""
        return [self.prose(text) for text in self._ontology.texts(node, predicate)]

    def _value(self, value: Value) -> str:
        if isinstance(value, ox.Literal):
            return self.prose(value.value)
        return self.link(value) if isinstance(value, ox.NamedNode) else ""

    def _mention(self, name: str) -> str:
        if name in self._by_name:
            return f"[`{name}`]({self._places.address(self._by_name[name], self.page)})"
        return f"`{name}`" if name.partition(":")[0] in self._ontology.prefixes else escape(name)
