"""What no query may ask of a read-only store, decided on the parsed query.

Oxigraph and rdflib both make network requests for ``SERVICE``. Oxigraph gives no parse
tree, so rdflib's parser is used; it is slow on long queries, so only when the text, with
its escapes undone, holds a word that could matter. When in doubt: refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from masagraph.errors import QueryRefused
from masagraph.store.protocol import ALL_GRAPHS, Scope
from masagraph.vocab import PREFIXES

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# A name after ? or $ is a variable, whatever it is called.
_SERVICE = re.compile(r"(?<![?$])service", re.I)
# The keyword where a clause can begin: before a graph or an endpoint, with nothing but space
# and comments between. Prose in a comment that holds the word is let pass without a parse.
_GAP = r"(?:\s|#[^\n\r]*[\n\r])*"
_CLAUSE = re.compile(
    rf"(?<![?$])(?:service{_GAP}(?:silent|[?$<]|[^\s<>]*:)|from{_GAP}(?:named|<|[^\s<>]*:))",
    re.I,
)
# A variable that ends in the word, such as ?validFrom, is none. What stands directly behind a name,
# a bracket or a quotation mark may be another thing than a variable, and is left.
_VARIABLE = re.compile(r"(?<![\w>)\]}'\"?$])[?$][A-Za-z_][A-Za-z0-9_]*")

_DEEPEST = 200
_MOST = {"!": 2_000, "+": 2_000, "-": 2_000, "*": 2_000, "minus": 500, "union": 2_000}


def refuse_outsized(text: str) -> None:
    """Refuse a query whose nesting or repetition would overflow the parser's stack.

    Oxigraph's parser and planner are recursive: some thousands of nested brackets, signs or
    MINUS end the whole process, and every client with it. The text is counted as it stands,
    brackets in strings too, so that no quoting can hide them.

    Raises:
        QueryRefused: beyond any size that a person would write.
    """
    depth = 0
    for character in text:
        depth += (character in "({[") - (character in ")}]")
        if depth > _DEEPEST:
            raise QueryRefused(
                f"the query is nested more than {_DEEPEST} brackets deep", "Make it flatter."
            )
    lower = text.lower()
    for sign, most in _MOST.items():
        if lower.count(sign) > most:
            raise QueryRefused(f'the query has "{sign}" more than {most} times', "Shorten it.")


def refuse_forbidden(text: str, graphs: Collection[str]) -> None:
    """Refuse a query that would reach outside the store.

    Args:
        text: the query.
        graphs: the graphs that ``FROM`` and ``FROM NAMED`` may name.

    Raises:
        QueryRefused: for ``SERVICE`` in any form, and for ``FROM`` a graph not held.
    """
    refuse_unheld(scope_of(text), graphs)


def refuse_unheld(scope: Scope, graphs: Collection[str]) -> None:
    """Refuse ``FROM`` a graph that is not held.

    Args:
        scope: the graphs that a query names, see :func:`scope_of`.
        graphs: the graphs that are held.

    Raises:
        QueryRefused: for one that is not.
    """
    for name in (*scope.default_graphs, *scope.named_graphs):
        if name not in graphs:
            raise QueryRefused(
                f"FROM <{name}> is not allowed: only graphs of this dataset can be named",
                "List them with: SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }",
            )


@lru_cache(maxsize=256)
def scope_of(text: str) -> Scope:
    """Return the graphs that a query names by ``FROM`` and ``FROM NAMED``; all where by none.

    Remembered, as stored queries come again and again.

    Raises:
        QueryRefused: for ``SERVICE`` in any form.
    """
    plain = _ESCAPE.sub(_unescape, text)
    escaped = plain != text and _SERVICE.search(plain)
    if not escaped and not _CLAUSE.search(_VARIABLE.sub("?", plain)):
        return ALL_GRAPHS
    try:
        if escaped:
            raise ValueError("Oxigraph and rdflib do not undo escapes in the same places")
        # A carriage return ends a comment for Oxigraph, and does not for rdflib.
        parsed = parseQuery(plain.replace("\r", "\n"))
        algebra = translateQuery(parsed, initNs=dict(PREFIXES)).algebra
    except Exception as error:
        if _SERVICE.search(plain):
            raise QueryRefused(
                "the query holds the word SERVICE and could not be checked",
                "SERVICE is not allowed here; remove it, or the word.",
            ) from error
        if _is_wrong(plain):
            return ALL_GRAPHS  # Oxigraph will say what is wrong with it
        raise QueryRefused(
            "the query holds the word FROM and could not be checked",
            "Write spaces around FROM and NAMED, or leave them out.",
        ) from error
    if any(node.name == "ServiceGraphPattern" for node in _walk((parsed, algebra))):
        raise QueryRefused(
            "SERVICE is not allowed: this service never sends requests elsewhere",
            "Query the other service directly and join the results yourself.",
        )
    clauses = algebra.get("datasetClause") or ()
    return Scope(
        tuple(str(clause.default) for clause in clauses if clause.default),
        tuple(str(clause.named) for clause in clauses if not clause.default),
    )


def _is_wrong(text: str) -> bool:
    """Tell whether Oxigraph cannot parse a query, which holds no SERVICE. Nothing is looked up."""
    try:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError:
        return True
    except (ValueError, OSError, RuntimeError):
        return False
    return False


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _walk(node: Any) -> Iterator[CompValue]:
    """Yield every operator of a parse tree or of an algebra, however deep."""
    stack, seen = [node], set()
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, CompValue):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list | tuple | set):
            stack.extend(item)
        elif hasattr(item, "asList"):  # pyparsing results
            stack.extend(list(item))
