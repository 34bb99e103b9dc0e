"""Bodies that grow, and queries and drafts without a floor: refused, or answered, and survived."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from api_answers import PROBLEM
from fastapi.testclient import TestClient
from refusals import ASK, CHECK, DIRECT, FORM, JSONLD, TURTLE, check, refused

from masagraph.settings import Settings
from masagraph.web.app import create_app

if TYPE_CHECKING:
    from tests.protocol.conftest import Traps

HEAVY = b"# " + b"0" * 20_000_000
PACKED = {
    "gzip": gzip.compress(HEAVY),
    "deflate": zlib.compress(HEAVY),
    "gzip, gzip": gzip.compress(gzip.compress(HEAVY)),
    "br": b"\x8b\x02\x80",
    "zstd": b"\x28\xb5\x2f\xfd",
    "x-gzip": gzip.compress(HEAVY),
    "identity, gzip": gzip.compress(HEAVY),
    "nonsense": b"ASK {}",
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize(
    ("url", "kind"), [("/sparql", DIRECT), ("/sparql", FORM), (CHECK, TURTLE), (CHECK, JSONLD)]
)
def test_a_packed_body_is_not_unpacked(
    client: TestClient, traps: Traps, url: str, kind: str, encoding: str
) -> None:
    headers = {"content-type": kind, "content-encoding": encoding}
    detail = refused(client.post(url, content=PACKED[encoding], headers=headers), traps, 400, 415)
    assert "Content-Encoding" in detail


def nested(opening: str, closing: str, depth: int, inner: str = "") -> str:
    return opening * depth + inner + closing * depth


DEEP_QUERIES = {
    "groups": "ASK " + nested("{", "}", 5_000),
    "groups beyond the limit of length": "ASK " + nested("{", "}", 500_000),
    "brackets": "SELECT (" + nested("(", ")", 5_000, "1") + " AS ?x) {}",
    "signs": f"SELECT ({'!' * 15_000}1 AS ?x) {{}}",
    "minus signs": f"SELECT ({'- ' * 9_000}1 AS ?x) {{}}",
    "sum": f"SELECT ({'1+' * 9_000}1 AS ?x) {{}}",
    "or": f"SELECT ({'1||' * 6_000}1 AS ?x) {{}}",
    "and": f"SELECT ({'1&&' * 6_000}1 AS ?x) {{}}",
    "equals": f"SELECT ({'1=' * 9_000}1 AS ?x) {{}}",
    "lists": f"ASK {{ ?s ?p {nested('(', ')', 5_000)} }}",
    "blank nodes": f"ASK {{ ?s ?p {nested('[ ?p ', ']', 3_000)} }}",
    "paths": f"ASK {{ ?s {nested('(', ')', 5_000, 'a')} ?o }}",
    "long path": f"ASK {{ ?s {'a/' * 9_000}a ?o }}",
    "alternatives": f"ASK {{ ?s {'a|' * 9_000}a ?o }}",
    "inverse": f"ASK {{ ?s {'^(' * 3_000}a{')' * 3_000} ?o }}",
    "stars": f"ASK {{ ?s {'(' * 3_000}a{')*' * 3_000} ?o }}",
    "negated": f"ASK {{ ?s !({'a|' * 9_000}a) ?o }}",
    "unions": f"ASK {{ {'{}UNION' * 2_000}{{}} }}",
    "optionals": "ASK " + nested("{OPTIONAL", "}", 1_800, "{}"),
    "optionals in a row": f"ASK {{ {'OPTIONAL{}' * 1_900} }}",
    "minuses": f"ASK {{ {'MINUS{}' * 2_500} }}",
    "filters": f"ASK {{ {'FILTER(1)' * 2_000} }}",
    "exists": "ASK " + nested("{FILTER EXISTS", "}", 1_200, "{}"),
    "subselects": "SELECT * " + nested("{SELECT * ", "}", 1_500, "{}"),
    "binds": "ASK { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(900)) + " }",
    "joins": f"ASK {{ {'{}' * 9_000} }}",
    "triples": f"ASK {{ {'?s ?p ?o.' * 2_000} }}",
    "values": f"ASK {{ VALUES ?x {{ {'1 ' * 9_000} }} }}",
    "in": f"ASK {{ FILTER ( 1 IN ( {'1,' * 9_000}1 ) ) }}",
    "concat": "SELECT (" + nested("CONCAT(", ")", 2_000, "''") + " AS ?x) {}",
    "if": f"SELECT ({'IF(1,1,' * 2_500}1{')' * 2_500} AS ?x) {{}}",
    "triple terms": f"ASK {{ ?s ?p {nested('<<( ?s ?p ', ')>>', 1_400, '?o')} }}",
    "lateral": "ASK " + nested("{LATERAL", "}", 1_900, "{}"),
    "graphs": "ASK " + nested("{GRAPH ?g", "}", 1_900, "{}"),
    "doubling": "ASK { BIND('x' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(50))
    + " FILTER(STRLEN(?v50) > 1) }",
    "a long word": "A" * 19_000,
    "a long comment": "#" * 19_000,
    "prefixes": "".join(f"PREFIX p{n}: <x:>" for n in range(1_100)) + "ASK {}",
}


@pytest.fixture(scope="module")
def hasty(store_folder: Path) -> Iterator[TestClient]:
    """The service with little patience."""
    app = create_app(Settings(store=store_folder, query_seconds=3))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("name", DEEP_QUERIES)
def test_a_query_without_a_floor(hasty: TestClient, name: str) -> None:
    """Answered, refused or stopped, never a fault; and the next query is answered."""
    answer = hasty.post("/sparql", data={"query": DEEP_QUERIES[name]})
    assert answer.status_code in (200, 400, 413, 503), answer.text[:300]
    if answer.status_code == 503:
        assert answer.json()["reason"] in ("time", "memory")
    assert hasty.get("/sparql", params={"query": ASK}).json()["boolean"] is True


DEEP_DRAFTS = {
    "lists": (TURTLE, "<x:a> <x:b> " + nested("(", ")", 200_000) + " ."),
    "unclosed lists": (TURTLE, "<x:a> <x:b> " + "(" * 2_000_000),
    "blank nodes": (TURTLE, "<x:a> <x:b> " + nested("[ <x:b> ", "]", 200_000, "1") + " ."),
    "triple terms": (TURTLE, "<x:a> <x:b> " + nested("<<( <x:a> <x:b> ", ")>>", 50_000, "1")),
    "reified triples": (TURTLE, nested("<< ", " <x:b> 1 >>", 50_000, "<x:a>") + " <x:b> 1 ."),
    "arrays": (JSONLD, '{"@id": "x:a", "x:b": ' + nested("[", "]", 500_000) + "}"),
    "unclosed arrays": (JSONLD, "[" * 2_000_000),
    "objects": (JSONLD, nested('{"x:b":', "}", 200_000, "1")),
    "lists of JSON": (JSONLD, '{"x:b":' + nested('{"@list":[', "]}", 100_000) + "}"),
    "contexts": (JSONLD, nested('{"@context":{},"x:b":', "}", 50_000, "1")),
    "included": (JSONLD, nested('{"@included":', "}", 100_000, "{}")),
    "a long literal": (TURTLE, f'<x:a> <x:b> "{"x" * 4_900_000}" .'),
    "a long unclosed literal": (TURTLE, f'<x:a> <x:b> """{"x" * 4_900_000}'),
    "a long name": (TURTLE, f"<x:{'a' * 4_900_000}> <x:b> 1 ."),
    "a long number": (TURTLE, f"<x:a> <x:b> {'9' * 4_900_000} ."),
    "a long language": (TURTLE, f'<x:a> <x:b> "x"@{"a" * 4_900_000} .'),
    "a long comment": (TURTLE, "#" * 4_900_000),
    "many triples": (TURTLE, "<x:a> <x:b> " + ",".join(map(str, range(600_000))) + " ."),
    "many prefixes": (TURTLE, "".join(f"@prefix p{n}: <x:> .\n" for n in range(200_000))),
    "many graphs": (
        "application/trig", "".join(f"<x:{n}>{{<x:a><x:b>{n}}}" for n in range(150_000))
    ),
    "no text": (TURTLE, "\x00" * 1_000),
    "a mark of order alone": (TURTLE, "\ufeff"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP_DRAFTS)
def test_a_draft_without_a_floor(client: TestClient, name: str) -> None:
    """Refused with a reason, never a crash; and the next draft is looked at."""
    kind, text = DEEP_DRAFTS[name]
    answer = check(client, text, kind)
    assert answer.status_code in (400, 413, 422), answer.text[:300]
    assert answer.headers["content-type"] == PROBLEM
    assert len(answer.content) < 5_000, "a draft is not sent back"
    assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_a_draft_that_is_too_large(client: TestClient, traps: Traps) -> None:
    refused(check(client, b"#" * 5_000_001, TURTLE), traps, 413)
