"""What the columns of a stored question hold, and what its parameters mean.

Descriptions that many questions share stand once in ``queries/columns.ttl``. A question whose
column means something of its own says so in its header, and that wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pyoxigraph as ox

from masagraph.errors import DataError, Place
from masagraph.questions.catalogue import Question, describe
from masagraph.resources import Resources, find_resources, read_once
from masagraph.vocab import PREFIXES

FILE = "columns.ttl"

_NOTATION = ox.NamedNode(PREFIXES["skos"] + "notation")
_LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
_DEFINITION = ox.NamedNode(PREFIXES["skos"] + "definition")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a question's answer.

    Attributes:
        name: the name of the query's variable.
        title: its heading, for people.
        about: what it holds; empty where nothing says so.
    """

    name: str
    title: str
    about: str


def columns_of(question: Question, resources: Resources | None = None) -> tuple[Column, ...]:
    """Return the columns that a question selects, in order, with what each holds.

    Parameters that were given, or that have a default, are left out of an answer; they are
    columns here.

    Args:
        question: the question.
        resources: where the shared descriptions are; by default those of the program.
    """
    shared = shared_columns(resources or find_resources())
    found = []
    for name in _selected(question.query):
        column = shared.get(name)
        title = column.title if column else _readable(name)
        about = question.columns.get(name) or (column.about if column else "")
        found.append(Column(name, title, about))
    return tuple(found)


def describe_in_full(question: Question) -> dict[str, Any]:
    """Return what a program needs to ask a question and to read its answer."""
    return {
        **describe(question),
        "note": question.note or None,
        "keywords": list(question.keywords),
        "columns": [
            {"name": column.name, "title": column.title, "about": column.about}
            for column in columns_of(question)
        ],
    }


@cache
def shared_columns(resources: Resources) -> dict[str, Column]:
    """Return the columns that ``queries/columns.ttl`` describes, by name.

    Raises:
        DataError: when the file cannot be parsed, or describes a column twice or by halves.
    """
    path = resources.folder("queries") / FILE
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in column_triples(resources))
    found: dict[str, Column] = {}
    for quad in store.quads_for_pattern(None, _NOTATION, None):
        name = _text(quad.object)
        said = [_one(store, quad.subject, what) for what in (_LABEL, _DEFINITION)]
        if name in found or not all(said):
            raise DataError(
                f'the column "{name}" is described twice or has no label or definition',
                "Describe it once, with skos:prefLabel and skos:definition.",
                Place(path),
            )
        found[name] = Column(name, said[0], said[1])
    return dict(sorted(found.items()))


@cache
def column_triples(resources: Resources) -> tuple[ox.Triple, ...]:
    """Return what ``queries/columns.ttl`` says.

    Raises:
        DataError: when it cannot be parsed, with the line.
    """
    path = resources.folder("queries") / FILE
    try:
        quads = ox.parse(read_once(path), format=ox.RdfFormat.TURTLE)
        return tuple(quad.triple for quad in quads)
    except SyntaxError as error:
        raise DataError(
            f"the Turtle cannot be parsed: {error.msg}",
            "Correct that line.",
            Place(path, error.lineno),
        ) from error


@lru_cache(maxsize=256)
def _selected(query: str) -> tuple[str, ...]:
    """Return the variables that a query selects, as its engine reads them."""
    result = ox.Store().query(query, prefixes=dict(PREFIXES))
    if not isinstance(result, ox.QuerySolutions):
        raise DataError("a stored question must be a SELECT query")
    return tuple(variable.value for variable in result.variables)


def _one(store: ox.Store, subject: ox.NamedNode | ox.BlankNode | ox.Triple,
         predicate: ox.NamedNode) -> str:  # fmt: skip
    values = [_text(quad.object) for quad in store.quads_for_pattern(subject, predicate, None)]
    return values[0] if len(values) == 1 else ""


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.Literal) else ""


def _readable(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]
