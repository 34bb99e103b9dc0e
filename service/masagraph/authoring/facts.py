"""The sheet of loose facts: one triple a row, in names that a person can read."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from masagraph.authoring.cells import Cell, CellFault, named, plain
from masagraph.authoring.rows import ENGLISH, FORMS
from masagraph.store.protocol import Term
from masagraph.vocab import ID, PREFIXES

_FULL = re.compile(r"<([a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+)>", re.IGNORECASE)
_PATH = re.compile(r"[A-Za-z0-9._~%-]+(?:/[A-Za-z0-9._~%-]+)+")
_BLANK = re.compile(r"_:([A-Za-z0-9]+)")
_SHORT = re.compile(r"([a-z]+):([A-Za-z0-9._/-]+)")
_BARE = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")


def read_fact(cells: Mapping[str, Cell], document: str) -> ox.Triple:
    """Return the triple that a row of loose facts says.

    Args:
        cells: the cells of the row.
        document: the short name of its document: blank nodes are named within it.

    Raises:
        CellFault: when it cannot be read.
    """
    subject = _node(plain(cells.get("thing")), document)
    name = _node(plain(cells.get("property")), document)
    if not isinstance(name, ox.NamedNode):
        raise CellFault("a property cannot be an unnamed thing", "Write its name, as masa:holder.")
    return ox.Triple(subject, name, _value(cells, document))


def _value(cells: Mapping[str, Cell], document: str) -> Term:
    text, form = plain(cells.get("value")), plain(cells.get("form")).casefold()
    thing, english, written = FORMS
    if form == thing:
        return _node(text, document)
    if form == english.casefold():
        return ox.Literal(text, language=ENGLISH)
    if form != written:
        raise CellFault(f'"{form}" is not in the list', f"Write {', '.join(FORMS)}.")
    try:
        line = f"<x:x> <x:x> {text} ."
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise CellFault(
            f"{text} cannot be read as a value", 'Write it as "text"@en, or as English text.'
        ) from error
    if not isinstance(quad.object, ox.Literal):
        raise CellFault(f"{text} is no text, number or date", f"Choose {thing}.")
    return quad.object


def _node(text: str, document: str) -> ox.NamedNode | ox.BlankNode:
    blank = _BLANK.fullmatch(text)
    if blank:
        return ox.BlankNode(f"{blank[1]}x{document.encode().hex()}")
    full = _FULL.fullmatch(text)
    if full:
        return named(full[1])
    short = _SHORT.fullmatch(text)
    if short and short[1] in PREFIXES:
        return named(PREFIXES[short[1]] + short[2])
    if _BARE.fullmatch(text):
        return named(text)
    if _PATH.fullmatch(text):
        return named(f"{ID}{text}")
    raise CellFault(
        f'"{text}" is no name of a thing', "Write it as body/kent/executive, or as masa:holder."
    )
