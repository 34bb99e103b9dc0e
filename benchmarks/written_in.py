"""A stored question as plain text: its parameters written in as terms.

The service binds parameters as terms and never pastes them. Another server takes no bindings,
so to ask all servers the same the text itself must hold the values. The terms are written by
pyoxigraph; the test of this module compares the answers with those of bound parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

_TOKEN = re.compile(
    r"""
      (?P<aside>\s+|\#[^\n]*)
    | (?P<quoted><[^<>"{}|^`\\\s]*>|\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
    | [?$](?P<variable>\w+)
    | (?P<word>[A-Za-z_][\w.-]*(?::[\w./-]*)?)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LISTS = {"SELECT", "BY"}
_ENDS = {"{", "}", "WHERE", "FROM", "HAVING", "GROUP", "ORDER", "LIMIT", "OFFSET", "VALUES"}


def write_in(query: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Return a query with variables replaced by terms.

    Where the grammar has room only for a variable (what is selected, what it is grouped or
    ordered by), the variable is left out: its value is known. The answer lacks its column.
    Comments stay: who sends a stored question sends them too.

    Args:
        query: a SELECT query.
        terms: the term of each variable to replace.
    """
    return "".join(_rewritten(query, terms))


def _rewritten(query: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> Iterator[str]:
    listing, depth = False, 0
    for token in _TOKEN.finditer(query):
        text = token[0]
        if token["aside"]:
            yield text
            continue
        upper = text.upper()
        if upper in _LISTS:
            listing, depth = True, 0
        elif upper in _ENDS:
            listing = False
        depth += (text == "(") - (text == ")")
        term = terms.get(token["variable"] or "")
        if term is None:
            yield text
        elif not listing or depth:
            yield str(term)
