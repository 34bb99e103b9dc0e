"""Tables in other programs: pandas, and the way that Excel and Power BI take.

The two themselves run nowhere that tests run. What they need is known, and looked at byte by byte.
"""

from __future__ import annotations

import csv
import io
import re
import urllib.request
from email.message import Message
from urllib.parse import urlencode

import pandas
import pytest

from masagraph.assessment.names import list_areas
from masagraph.store.opened import Opened

NAMES = (
    "SELECT ?gss ?name { ?a masa:gssCode ?gss ; a masa:SafeguardingArea ; skos:prefLabel ?name }"
)
MARK = b"\xef\xbb\xbf"

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "\t=1+1", "\r=1+1",
            "=cmd|' /C calc'!A0"]  # fmt: skip
PLAIN = ["Kent", "1+1", " a", "'quoted'", "é 🏫", 'say "hello", twice', "two\nlines", "a;b", "#1"]


def quoted(text: str) -> str:
    """Write a text as a SPARQL literal."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


CELLS = f"SELECT ?cell {{ VALUES ?cell {{ {' '.join(map(quoted, FORMULAS + PLAIN))} }} }}"


def address(server: str, path: str, **params: str) -> str:
    return f"{server}{path}?{urlencode(params)}"


def fetch(url: str, **headers: str) -> tuple[Message, bytes]:
    """Get an answer as a program does that says nothing of what it takes."""
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.headers, answer.read()


TABLES = {
    "sparql": ("/sparql", {"query": NAMES}),
    "areas": ("/api/areas", {}),
    "assessment": ("/api/areas/warwickshire/assessment", {"edition": "wt2023"}),
    "compare": (
        "/api/compare",
        {"area": "warwickshire", "edition": "wt2023"},
    ),
    "duties": ("/api/duties", {"edition": "wt2023"}),
    "question": ("/api/questions/leads-and-delegates", {"area": "warwickshire"}),
}
"""Answers that are tables: where, and with what."""

each_table = pytest.mark.parametrize("name", TABLES)


# pandas


def test_pandas_reads_a_query(server: str, opened: Opened) -> None:
    frame = pandas.read_csv(address(server, "/sparql", query=NAMES, format="csv"))
    assert list(frame.columns) == ["gss", "name"]
    known = {area.gss: area.label for area in list_areas(opened.store)}
    assert dict(zip(frame["gss"], frame["name"], strict=True)) == known


def test_pandas_reads_numbers_and_dates(server: str) -> None:
    query = "SELECT * { VALUES (?n ?x ?d ?u) { (1 1.5 '2024-06-01'^^xsd:date UNDEF) } }"
    url = address(server, "/sparql", query=query, format="csv")
    frame = pandas.read_csv(url, parse_dates=["d"])
    assert frame["n"].dtype.kind == "i"
    assert frame["x"].dtype.kind == "f"
    assert frame["d"].dtype.kind == "M"
    assert frame["u"].isna().all()


def test_pandas_reads_what_must_be_quoted(server: str) -> None:
    """Text comes back as it was; without ``excel`` nothing is put before it."""
    url = address(server, "/sparql", query=CELLS, format="csv")
    frame = pandas.read_csv(url, keep_default_na=False)
    assert set(frame["cell"]) == set(FORMULAS + PLAIN)


def test_pandas_reads_tabs(server: str) -> None:
    url = address(server, "/sparql", query=NAMES, format="tsv")
    frame = pandas.read_csv(url, sep="\t", quoting=csv.QUOTE_NONE)
    assert list(frame.columns) == ["?gss", "?name"]
    assert '"Kent"@en' in set(frame["?name"])


@each_table
def test_pandas_reads_every_table(server: str, name: str) -> None:
    path, params = TABLES[name]
    frame = pandas.read_csv(address(server, path, **params, format="csv"))
    assert len(frame) > 0
    assert len(set(frame.columns)) == len(frame.columns)


@each_table
def test_pandas_reads_the_table_for_excel_too(server: str, name: str) -> None:
    """The mark is no part of the first column's name."""
    path, params = TABLES[name]
    plain = pandas.read_csv(address(server, path, **params, format="csv"), dtype=str)
    marked = pandas.read_csv(address(server, path, **params, format="csv", excel="1"), dtype=str)
    assert list(marked.columns) == list(plain.columns)
    assert len(marked) == len(plain)


# Excel and Power BI


@each_table
def test_the_shape_that_excel_needs(server: str, name: str) -> None:
    """The byte-order mark, without which it takes UTF-8 for something else; lines end as its do."""
    path, params = TABLES[name]
    headers, body = fetch(address(server, path, **params, format="csv", excel="1"))
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert int(headers["content-length"]) == len(body)
    assert body.startswith(MARK)
    assert not body.startswith(MARK * 2)
    text = body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if is_formula(cell)]
    outside = csv_without_quoted(text)
    assert outside.count("\r\n") == outside.count("\n") == outside.count("\r") == len(rows)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run it. A number with its sign is none."""
    return cell.startswith(tuple("=+-@\t\r")) and not re.fullmatch(r"[+-]?[\d.]+", cell)


def csv_without_quoted(text: str) -> str:
    """The text less all that stands between quotes."""
    return "".join(text.split('"')[::2])


def test_formulas_are_shown_and_not_run(server: str) -> None:
    _, body = fetch(address(server, "/sparql", query=CELLS, format="csv", excel="1"))
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    cells = [row[0] for row in rows][1:]
    assert sorted(cells) == sorted([f"'{text}" for text in FORMULAS] + PLAIN)


def test_without_excel_there_is_no_mark(server: str) -> None:
    for params in ({}, {"excel": "0"}, {"excel": "false"}):
        _, body = fetch(address(server, "/sparql", query=CELLS, format="csv", **params))
        assert body.startswith(b"cell\r\n")


def test_excel_has_no_bearing_on_other_forms(server: str) -> None:
    for form in ("json", "xml", "tsv"):
        query = {"query": CELLS, "format": form}
        _, plain = fetch(address(server, "/sparql", **query))
        _, asked = fetch(address(server, "/sparql", **query, excel="1"))
        assert plain == asked


@each_table
@pytest.mark.parametrize("accept", ["", "*/*", "text/html, */*;q=0.1"])
def test_the_format_stands_in_the_address(server: str, name: str, accept: str) -> None:
    """Power Query and a cell's ``WEBSERVICE`` set no Accept header."""
    path, params = TABLES[name]
    url = address(server, path, **params, format="csv", excel="1")
    headers, body = fetch(url, **({"Accept": accept} if accept else {}))
    assert headers.get_content_type() == "text/csv"
    assert body.startswith(MARK)


@each_table
def test_excel_asks_for_the_head_first(server: str, name: str) -> None:
    path, params = TABLES[name]
    url = address(server, path, **params, format="csv", excel="1")
    headers, body = fetch(url)
    with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=60) as head:
        assert head.read() == b""
        assert head.headers["content-type"] == headers["content-type"]
        assert int(head.headers["content-length"]) == len(body)


def test_numbers_stay_numbers(server: str) -> None:
    """A negative number is no formula: a sheet that is told otherwise cannot sum it."""
    query = "SELECT * { VALUES (?n ?x) { (-5 -1.5) (7 +2.5) } }"
    _, body = fetch(address(server, "/sparql", query=query, format="csv", excel="1"))
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert [float(row["n"]) for row in rows] == [-5, 7]
    assert [float(row["x"]) for row in rows] == [-1.5, 2.5]
