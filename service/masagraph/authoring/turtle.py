"""Turtle in the style of the curated files: a part for each sheet, a block for each thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.store.protocol import Term
from masagraph.vocab import ID, PREFIXES

RULE = "# ---------------------------------------------------------------- "
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_BARE = {_XSD + "integer": re.compile(r"[+-]?\d+"), _XSD + "boolean": re.compile("true|false")}
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FURTHER = {"foaf": "http://xmlns.com/foaf/0.1/"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: its heading, and what it says."""

    head: str
    triples: Sequence[ox.Triple]


def write_turtle(parts: Sequence[Part], about: Sequence[str] = ()) -> str:
    """Return what some parts say as Turtle; the same parts give the same text.

    Args:
        parts: in their order; the triples of a thing stand together in each.
        about: lines of comment below the prefixes.
    """
    writer = _Writer([triple for part in parts for triple in part.triples])
    blocks = [(part.head, list(writer.blocks(part.triples))) for part in parts]
    body = []
    for head, texts in blocks:
        if texts:
            body += [f"{RULE}{head}", *texts]
    lines = [f"@prefix {name}: <{space}> ." for name, space in writer.used_prefixes()]
    top = ["\n".join(lines), *(["\n".join(f"# {line}" for line in about)] if about else [])]
    return "\n\n".join([*top, *body]) + "\n"


class _Writer:
    def __init__(self, triples: Sequence[ox.Triple]) -> None:
        self._spaces = _prefixes(triples)
        self._used: set[str] = set()
        self._nested: dict[str, list[ox.Triple]] = defaultdict(list)
        named: dict[str, int] = defaultdict(int)
        for triple in triples:
            if isinstance(triple.object, ox.BlankNode):
                named[triple.object.value] += 1
            if isinstance(triple.subject, ox.BlankNode):
                self._nested[triple.subject.value].append(triple)
        # What is named more than once cannot stand inside; nor what is named inside itself.
        self._inside = {
            node for node in self._nested if named[node] == 1 and not self._circular(node)
        }
        self._labels: dict[str, str] = {}

    def _circular(self, start: str) -> bool:
        seen, to_do = set(), [start]
        while to_do:
            node = to_do.pop()
            for triple in self._nested.get(node, ()):
                if isinstance(triple.object, ox.BlankNode):
                    if triple.object.value == start:
                        return True
                    if triple.object.value not in seen:
                        seen.add(triple.object.value)
                        to_do.append(triple.object.value)
        return False

    def used_prefixes(self) -> list[tuple[str, str]]:
        """Return the prefixes that were used: ours first, by name."""
        used = [(name, space) for name, space in self._spaces.items() if name in self._used]
        return sorted(used, key=lambda p: (p[0] != "masa", not p[1].startswith(str(ID)), p[0]))

    def blocks(self, triples: Iterable[ox.Triple]) -> Iterable[str]:
        """Yield a block for each thing, in the order in which things come up."""
        things: dict[str, list[ox.Triple]] = {}
        for triple in triples:
            node = triple.subject
            if not (isinstance(node, ox.BlankNode) and node.value in self._inside):
                things.setdefault(str(node), []).append(triple)
        for said in things.values():
            yield f"{self._node(said[0].subject)} {self._said(said, '    ')} ."

    def _said(self, triples: Sequence[ox.Triple], indent: str) -> str:
        by_name: dict[str, list[Term]] = {}
        for triple in sorted(triples, key=lambda t: t.predicate.value != _TYPE):
            by_name.setdefault(triple.predicate.value, []).append(triple.object)
        lines = []
        for name, terms in by_name.items():
            word = "a" if name == _TYPE else self._name(name)
            objects = [self._object(term, indent) for term in terms]
            long = any(text.startswith('"') for text in objects[1:])
            lines.append(f"{word} " + (f" ,\n{indent}    " if long else " , ").join(objects))
        return f" ;\n{indent}".join(lines)

    def _object(self, term: Term, indent: str) -> str:
        if isinstance(term, ox.BlankNode) and term.value in self._inside:
            inner = self._said(self._nested[term.value], f"{indent}    ")
            return f"[\n{indent}    {inner}\n{indent}]"
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return self._node(term)

    def _literal(self, term: ox.Literal) -> str:
        datatype = term.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(term.value):
            return term.value
        text = '"' + "".join(_ESCAPED.get(mark, mark) for mark in term.value) + '"'
        if term.language:
            return f"{text}@{term.language}"
        return text if datatype == _XSD + "string" else f"{text}^^{self._name(datatype)}"

    def _node(self, node: Term) -> str:
        if isinstance(node, ox.NamedNode):
            return self._name(node.value)
        assert isinstance(node, ox.BlankNode)
        return f"_:{self._labels.setdefault(node.value, f'n{len(self._labels) + 1}')}"

    def _name(self, iri: str) -> str:
        fits = [
            (name, space)
            for name, space in self._spaces.items()
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :])
        ]
        if not fits:
            return f"<{iri}>"
        name, space = max(fits, key=lambda pair: len(pair[1]))
        self._used.add(name)
        return f"{name}:{iri[len(space) :]}"


def _prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the prefixes: the known ones, and one a kind of things of one namespace."""
    spaces: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        for node in (triple.subject, triple.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(str(ID)):
                kind = node.value.removeprefix(str(ID)).split("/")[0]
                spaces[kind].add(node.value.rpartition("/")[0] + "/")
    known = set(PREFIXES.values())
    own = {
        kind: next(iter(found))
        for kind, found in spaces.items()
        if len(found) == 1 and kind.isalpha() and not found & known and kind not in PREFIXES
    }
    return {**PREFIXES, **_FURTHER, **own}
