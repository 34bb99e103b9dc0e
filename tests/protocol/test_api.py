"""What all routes of ``/api`` have in common: formats, errors, parameters, CSV for Excel."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from api_answers import problem, rows_of
from fastapi.testclient import TestClient
from rdflib import Graph

from masagraph.report.workbook import MEDIA_TYPE
from masagraph.store.opened import Opened

AREA = "/api/areas/sefton"
BODY = "/api/bodies/sefton/practice-review-group"
DUTY = "/api/duties/wt2023-partnership-chair"
QUESTION = "/api/questions/leads-and-delegates"
FORMATS = {
    "/api/areas": "json csv xlsx",
    AREA: "json csv xlsx turtle",
    f"{AREA}/assessment": "json csv xlsx turtle",
    f"{AREA}/accountability": "json csv xlsx turtle",
    BODY: "json csv xlsx turtle",
    f"{BODY}/accountability": "json csv xlsx turtle",
    "/api/compare": "json csv xlsx",
    "/api/compare?from=wt2018&to=wt2023": "json csv xlsx",
    "/api/duties": "json csv xlsx",
    DUTY: "json csv xlsx turtle",
    "/api/questions": "json",
    QUESTION: "json csv xlsx",
}
TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": MEDIA_TYPE,
    "turtle": "text/turtle",
}
PAIRS = [(url, name) for url, names in FORMATS.items() for name in names.split()]
TABLES = [url for url, name in PAIRS if name == "csv"]


def content_type(name: str) -> str:
    return TYPES[name] + ("; charset=utf-8" if TYPES[name].startswith("text/") else "")


def with_parameter(url: str, text: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{text}"


# Formats


@pytest.mark.parametrize(("url", "name"), PAIRS)
def test_every_format_by_name_and_by_accept(client: TestClient, url: str, name: str) -> None:
    other = "text/csv" if name == "json" else "application/json"
    named = client.get(with_parameter(url, f"format={name}"), headers={"accept": other})
    asked = client.get(url, headers={"accept": f"{TYPES[name]}, image/png;q=0.9"})
    for answer in (named, asked):
        assert answer.status_code == 200, answer.text[:300]
        assert answer.headers["content-type"] == content_type(name)
        assert "Accept" in answer.headers["vary"].split(", ")
        assert answer.headers["masagraph-data-version"]
    assert parsed(named.content, name) == parsed(asked.content, name)
    assert parsed(named.content, name)


def parsed(content: bytes, name: str) -> Any:
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    text = content.decode()
    if name == "csv":
        return rows_of(text)
    if name == "turtle":
        return len(Graph().parse(data=text, format="turtle"))
    return text


@pytest.mark.parametrize("url", FORMATS)
@pytest.mark.parametrize("accept", [None, "*/*", "application/*", ""])
def test_json_is_the_default(client: TestClient, url: str, accept: str | None) -> None:
    answer = client.get(url, headers={} if accept is None else {"accept": accept})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()


@pytest.mark.parametrize("url", FORMATS)
def test_a_format_that_cannot_be_had(client: TestClient, url: str) -> None:
    missing = next(name for name in (*TYPES, "pdf") if name not in FORMATS[url].split())
    detail = problem(client.get(with_parameter(url, f"format={missing}")), 406)
    assert f'"{missing}"' in detail
    assert all(f"format={name}" in detail for name in FORMATS[url].split())
    problem(client.get(url, headers={"accept": "image/png"}), 406)


# CSV for Excel


@pytest.mark.parametrize("url", TABLES)
def test_csv_for_excel_has_a_byte_order_mark_and_the_same_cells(
    client: TestClient, url: str
) -> None:
    plain = client.get(with_parameter(url, "format=csv"))
    excel = client.get(with_parameter(url, "format=csv&excel=1"))
    assert excel.headers["content-type"] == "text/csv; charset=utf-8"
    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    as_is, guarded = (
        [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        for text in (plain.content.decode(), excel.content.decode("utf-8-sig"))
    )
    signs = ("=", "+", "-", "@", "\t", "\r")
    assert guarded == [f"'{cell}" if cell.startswith(signs) else cell for cell in as_is]


def test_the_values_are_as_they_are_without_excel(client: TestClient) -> None:
    """A name that looks like a formula is not changed for a program."""
    url = "/api/questions/statements-of-a-document?document=sefton-council-2024"
    rows = client.get(url).json()["rows"]
    told = rows_of(client.get(f"{url}&format=csv").text)
    assert [row["words"] for row in told] == [row["words"] for row in rows]


@pytest.mark.parametrize("value", ["maybe", "2", ""])
def test_excel_is_yes_or_no(client: TestClient, value: str) -> None:
    problem(client.get(f"/api/areas?format=csv&excel={value}"), 422)


# Errors


@pytest.mark.parametrize(
    ("url", "status", "what"),
    [
        ("/api/areas/seften", 404, "sefton"),
        ("/api/areas/E99999999", 404, "E99999999"),
        ("/api/areas/%3Cscript%3E/assessment", 404, "<script>"),
        ("/api/areas/warwikshire/assessment", 404, "warwickshire"),
        ("/api/areas/warwikshire/accountability", 404, "warwickshire"),
        (f"{AREA}/assessment?edition=wt2099", 404, "wt2018, wt2023"),
        (f"{AREA}/assessment?document=masa", 404, "sefton-council-2024"),
        (f"{AREA}/assessment?as_at=1900-01-01", 422, "1900-01-01"),
        ("/api/bodies/seften/practice-review-group", 404, "sefton"),
        ("/api/bodies/sefton/practise-review-group", 404, "practice-review-group"),
        ("/api/bodies/sefton/practise-review-group/accountability", 404, "practice-review-group"),
        ("/api/bodies/kent/practice-review-group", 404, "No document held names a body of Kent"),
        ("/api/bodies/warwickshire/forum", 404, "Warwickshire"),
        ("/api/compare?area=sefton&area=kint", 404, '"kint"'),
        ("/api/compare?edition=wt2099", 404, "wt2099"),
        ("/api/compare?from=wt2018&to=wt2099", 404, "wt2099"),
        ("/api/compare?from=wt2018", 422, "go together"),
        ("/api/compare?to=wt2023", 422, "go together"),
        ("/api/compare?from=wt2018&to=wt2023&edition=wt2023", 422, "edition"),
        ("/api/compare?from=wt2018&to=wt2026", 422, "wt2018 to wt2026"),
        ("/api/compare?from=in-force&to=wt2023", 422, "one edition each"),
        ("/api/duties?edition=wt2099", 404, "wt2099"),
        ("/api/duties?topic=fundng", 404, "funding"),
        ("/api/duties?modality=shall", 422, "must, should or may"),
        ("/api/duties/wt2023-partnership-chairs", 404, "wt2023-partnership-chair"),
        ("/api/areas?documents=maybe", 422, "'yes' or 'no'"),
        ("/api/questions/leads", 404, "/api/questions/leads"),
        (f"{QUESTION}?area=kint", 404, '"kint"'),
        ("/api/nothing", 404, "/api/nothing"),
        ("/api/bodies/sefton", 404, "/api/bodies/sefton"),
        ("/no/such/thing", 404, "/no/such/thing"),
        ("/static/none.css", 404, "/static/none.css"),
        ("/static/..%2f..%2fapp.py", 404, "/static/"),
        ("/docs", 404, "/docs"),
    ],
)
def test_errors_are_problem_documents(client: TestClient, url: str, status: int, what: str) -> None:
    assert what in problem(client.get(url), status)


DATED = [
    AREA, f"{AREA}/assessment", f"{AREA}/accountability", BODY, f"{BODY}/accountability",
    "/api/compare", DUTY, QUESTION,
]  # fmt: skip


@pytest.mark.parametrize("url", DATED)
@pytest.mark.parametrize("day", ["soon", "2024-02-30", "20240601", "2024-06-01T00:00:00"])
def test_a_date_that_is_none(client: TestClient, url: str, day: str) -> None:
    assert f'"{day}"' in problem(client.get(url, params={"as_at": day}), 422)


@pytest.mark.parametrize("url", [url for url in FORMATS if "?" not in url])
def test_an_unknown_parameter_is_refused_and_the_known_ones_are_named(
    client: TestClient, url: str
) -> None:
    detail = problem(client.get(url, params={"as-at": "2024-06-01"}), 422)
    assert '"as-at"' in detail
    assert "format" in detail


@pytest.mark.parametrize("url", FORMATS)
def test_no_method_but_get(client: TestClient, url: str) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        problem(client.request(method, url), 405)


def test_the_data_version_is_told_everywhere(client: TestClient, opened: Opened) -> None:
    for url, names in FORMATS.items():
        answer = client.get(url)
        assert answer.headers["masagraph-data-version"] == opened.data_version
        body = answer.json()
        for part in body if isinstance(body, list) else [body]:
            if url != "/api/questions":
                assert part["data_version"] == opened.data_version
        if "csv" in names and url != QUESTION:
            rows = rows_of(client.get(with_parameter(url, "format=csv")).text)
            assert {row["data_version"] for row in rows} == {opened.data_version}


# The description for programs


def test_every_route_declares_its_formats_and_errors(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    patterns = {
        "/api/areas": "/api/areas",
        AREA: "/api/areas/{area}",
        f"{AREA}/assessment": "/api/areas/{area}/assessment",
        f"{AREA}/accountability": "/api/areas/{area}/accountability",
        BODY: "/api/bodies/{area}/{slug}",
        f"{BODY}/accountability": "/api/bodies/{area}/{slug}/accountability",
        "/api/compare": "/api/compare",
        "/api/duties": "/api/duties",
        "/api/questions": "/api/questions",
        DUTY: "/api/duties/{slug}",
        QUESTION: QUESTION,
    }
    for url, path in patterns.items():
        declared = paths[path]["get"]["responses"]
        assert set(declared["200"]["content"]) == {TYPES[name] for name in FORMATS[url].split()}
        listing = url in ("/api/areas", "/api/questions")
        named = {"406", "422", "429", "503"} | (set() if listing else {"404"})
        assert set(declared) == {"200"} | named
        excel = [p for p in paths[path]["get"]["parameters"] if p["name"] == "excel"]
        assert bool(excel) is ("csv" in FORMATS[url])
    posted = paths["/api/check"]["post"]
    assert set(posted["responses"]) == {
        "200", "400", "404", "406", "408", "413", "415", "422", "429", "503",
    }  # fmt: skip
    assert set(posted["requestBody"]["content"]) == {
        "text/turtle", "application/trig", "application/ld+json",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }  # fmt: skip
