"""What the data must keep, whatever it says: integrity shapes, and links that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import pyoxigraph as ox
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from masagraph.dataset.files import RdfFile, read_folder
from masagraph.errors import DataError, Place
from masagraph.resources import Resources
from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.program import Program, compile_shapes
from masagraph.shacl.report import build_report
from masagraph.shacl.terms import to_graph
from masagraph.vocab import GRAPH, ID, MASA, OA

NO_DATA = tuple(str(GRAPH + name) for name in ("ontology/", "shapes/"))
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SOURCE_DOCUMENT = ox.NamedNode(MASA.SourceDocument)
HAS_SOURCE = ox.NamedNode(OA.hasSource)
DEFINED_BY = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")

_FOUND_CLEAN: set[tuple[str, str]] = set()
"""Shapes and files, by hash, that this process has validated: the same again says nothing new."""


def check_shapes(files: Sequence[RdfFile], resources: Resources) -> None:
    """Validate each data file against ``shapes/integrity/``.

    Raises:
        DataError: for the first result, with file, line, what and the mend.
    """
    program, version = integrity_program(resources)
    for file in files:
        if not file.graph.startswith(NO_DATA):
            check_documents(file)
            if (version, file.sha256) not in _FOUND_CLEAN:
                for problem in file_problems(file, program):
                    raise problem
                _FOUND_CLEAN.add((version, file.sha256))


@cache
def integrity_program(resources: Resources) -> tuple[Program, str]:
    """Return the shapes of ``shapes/integrity/`` as queries, and a hash of them.

    They are read once: a query worker can open no file.

    Raises:
        DataError: when a shape cannot be compiled.
    """
    rules = read_folder(resources.folder("shapes") / "integrity", "shapes")
    shapes = to_graph(triple for file in rules for triple in file.triples)
    # A class stands for itself alone, as each file is looked at alone.
    program = compile_shapes(shapes, Hierarchy(()))
    for refused in program.refused:
        raise DataError(
            f"the integrity shape {refused.shape} cannot be compiled: {refused.why}",
            "See docs/compiler.md for what can be.",
        )
    return program, "".join(file.sha256 for file in rules)


def check_documents(file: RdfFile) -> None:
    """Check that a file holds at most one source document, and words of that one only.

    A view takes the whole graph of a document: words of another document in it would be
    seen before that document was there.
    """
    documents = [
        t.subject for t in file.triples if t.predicate == TYPE and t.object == SOURCE_DOCUMENT
    ]
    if len(documents) > 1:
        raise DataError(
            f"{len(documents)} source documents stand in one file",
            "Give each document a file of its own.",
            file.place_of(text_of(documents[1])),
        )
    for triple in file.triples:
        if triple.predicate == HAS_SOURCE and documents and triple.object != documents[0]:
            raise DataError(
                f"a statement of another document ({text_of(triple.object)}) stands in the file "
                f"of {text_of(documents[0])}",
                "Move it to the file of its document.",
                file.place_of(text_of(triple.subject)),
            )


def text_of(node: object) -> str:
    """Return the IRI of a node, or what stands for it."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def file_problems(file: RdfFile, program: Program) -> Iterator[DataError]:
    """Yield what the integrity shapes find in one file.

    Each file is validated alone: that names the file.

    Args:
        file: the file.
        program: the shapes.
    """
    data = ox.Store()
    data.extend(ox.Quad(t.subject, t.predicate, t.object) for t in file.triples)
    found = list(program.run(data))
    if not found:
        return
    report, graph = build_report(found, Graph()), to_graph(file.triples)
    problems = []
    for result in report.subjects(SH.resultSeverity):
        focus = report.value(result, SH.focusNode)
        message = report.value(result, SH.resultMessage)
        problems.append(_problem(file, graph, focus, str(message)))
    yield from sorted(problems, key=str)


def _problem(file: RdfFile, graph: Graph, focus: Node | None, message: str) -> DataError:
    named = focus
    while named is not None and not isinstance(named, URIRef):
        # A blank node has no line of its own: name what it belongs to.
        named = next(graph.subjects(None, named), None)
    name = str(named) if isinstance(named, URIRef) else ""
    what = f"{name.removeprefix(str(ID))}: {message.rstrip('.')}" if name else message.rstrip(".")
    return DataError(what, place=file.place_of(name) if name else Place(file.path))


def check_links(store: ox.Store, files: Sequence[RdfFile]) -> None:
    """Check that every name of ours that the files use is described somewhere.

    A term of the ontology must be defined in it; anything under ``id/`` must be the
    subject of something, in a file or by a rule.

    Raises:
        DataError: for the first name that leads nowhere, with file and line.
    """
    terms = {str(q.subject.value) for q in store.quads_for_pattern(None, DEFINED_BY, None)
             if isinstance(q.subject, ox.NamedNode)}  # fmt: skip
    described = {q.subject.value for q in store if isinstance(q.subject, ox.NamedNode)}
    for file in files:
        for iri in used_names(file.triples):
            if iri.startswith(str(MASA)) and iri not in terms and iri not in described:
                raise DataError(
                    f"masa:{iri.removeprefix(str(MASA))} is not a term of the ontology",
                    "Use a term of ontology/, or define it there.",
                    file.place_of(iri),
                )
            if iri.startswith(str(ID)) and iri not in described:
                raise DataError(
                    f"<{iri}> is named here and described nowhere",
                    "Correct the name, or describe it.",
                    file.place_of(iri),
                )


def used_names(triples: Iterable[ox.Triple]) -> list[str]:
    """Return the IRIs in predicate and object place, in order of first use."""
    seen: dict[str, None] = {}
    for triple in triples:
        for node in (triple.predicate, triple.object):
            if isinstance(node, ox.NamedNode):
                seen.setdefault(node.value)
    return list(seen)
