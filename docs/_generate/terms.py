"""The ontology as its files say it: modules, concept schemes and evidence faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, SKOS

from masagraph.vocab import PREFIXES

FAULTS = "shapes/evidence.ttl"
"""The one file outside ``ontology/`` that defines terms: the evidence faults."""

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Facts = dict[str, list[Value]]
"""What is said of one subject: the values by predicate, in the order of the file."""


class CannotTellError(Exception):
    """The files say something that the reference has no words for. Says where and what."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file.

    Attributes:
        path: below the folder that holds ``ontology/``, with forward slashes.
        home: the ontology or scheme that the file declares.
        facts: what the file says, by subject, both in the order of the file.
    """

    path: str
    home: ox.NamedNode
    facts: dict[Node, Facts]

    @property
    def name(self) -> str:
        """The name of the file, without ending."""
        return Path(self.path).stem

    def of_type(self, *types: str) -> list[ox.NamedNode]:
        """Return the named subjects that have one of the types, in the order of the file."""
        return [
            subject
            for subject, facts in self.facts.items()
            if isinstance(subject, ox.NamedNode) and _types(facts) & set(types)
        ]


@dataclass(frozen=True, slots=True)
class DisjointGroup:
    """Classes of which nothing can be two, with the file's remark on why."""

    remark: str
    classes: list[ox.NamedNode]


class Ontology:
    """All files together, for looking up what one file says of the terms of another."""

    def __init__(self, root: Path) -> None:
        """Read the files below the folder that holds ``ontology/`` and ``shapes/``."""
        self.prefixes = dict(PREFIXES)
        self.modules = [self._read(root, path) for path in _files(root, "ontology")]
        self.schemes = [self._read(root, path) for path in _files(root, "ontology/concepts")]
        self.faults = self._read(root, root / FAULTS)
        self._facts: dict[Node, Facts] = {}
        for source in self.sources:
            for subject, facts in source.facts.items():
                known = self._facts.setdefault(subject, {})
                for predicate, values in facts.items():
                    known.setdefault(predicate, []).extend(values)

    @property
    def sources(self) -> list[Source]:
        """Every file that was read."""
        return [*self.modules, *self.schemes, self.faults]

    def _read(self, root: Path, path: Path) -> Source:
        facts: dict[Node, Facts] = {}
        parser = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        for quad in parser:
            assert isinstance(quad.subject, Node)
            values = facts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, [])
            values.append(quad.object)
        for prefix, namespace in parser.prefixes.items():
            self.prefixes.setdefault(prefix, namespace)
        home = next(node for node, said in facts.items() if str(OWL.Ontology) in _types(said))
        assert isinstance(home, ox.NamedNode)
        return Source(path.relative_to(root).as_posix(), home, facts)

    # What is said of a term

    def facts(self, node: Node) -> Facts:
        """Return all that is said of a term, by predicate; nothing of a borrowed one."""
        return self._facts.get(node, {})

    def values(self, node: Node, predicate: str) -> list[Value]:
        """Return the values of a property of a term, in the order of the file."""
        return self.facts(node).get(str(predicate), [])

    def texts(self, node: Node, predicate: str) -> list[str]:
        """Return the texts of a property of a term."""
        return [v.value for v in self.values(node, predicate) if isinstance(v, ox.Literal)]

    def text(self, node: Node, predicate: str) -> str:
        """Return the one text of a property of a term, or nothing."""
        return next(iter(self.texts(node, predicate)), "")

    def name(self, node: ox.NamedNode) -> str:
        """Return a name with its prefix, or the IRI where no prefix fits."""
        fits = [(p, n) for p, n in self.prefixes.items() if node.value.startswith(n)]
        if not fits:
            return node.value
        prefix, namespace = max(fits, key=lambda pair: len(pair[1]))
        return f"{prefix}:{node.value.removeprefix(namespace)}"

    def label(self, node: Node) -> str:
        """Return what a term is called; nothing for a borrowed one."""
        return self.text(node, SKOS.prefLabel)

    def nodes(self, node: Node, predicate: str) -> list[ox.NamedNode]:
        """Return the things that a property of a term leads to; those of a union one by one.

        Raises:
            CannotTellError: when it leads to an expression of another kind.
        """
        try:
            return [part for v in self.values(node, predicate) for part in self.alternatives(v)]
        except CannotTellError as error:
            raise CannotTellError(f"{node}, <{predicate}>: {error}") from None

    def alternatives(self, value: Value) -> list[ox.NamedNode]:
        """Return a named thing alone, or the members of a union of named things.

        Raises:
            CannotTellError: for any other expression.
        """
        if isinstance(value, ox.NamedNode):
            return [value]
        if isinstance(value, ox.BlankNode) and (union := self.values(value, OWL.unionOf)):
            return [part for item in self.members(union[0]) for part in self.alternatives(item)]
        raise CannotTellError("no words but for a named class and a union of named classes")

    def members(self, head: Value) -> Iterator[Value]:
        """Give the members of an RDF list."""
        while isinstance(head, ox.BlankNode):
            yield self.values(head, RDF.first)[0]
            head = self.values(head, RDF.rest)[0]

    # Terms that point at a term

    def pointing(self, predicate: str, node: Node) -> list[ox.NamedNode]:
        """Return the named terms of which a property leads to this one, in order of label."""
        found = {
            subject
            for subject, facts in self._facts.items()
            if isinstance(subject, ox.NamedNode)
            and str(predicate) in facts
            and node in self.nodes(subject, predicate)
        }
        return sorted(found, key=self.by_label)

    def by_label(self, node: ox.NamedNode) -> tuple[str, str]:
        """Order terms by what they are called."""
        return self.label(node).casefold(), node.value

    # What the files define

    def classes(self, module: Source) -> list[ox.NamedNode]:
        """Return the classes of a module, in order of label."""
        return sorted(module.of_type(str(OWL.Class), str(RDFS.Class)), key=self.by_label)

    def properties(self, module: Source) -> list[ox.NamedNode]:
        """Return the properties of a module, in order of label."""
        return sorted(module.of_type(*PROPERTY_TYPES), key=self.by_label)

    def individuals(self, module: Source) -> list[ox.NamedNode]:
        """Return all else that a module names, in the order of the file."""
        told = {module.home, *self.classes(module), *self.properties(module)}
        return [node for node in module.of_type(*_all_types(module)) if node not in told]

    def concepts(self, scheme: Source) -> list[ox.NamedNode]:
        """Return the concepts of a scheme: each below the one it narrows, else as in the file."""
        found = [node for node in scheme.of_type(*_all_types(scheme)) if node != scheme.home]

        def below(top: ox.NamedNode | None) -> Iterator[ox.NamedNode]:
            for node in found:
                broader = [b for b in self.nodes(node, SKOS.broader) if b in found]
                if (top in broader) if top else not broader:
                    yield node
                    yield from below(node)

        return list(dict.fromkeys(below(None)))

    def components(self) -> list[ox.NamedNode]:
        """Return the evidence faults, in the order of their file."""
        return self.faults.of_type(str(SH.ConstraintComponent))

    def chains(self, node: ox.NamedNode) -> list[list[ox.NamedNode]]:
        """Return the chains of properties from which a property follows."""
        return [
            [step for item in self.members(head) for step in self.alternatives(item)]
            for head in self.values(node, OWL.propertyChainAxiom)
        ]

    def derived_with(self, node: ox.NamedNode) -> list[ox.NamedNode]:
        """Return the other properties that follow from a chain with this one in it."""
        found = (n for n, facts in self._facts.items() if str(OWL.propertyChainAxiom) in facts)
        return [
            other
            for other in found
            if isinstance(other, ox.NamedNode) and other != node
            if any(node in chain for chain in self.chains(other))
        ]

    def disjoint_groups(self, module: Source) -> list[DisjointGroup]:
        """Return the groups of classes of which nothing can be two.

        Raises:
            CannotTellError: for a nameless axiom of another kind.
        """
        groups = []
        for node, facts in module.facts.items():
            if isinstance(node, ox.NamedNode) or not _types(facts):
                continue
            if _types(facts) == {str(OWL.AllDisjointClasses)}:
                (head,) = self.values(node, OWL.members)
                named = [part for item in self.members(head) for part in self.alternatives(item)]
                groups.append(DisjointGroup(self.text(node, RDFS.comment), named))
            elif str(OWL.unionOf) not in facts:
                kinds = ", ".join(sorted(_types(facts)))
                raise CannotTellError(f"{module.path}: no words for a nameless {kinds}")
        return groups


PROPERTY_TYPES = {
    str(OWL.ObjectProperty): "property that leads to a thing",
    str(OWL.DatatypeProperty): "property with a literal value",
    str(OWL.AnnotationProperty): "annotation",
    str(RDF.Property): "property",
}


def _files(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).glob("*.ttl"))


def _types(facts: Facts) -> set[str]:
    return {v.value for v in facts.get(str(RDF.type), []) if isinstance(v, ox.NamedNode)}


def _all_types(source: Source) -> set[str]:
    return {kind for facts in source.facts.values() for kind in _types(facts)}
