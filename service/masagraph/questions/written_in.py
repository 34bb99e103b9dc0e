"""A query as plain text: its parameters written in as terms.

The service binds parameters as terms and never pastes them. Who takes a query away to run it
elsewhere has no bindings, so the text itself must hold the values. The terms are written by
pyoxigraph; a test compares the answers with those of bound parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from masagraph.assessment.names import date_literal, parse_date
from masagraph.errors import BadValue
from masagraph.vocab import PREFIXES

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

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*|urn:\S+")
_SHORT = re.compile(r"(\w+):([\w/.-]+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST = 1_000
"""Characters of a value; no name and no words of the dataset are as long."""

Terms = Mapping[str, ox.NamedNode | ox.Literal]


def write_in(query: str, terms: Terms) -> str:
    """Return a query with variables replaced by terms.

    Where the grammar has room only for a variable (what is selected, what it is grouped or
    ordered by), the variable is left out: its value is known. The answer lacks its column.
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


def read_term(name: str, text: str) -> ox.NamedNode | ox.Literal:
    """Return what a typed value means: a name, a date, or else plain text.

    Args:
        name: of the parameter, told when the value is none.
        text: an IRI, one in short such as ``area:sefton``, a date, or words.

    Raises:
        BadValue: for an address that is no IRI, a date that there is not, or too long a text.
    """
    if len(text) > LONGEST:
        raise BadValue(
            f"the value of {name} has {len(text):,} characters", f"Give {LONGEST:,} at most."
        )
    short = _SHORT.fullmatch(text)
    if short and short[1] in PREFIXES:
        return ox.NamedNode(PREFIXES[short[1]] + short[2])
    if _NAME.match(text):
        try:
            return ox.NamedNode(text)
        except ValueError as error:
            raise BadValue(
                f'{name} "{text[:100]}" is not an IRI', "Write it whole, without spaces."
            ) from error
    return date_literal(parse_date(text)) if _DAY.fullmatch(text) else ox.Literal(text)


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
    listing, depth = False, 0
    for token in tokens:
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
