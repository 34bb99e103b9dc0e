"""What tests of the API share: reading its answers, and reading the data files apart from it."""

from __future__ import annotations

import csv
import io
from functools import cache
from typing import Any

from rdflib import Graph, Namespace

from masagraph.resources import find_resources

MASA = Namespace("https://w3id.org/masagraph/ns#")
ID = Namespace("https://w3id.org/masagraph/id/")
PROBLEM = "application/problem+json"


def problem(answer: Any, status: int) -> str:
    """Check that an answer is a problem document of a status; return its detail."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == PROBLEM
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == status
    return str(body["detail"])


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@cache
def data(*names: str) -> Graph:
    """Return data files as one graph, read by rdflib and not by the service."""
    graph = Graph()
    for name in names:
        graph.parse(find_resources().folder("data") / name, format="turtle")
    return graph


def last(iri: object) -> str:
    """Return the last part of an IRI."""
    return str(iri).replace("#", "/").rsplit("/", 1)[-1]
