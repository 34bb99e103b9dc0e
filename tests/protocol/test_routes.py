"""What holds of every route alike: its methods, its formats, who may read it.

The routes are those of the OpenAPI description and the pages. Each has an address in
``tests/support/addresses.py``; a new route fails these tests until it has one too.
"""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from addresses import ANSWERED, EMPTY, PAGES, POSTED, SENT_ON, SOME
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rdflib import Dataset

from masagraph.report.workbook import MEDIA_TYPE

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@dataclass(frozen=True)
class Route:
    """A route of the description: what it declares of GET."""

    path: str
    methods: set[str]
    answers: dict[str, Any]


@pytest.fixture(scope="module")
def routes(app: FastAPI) -> dict[str, Route]:
    return {
        path: Route(
            path,
            {method.upper() for method in item},
            item.get("get", {}).get("responses", {}),
        )
        for path, item in app.openapi()["paths"].items()
    }


def test_every_route_has_an_example(routes: dict[str, Route]) -> None:
    assert set(routes) == {*ANSWERED, *SENT_ON, *EMPTY, *POSTED}


def kind_of(answer: Any) -> str:
    return str(answer.headers["content-type"].partition(";")[0])


# Formats


@pytest.mark.parametrize("path", ANSWERED)
def test_every_media_type_that_is_declared_can_be_had(
    client: TestClient, routes: dict[str, Route], path: str
) -> None:
    """By Accept, and the answer is of the form that it says it is."""
    declared = list(routes[path].answers["200"]["content"])
    graphs = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}
    for kind in declared:
        address = ANSWERED[path]
        if path == "/sparql" and kind in graphs:
            address = "/sparql?query=DESCRIBE%20area:kent"
        elif path == "/sparql" and (kind.startswith("text/") or kind == MEDIA_TYPE):
            address = "/sparql?query=SELECT*%7B%7D"
        answer = client.get(address, headers={"accept": kind})
        assert answer.status_code == 200, (kind, answer.text[:300])
        assert kind_of(answer) == kind
        assert well_formed(kind, answer.content)
        assert ("charset=utf-8" in answer.headers["content-type"]) is kind.startswith("text/")


def well_formed(kind: str, content: bytes) -> bool:
    """Read an answer as what it says it is; an error where it is none."""
    if kind == MEDIA_TYPE:
        return bool(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)
    if kind == "image/png":
        return content.startswith(b"\x89PNG\r\n\x1a\n")
    text = content.decode()
    if kind == "image/svg+xml":
        return ET.fromstring(text).tag.endswith("svg")  # noqa: S314
    parsers = {
        "text/turtle": "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
    }
    if kind in parsers:
        return len(Dataset().parse(io.BytesIO(text.encode()), format=parsers[kind])) > 0
    if kind.endswith("json"):
        return json.loads(text) is not None
    if kind == "text/html":
        return text.startswith("<!doctype html>")
    return bool(text)


@pytest.mark.parametrize("path", SOME)
def test_what_nobody_serves_is_not_served(
    client: TestClient, routes: dict[str, Route], path: str
) -> None:
    """406 where the format can be chosen, and only there."""
    answer = client.get(ANSWERED[path], headers={"accept": "image/gif"})
    if "406" in routes[path].answers:
        assert answer.status_code == 406
        assert kind_of(answer) == "application/problem+json"
    else:
        assert answer.status_code == 200


@pytest.mark.parametrize("path", [*SOME, *SENT_ON])
def test_an_answer_that_differs_by_accept_says_so(
    client: TestClient, routes: dict[str, Route], path: str
) -> None:
    """Else a cache would hand a page to a program."""
    answer = client.get((ANSWERED | SENT_ON)[path], follow_redirects=False)
    if "406" in routes[path].answers:
        assert "accept" in re.split(r",\s*", answer.headers["vary"].lower())


# Methods


def each() -> Iterator[Any]:
    for path in SOME:
        yield pytest.param(ANSWERED[path], 200, id=path)
    for path, address in SENT_ON.items():
        yield pytest.param(address, 303, id=path)
    for path, address in EMPTY.items():
        yield pytest.param(address, 404, id=path)
    for page in PAGES:
        yield pytest.param(page, 200, id=f"page {page}")
    yield pytest.param("/openapi.json", 200, id="/openapi.json")
    yield pytest.param("/static/masagraph.css", 200, id="/static")


each_address = pytest.mark.parametrize(("address", "status"), list(each()))


@each_address
def test_head_is_get_without_the_body(client: TestClient, address: str, status: int) -> None:
    whole = client.get(address, follow_redirects=False)
    head = client.head(address, follow_redirects=False)
    assert head.status_code == whole.status_code == status
    assert head.content == b""
    names = {"content-type", "content-length", "etag", "last-modified", "location", "link", "vary"}
    if address == "/metrics":  # which has counted one request more
        names.remove("content-length")
    for name in names:
        assert head.headers.get(name) == whole.headers.get(name), name


@each_address
def test_options_and_405_name_the_methods(client: TestClient, address: str, status: int) -> None:
    expected = {"GET", "HEAD", "OPTIONS"} | ({"POST"} if address.startswith("/sparql") else set())
    answer = client.options(address)
    assert answer.status_code == 204
    assert answer.content == b""
    assert set(answer.headers["allow"].split(", ")) == expected
    for method in sorted(METHODS - expected):
        refused = client.request(method, address)
        assert refused.status_code == 405, method
        assert set(refused.headers["allow"].split(", ")) == expected
        assert kind_of(refused) == "application/problem+json"


def test_check_is_posted_only(client: TestClient) -> None:
    assert set(client.options("/api/check").headers["allow"].split(", ")) == {"OPTIONS", "POST"}
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        refused = client.request(method, "/api/check")
        assert refused.status_code == 405
        assert set(refused.headers["allow"].split(", ")) == {"OPTIONS", "POST"}


# Scripts of other sites


@each_address
def test_any_site_may_read_it(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address, headers={"origin": "https://example.org"}, follow_redirects=False)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", [path for path in SOME if path.startswith("/api/")])
def test_a_parameter_that_is_not_known_is_refused(client: TestClient, path: str) -> None:
    """A misspelt one would else be passed over, and the answer taken for what was asked.

    The protocol, and the routes of the web's own, pass over what they do not know.
    """
    joint = "&" if "?" in ANSWERED[path] else "?"
    answer = client.get(f"{ANSWERED[path]}{joint}as-at=2024-01-01")
    assert answer.status_code == 422
    assert '"as-at"' in answer.json()["detail"]
