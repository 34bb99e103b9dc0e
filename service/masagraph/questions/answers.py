"""Answers to stored questions: rows that a table, a spreadsheet or a program can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from masagraph.errors import DataError
from masagraph.questions.catalogue import Question
from masagraph.questions.columns import Column, columns_of
from masagraph.questions.parameters import bind
from masagraph.store.protocol import Rows, Store, Term, text_of


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer.

    Attributes:
        question: the question.
        parameters: what was asked: values of the parameters, as text.
        columns: names of the columns; parameters that were given are left out, as they
            are the same in every row.
        rows: the cells; an unbound one is None.
        data_version: the version of the data.
        truncated: whether rows were left out because of a limit.
    """

    question: Question
    parameters: dict[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    data_version: str
    truncated: bool

    @property
    def described(self) -> tuple[Column, ...]:
        """The columns of the answer, with what each holds."""
        return tuple(each for each in columns_of(self.question) if each.name in self.columns)

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``ask --format json`` and the HTTP API give."""
        return {
            "question": self.question.name,
            "title": self.question.title,
            "parameters": self.parameters,
            "data_version": self.data_version,
            "truncated": self.truncated,
            "columns": list(self.columns),
            "columns_hold": {column.name: column.about for column in self.described},
            "rows": [
                {
                    name: None if term is None else _value(term)
                    for name, term in zip(self.columns, row, strict=True)
                }
                for row in self.rows
            ],
        }


def answer(
    question: Question,
    given: Mapping[str, str],
    store: Store,
    data_date: date,
    data_version: str,
    limit: int | None = None,
) -> Answered:
    """Ask a stored question.

    Args:
        question: the question.
        given: values of its parameters, as typed.
        store: the store.
        data_date: the default date.
        data_version: told with the answer.
        limit: most rows.

    Raises:
        BadValue, UnknownName: see :func:`masagraph.questions.parameters.bind`.
        DataError: when the question is not a SELECT.
    """
    bound = bind(question, given, store, data_date)
    result = store.query(question.query, bound, limit=limit)
    if not isinstance(result, Rows):
        raise DataError(f"the question {question.name} is not a SELECT query")
    keep = [i for i, name in enumerate(result.variables) if name not in bound]
    return Answered(
        question,
        {name: text_of(term) for name, term in bound.items()},
        tuple(result.variables[i] for i in keep),
        tuple(tuple(row[i] for i in keep) for row in result.rows),
        data_version,
        result.truncated,
    )


def _value(term: Term) -> str | int | float | bool:
    """Return a literal as the JSON value it stands for; anything else as text."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rsplit("#", 1)[-1]
        if kind == "boolean":
            return term.value == "true"
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double"):
            return float(term.value)
    return text_of(term)
