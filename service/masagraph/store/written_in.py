"""A query as plain text: its parameters written in as terms.

The service binds parameters as terms and never pastes them. Who takes a query away to run it
elsewhere has no bindings, so the text itself must hold the values. The terms are written by
pyoxigraph; a test compares the answers with those of bound parameters.
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

Terms = Mapping[str, ox.NamedNode | ox.Literal]


def write_in(query: str, terms: Terms) -> str:
    """Return a query with variables replaced by terms.

    What is selected has room only for a variable, so there it is left out: its value is known.
    The answer lacks its column. What is ordered by takes a term in brackets; what is grouped by
    takes one with a name, as some engines group by nothing else than names.
    A variable that the query itself gives values to stays, and is held to the term by a
    filter at the end. Comments stay: who sends a stored question sends them too.

    Args:
        query: a query.
        terms: the term of each variable to replace.
    """
    tokens = list(_TOKEN.finditer(query))
    own = _given_values(tokens) & terms.keys()
    written = list(_rewritten(tokens, {n: t for n, t in terms.items() if n not in own}))
    if own:
        end = max(index for index, text in enumerate(written) if text == "}")
        kept = "".join(f"  FILTER ( ${name} = {terms[name]} )\n" for name in sorted(own))
        written.insert(end, kept)
    return "".join(written)


def variables(query: str) -> list[str]:
    """Return the parameters of a query: the variables that it writes with ``$``."""
    found = (token for token in _TOKEN.finditer(query) if token["variable"])
    return list(dict.fromkeys(token["variable"] for token in found if token[0][0] == "$"))


def without_comments(query: str) -> str:
    """Return a query without its comments and empty lines."""
    kept = "".join(token[0] for token in _TOKEN.finditer(query) if token[0][0] != "#")
    return "".join(f"{line.rstrip()}\n" for line in kept.splitlines() if line.strip())


def _given_values(tokens: list[re.Match[str]]) -> set[str]:
    """Return the variables that a query gives values to: by VALUES, or by an expression."""
    found, listing, before = set[str](), False, ""
    for token in tokens:
        if token["aside"]:
            continue
        text = token[0].upper()
        if text == "VALUES":
            listing = True
        elif text == "{":
            listing = False
        elif token["variable"] and (listing or before == "AS"):
            found.add(token["variable"])
        before = text
    return found


def _rewritten(tokens: list[re.Match[str]], terms: Terms) -> Iterator[str]:
    listing, depth, before = "", 0, ""
    for token in tokens:
        text = token[0]
        if token["aside"]:
            yield text
            continue
        upper = text.upper()
        if upper in _LISTS:
            listing, depth = f"{before} {upper}" if upper == "BY" else upper, 0
        elif upper in _ENDS:
            listing = ""
        depth += (text == "(") - (text == ")")
        term = terms.get(token["variable"] or "")
        if term is None:
            yield text
        elif not listing or depth:
            yield str(term)
        elif listing == "GROUP BY":
            yield f"({term} AS ?given_{token['variable']})"
        elif listing != "SELECT":
            yield f"({term})"
        before = upper
