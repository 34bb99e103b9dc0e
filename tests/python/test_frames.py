"""Columns have the type of the values in them, and no value is lost or changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pyoxigraph as ox
import pytest

from masagraph.session.frames import frame_of, term_frame, text_frame
from masagraph.store.protocol import Rows, Triples, Truth
from masagraph.vocab import PREFIXES


def literal(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))


def column(*terms: ox.NamedNode | ox.Literal | ox.BlankNode | None) -> pd.Series:
    return term_frame(["x"], [(term,) for term in terms])["x"]


@pytest.mark.parametrize(
    ("texts", "kind", "dtype", "values"),
    [
        (("1", "-20"), "integer", "Int64", [1, -20]),
        (("7",), "nonNegativeInteger", "Int64", [7]),
        (("0.10", "2"), "decimal", "Float64", [0.1, 2.0]),
        (("1e3",), "double", "Float64", [1000.0]),
        (("true", "0"), "boolean", "boolean", [True, False]),
        (("2024-06-01", "1500-01-01"), "date", "datetime64[s]",
         [pd.Timestamp(2024, 6, 1), pd.Timestamp(1500, 1, 1)]),
        (("2024-06-01T10:00:00",), "dateTime", "datetime64[us]", [pd.Timestamp(2024, 6, 1, 10)]),
        (("2024-06-01T10:00:00+01:00",), "dateTime", "datetime64[us, UTC]",
         [datetime(2024, 6, 1, 9, tzinfo=UTC)]),
        (("2024",), "gYear", "string", ["2024"]),
    ],
)  # fmt: skip
def test_a_column_has_the_type_of_its_values(
    texts: tuple[str, ...], kind: str, dtype: str, values: list[object]
) -> None:
    found = column(*(literal(text, kind) for text in texts), None)
    assert str(found.dtype) == dtype
    assert found.iloc[:-1].tolist() == values
    assert pd.isna(found.iloc[-1])


def test_names_and_texts_are_text_and_language_is_left_out() -> None:
    found = column(ox.NamedNode("https://example.org/a"), ox.Literal("b", language="en"), None)
    assert str(found.dtype) == "string"
    assert found.tolist() == ["https://example.org/a", "b", pd.NA]
    assert column(ox.BlankNode("n")).tolist() == ["_:n"]


def test_different_types_stay_what_they_are() -> None:
    found = column(literal("1", "integer"), ox.Literal("one"), None)
    assert found.dtype == object
    assert found.tolist()[:2] == [1, "one"]
    assert found.iloc[2] is pd.NA


def test_whole_numbers_beside_parts_are_numbers() -> None:
    found = column(literal("1", "integer"), literal("0.5", "decimal"))
    assert (str(found.dtype), found.tolist()) == ("Float64", [1.0, 0.5])


@pytest.mark.parametrize(
    ("text", "kind"),
    [("one", "integer"), ("yes", "boolean"), ("2024-13-01", "date"), ("-0001-01-01", "date")],
)
def test_a_value_that_is_none_of_its_type_stays_text(text: str, kind: str) -> None:
    assert column(literal(text, kind)).tolist() == [text]


def test_a_number_too_long_is_not_cut() -> None:
    assert column(literal("1" * 30, "integer")).tolist() == [int("1" * 30)]


def test_nothing_is_missing_in_every_row() -> None:
    assert column(None, None).isna().all()
    empty = term_frame(["a", "b"], [])
    assert (list(empty.columns), len(empty)) == (["a", "b"], 0)


def test_each_kind_of_answer_is_a_frame() -> None:
    node = ox.NamedNode("https://example.org/a")
    triples = frame_of(Triples((ox.Triple(node, node, ox.Literal("x")),)))
    assert triples.to_dict("records") == [
        {"subject": node.value, "predicate": node.value, "object": "x"}
    ]
    assert frame_of(Truth(False))["answer"].tolist() == [False]
    assert frame_of(Rows(("a",), ((node,),)))["a"].tolist() == [node.value]


def test_columns_of_tables_of_text_are_typed_too() -> None:
    head = ("as_at", "altered", "statements_carried", "why")
    frame = text_frame(head, [("2024-06-01", "true", "3", ""), ("", "false", "", "words")])
    assert [str(dtype) for dtype in frame.dtypes] == ["datetime64[s]", "boolean", "Int64", "string"]
    assert frame["altered"].tolist() == [True, False]
    assert frame.isna().sum().to_dict() == {
        "as_at": 1, "altered": 0, "statements_carried": 1, "why": 1,
    }  # fmt: skip
