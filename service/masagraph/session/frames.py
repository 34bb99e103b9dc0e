"""Answers of a store as data frames with typed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyoxigraph as ox

from masagraph.store.protocol import Answer, Term, Triples, Truth, text_of
from masagraph.vocab import PREFIXES

_XSD = PREFIXES["xsd"]
_WHOLE = (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
    "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
    "unsignedByte",
)  # fmt: skip
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_READ: dict[str, Callable[[str], Any]] = {
    **{_XSD + name: int for name in _WHOLE},
    **{_XSD + name: float for name in ("decimal", "double", "float")},
    _XSD + "boolean": _TRUTHS.__getitem__,
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
_TYPED: dict[str, Callable[[str], Any]] = {
    "as_at": date.fromisoformat,
    "altered": _TRUTHS.__getitem__,
    "statements_carried": int,
}
"""Columns of the tables of findings and changes that are no text."""
_LONG = range(-(2**63), 2**63)


def frame_of(answer: Answer) -> pd.DataFrame:
    """Return an answer as a data frame.

    Rows become rows; triples become rows of ``subject``, ``predicate`` and ``object``; a yes
    or no becomes one cell named ``answer``.
    """
    if isinstance(answer, Truth):
        return pd.DataFrame({"answer": pd.Series([answer.value], dtype="boolean")})
    if isinstance(answer, Triples):
        cells = [(t.subject, t.predicate, t.object) for t in answer.triples]
        return term_frame(("subject", "predicate", "object"), cells)
    return term_frame(answer.variables, answer.rows)


def term_frame(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> pd.DataFrame:
    """Return rows of RDF terms as a data frame; for the types see :func:`_column`."""
    values = {
        name: _column([None if row[i] is None else _value(row[i]) for row in rows])
        for i, name in enumerate(columns)
    }
    return pd.DataFrame(values, columns=list(columns))


def text_frame(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> pd.DataFrame:
    """Return rows of text as a data frame; an empty text is missing."""
    cells = list(rows)
    values = {name: _text_column(name, [row[i] for row in cells]) for i, name in enumerate(columns)}
    return pd.DataFrame(values, columns=list(columns))


def _text_column(name: str, texts: Sequence[str]) -> pd.Series[Any]:
    if name in _TYPED:
        return _column([_TYPED[name](text) if text else None for text in texts])
    return pd.Series([text or None for text in texts], dtype="string")


def _value(term: Term | None) -> object:
    """Return the Python value of a term; one that is not of its datatype stays text."""
    if isinstance(term, ox.BlankNode):
        return str(term)
    if isinstance(term, ox.Literal) and term.datatype.value in _READ:
        try:
            return _READ[term.datatype.value](term.value)
        except (ValueError, KeyError):
            return term.value
    return text_of(term)


def _column(values: list[Any]) -> pd.Series[Any]:
    """Return a column of the type that all its values have; of objects where they differ."""
    kinds = {type(value) for value in values if value is not None}
    long = kinds == {int} and any(v not in _LONG for v in values if v is not None)
    if kinds == {int} and not long:
        return pd.Series(values, dtype="Int64")
    if kinds and kinds <= {int, float} and not long:
        return pd.Series(values, dtype="Float64")
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {str}:
        return pd.Series(values, dtype="string")
    if kinds == {date}:
        return pd.Series(values, dtype="datetime64[s]")
    if kinds == {datetime}:
        zones = {value.tzinfo is not None for value in values if value is not None}
        if zones == {False}:
            return pd.Series(values, dtype="datetime64[us]")
        if zones == {True}:
            return pd.Series(values, dtype="datetime64[us, UTC]")
    return pd.Series([pd.NA if value is None else value for value in values], dtype="object")
