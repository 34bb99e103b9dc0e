"""The OpenAPI description says what the service does, its errors too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from masagraph.report.workbook import MEDIA_TYPE

METHODS = {"get", "post", "put", "delete", "patch", "head", "options", "trace"}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    body = answer.json()
    assert isinstance(body, dict)
    return body


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a JSON value."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_it_is_valid(document: dict[str, Any]) -> None:
    """With the validator where it is installed; what matters most is looked at in any case."""
    try:
        from openapi_spec_validator import validate
    except ImportError:
        pass
    else:
        validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "masagraph"
    assert document["info"]["version"]
    for path, method, operation in operations(document):
        assert method in METHODS
        assert operation["responses"]
        assert all(re.fullmatch(r"[1-5]\d\d|default", code) for code in operation["responses"])
        assert all(response["description"] for response in operation["responses"].values())
        parameters = operation.get("parameters", [])
        assert len({(p["in"], p["name"]) for p in parameters}) == len(parameters)
        in_path = {p["name"] for p in parameters if p["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert all(p["required"] for p in parameters if p["in"] == "path")


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for node in nodes(document):
        if "$ref" in node:
            found: Any = document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            assert found


def test_names_of_operations_are_unique(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_every_route_is_there_but_the_pages(document: dict[str, Any]) -> None:
    assert {"/sparql", "/health", "/api/areas", "/api/areas/{area}/assessment",
            "/api/questions"} <= set(document["paths"])  # fmt: skip
    assert set(document["paths"]["/sparql"]) == {"get", "post"}
    assert not [path for path in document["paths"] if path.startswith("/areas")]


@pytest.mark.parametrize(
    ("path", "method", "codes"),
    [
        ("/sparql", "get", {"400", "406", "413"}),
        ("/sparql", "post", {"400", "406", "413", "415"}),
        ("/api/areas/{area}/assessment", "get", {"404", "406", "422"}),
        ("/api/questions/leads-and-delegates", "get", {"404", "406", "422"}),
    ],
)
def test_errors_are_declared(
    document: dict[str, Any], path: str, method: str, codes: set[str]
) -> None:
    assert codes <= set(document["paths"][path][method]["responses"])


def test_every_error_is_declared_as_a_problem_document_and_as_nothing_else(
    document: dict[str, Any],
) -> None:
    """The service answers with no other error body, so a client made from this expects none."""
    wrong = [
        (path, method, code, sorted(response.get("content", {})))
        for path, method, operation in operations(document)
        for code, response in operation["responses"].items()
        if code >= "400" and set(response.get("content", {})) != {PROBLEM}
    ]
    assert wrong == []


def test_a_problem_has_the_members_of_the_standard(
    document: dict[str, Any], client: TestClient
) -> None:
    responses = document["paths"]["/api/areas/{area}/assessment"]["get"]["responses"]
    schema = responses["404"]["content"][PROBLEM]["schema"]
    body = client.get("/no/such/thing").json()
    assert set(body) <= set(schema["properties"])
    assert set(schema["required"]) <= set(body)


@pytest.mark.parametrize("method", ["get", "post"])
def test_sparql_declares_every_format(document: dict[str, Any], method: str) -> None:
    content = document["paths"]["/sparql"][method]["responses"]["200"]["content"]
    assert set(content) == {
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv",
        "text/tab-separated-values", MEDIA_TYPE, "text/turtle", "application/n-triples",
        "application/ld+json", "application/rdf+xml",
    }  # fmt: skip


def test_both_forms_of_post_are_declared(document: dict[str, Any]) -> None:
    body = document["paths"]["/sparql"]["post"]["requestBody"]
    assert body["required"] is True
    assert set(body["content"]) == {
        "application/sparql-query", "application/x-www-form-urlencoded",
    }  # fmt: skip


def test_what_is_declared_is_what_is_served(document: dict[str, Any], client: TestClient) -> None:
    """Each route that needs nothing answers 200 in a declared media type."""
    for path, method, operation in operations(document):
        needs = [p for p in operation.get("parameters", []) if p.get("required")]
        if method != "get" or needs or path == "/sparql":
            continue
        answer = client.get(path)
        assert answer.status_code == 200, path
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in operation["responses"]["200"]["content"], path
