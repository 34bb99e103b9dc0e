"""A store behind an endpoint: all of an answer or an error, never a part of it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from masagraph.errors import MasagraphError, QueryError, StoreError, Unavailable
from masagraph.questions.catalogue import Question, list_questions
from masagraph.questions.parameters import bind
from masagraph.resources import find_resources
from masagraph.store.endpoint import GRAPH, RESULTS, Endpoint
from masagraph.store.formats import GRAPHS, Limits
from masagraph.store.formats import RESULTS as RESULT_FORMATS
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, Scope, Store, Triples, Truth
from masagraph.store.remote import RemoteStore, open_endpoint

QUESTIONS = list_questions(find_resources())
SELECT = "SELECT ?a ?b { ?a ?p ?b }"
CONSTRUCT = "CONSTRUCT { ?a ?p ?b } { ?a ?p ?b }"

# A real endpoint


@pytest.fixture(scope="module")
def distant(other: str) -> Store:
    return RemoteStore(Endpoint(other, 60))


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])
def test_every_question_has_the_same_answer(
    question: Question, opened: Opened, distant: Store
) -> None:
    """Values are bound here and written in there; columns and rows are the same."""
    given = {p.name: p.example for p in question.parameters if p.example}
    terms = bind(question, given, opened.store, opened.data_date)
    here, there = opened.store.query(question.query, terms), distant.query(question.query, terms)
    assert isinstance(here, Rows)
    assert isinstance(there, Rows)
    assert there.variables == here.variables
    any_of_several = set(re.findall(r"SAMPLE\([^)]*\) AS \?(\w+)", question.query))
    places = [i for i, name in enumerate(here.variables) if name not in any_of_several]

    def counted(rows: Rows) -> Counter[str]:
        return Counter(str([row[i] for i in places]) for row in rows.rows)

    assert counted(there) == counted(here)


def test_a_scope_is_kept(opened: Opened, distant: Store) -> None:
    (name,) = [n for n in opened.store.graphs() if n.endswith("/sefton/arrangements-2021")]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    scope = Scope(default_graphs=(name,))
    assert distant.query(count, scope=scope) == opened.store.query(count, scope=scope)
    named = Scope(named_graphs=(name,))
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert distant.query(graphs, scope=named) == opened.store.query(graphs, scope=named)
    assert distant.graphs() == opened.store.graphs()
    assert {str(t) for t in distant.graph(name) if "_:" not in str(t)} == {
        str(t) for t in opened.store.graph(name) if "_:" not in str(t)
    }
    assert not distant.graph("https://example.org/none")


@pytest.mark.parametrize("form", [*RESULT_FORMATS, *GRAPHS], ids=lambda form: form.name)
def test_an_answer_is_written_as_by_any_store(form: object, opened: Opened, distant: Store) -> None:
    rows = "SELECT ?s ?n { ?s a masa:SafeguardingArea ; skos:notation ?n } ORDER BY ?n"
    text = (
        rows
        if form in RESULT_FORMATS
        else f"CONSTRUCT {{ ?s skos:notation ?n }} {{ {{ {rows} }} }}"
    )
    for limits in (Limits(), Limits(rows=3)):
        here = opened.store.written(text, lambda _: form, limits=limits)  # type: ignore[arg-type,return-value]
        there = distant.written(text, lambda _: form, limits=limits)  # type: ignore[arg-type,return-value]
        assert (there.truncated, there.form) == (here.truncated, here.form)
        assert sorted(there.content.splitlines()) == sorted(here.content.splitlines())


# An endpoint that does as it is told


@dataclass
class Stub:
    """What the endpoint answers, and what it was asked."""

    status: int = 200
    media_type: str = RESULTS
    body: bytes = b'{"head":{"vars":["a","b"]},"results":{"bindings":[]}}'
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    told: bool = True
    pause: float = 0
    asked: dict[str, list[str]] = field(default_factory=dict)
    address: str = ""


@pytest.fixture
def stub() -> Iterator[Stub]:
    told = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            told.asked["Accept"] = [self.headers["Accept"]]
            self.send_response(told.status)
            self.send_header("Content-Type", told.media_type)
            for name, value in told.headers.items():
                self.send_header(name, value)
            if told.told:
                self.send_header("Content-Length", str(told.length or len(told.body)))
            self.end_headers()
            try:
                for byte in told.body if told.pause else [told.body]:
                    self.wfile.write(bytes([byte]) if isinstance(byte, int) else byte)
                    time.sleep(told.pause)
            except OSError:
                pass  # nobody listens any more

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    yield told
    server.shutdown()
    server.server_close()


def ask(stub: Stub, query: str = SELECT, **bindings: ox.NamedNode | ox.Literal) -> object:
    return RemoteStore(Endpoint(stub.address, 1)).query(query, bindings)


def rows(*bindings: str) -> bytes:
    cells = [{"b": {"type": "literal", "value": text}} for text in bindings]
    return json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": cells}}).encode()


def test_what_is_sent(stub: Stub) -> None:
    ask(stub, "SELECT $a ?b { $a skos:prefLabel ?b } # INSERT", a=ox.NamedNode("urn:a"))
    (sent,) = stub.asked["query"]
    assert "<urn:a> skos:prefLabel ?b" in sent
    assert sent.startswith("PREFIX skos: ")
    assert stub.asked["Accept"] == [RESULTS]
    assert set(stub.asked) == {"query", "Accept"}


def test_a_hostile_value_stays_one_term(stub: Stub) -> None:
    ask(stub, "SELECT ?a ?b { ?a ?p ?b FILTER ( ?b = $said ) }",
        said=ox.Literal('") } DELETE WHERE { ?s ?p ?o } #'))  # fmt: skip
    assert r'( ?b = "\") } DELETE' in stub.asked["query"][0]


def test_a_column_whose_value_is_known_is_put_back(stub: Stub) -> None:
    stub.body = b'{"head":{"vars":["b"]},"results":{"bindings":[{},{}]}}'
    value = ox.Literal("x")
    assert ask(stub, "SELECT $a ?b { $a ?p ?b }", a=value) == Rows(
        ("a", "b"), ((value, None), (value, None))
    )


PARTS: dict[str, tuple[Callable[[Stub], None], str]] = {
    "cut in the middle": (lambda s: setattr(s, "body", rows("x", "y")[:-20]), SELECT),
    "cut after a row": (lambda s: setattr(s, "body", rows("x", "y").partition(b", {")[0]), SELECT),
    "less than told": (lambda s: setattr(s, "length", 10_000), SELECT),
    "empty": (lambda s: setattr(s, "body", b""), SELECT),
    "a page": (lambda s: _page(s), SELECT),
    "a page for a graph": (lambda s: _page(s), CONSTRUCT),
    "no length for a graph": (lambda s: _graph(s, told=False), CONSTRUCT),
    "a graph shorter than told": (lambda s: _graph(s, length=1_000), CONSTRUCT),
    "a graph cut in a line": (lambda s: _graph(s, body=b"<urn:a> <urn:b> <ur"), CONSTRUCT),
    "no such column": (lambda s: setattr(s, "body", rows().replace(b'"a", ', b"")), SELECT),
    "a yes for rows": (lambda s: setattr(s, "body", b'{"head":{},"boolean":true}'), SELECT),
    "rows for a yes": (lambda s: None, "ASK { ?s ?p ?o }"),
    "said in a header": (lambda s: s.headers.update({"Masagraph-Truncated": "true"}), SELECT),
    "said in the answer": (
        lambda s: setattr(s, "body", b'{"truncated":true,' + rows("x")[1:]), SELECT,
    ),
    "redirected elsewhere": (lambda s: _moved(s), SELECT),
}  # fmt: skip


def _page(stub: Stub) -> None:
    stub.media_type, stub.body = "text/html", b"<h1>Sign in</h1>"


def _graph(stub: Stub, **told: object) -> None:
    stub.media_type, stub.body = GRAPH, b"<urn:a> <urn:b> <urn:c> .\n"
    for name, value in told.items():
        setattr(stub, name, value)


def _moved(stub: Stub) -> None:
    stub.status, stub.headers = 307, {"Location": "ftp://127.0.0.1/x"}


@pytest.mark.parametrize(("spoil", "query"), PARTS.values(), ids=list(PARTS))
def test_a_part_of_an_answer_is_an_error(
    stub: Stub, spoil: Callable[[Stub], None], query: str
) -> None:
    spoil(stub)
    with pytest.raises((StoreError, Unavailable)) as caught:
        ask(stub, query)
    assert stub.address in caught.value.what
    assert caught.value.mend


def test_whole_answers(stub: Stub) -> None:
    assert ask(stub) == Rows(("a", "b"), ())
    _graph(stub)
    assert ask(stub, CONSTRUCT) == Triples(
        (ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")),)
    )
    stub.media_type, stub.body = RESULTS, b'{"head":{},"boolean":false}'
    assert ask(stub, "ASK { ?s ?p ?o }") == Truth(False)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, QueryError), (401, StoreError), (404, StoreError), (406, StoreError),
     (429, Unavailable), (500, StoreError), (503, Unavailable)],
)  # fmt: skip
def test_errors_of_an_endpoint(stub: Stub, status: int, kind: type[MasagraphError]) -> None:
    stub.status, stub.headers = status, {"Retry-After": "7"}
    stub.media_type, stub.body = "application/problem+json", b'{"detail": "Not today."}'
    with pytest.raises(kind) as caught:
        ask(stub)
    if kind is not StoreError:
        assert "Not today" in str(caught.value)
    if isinstance(caught.value, Unavailable):
        assert caught.value.after == 7
    assert "\\n" not in str(caught.value)


def test_an_answer_that_trickles_in_is_not_waited_for(stub: Stub) -> None:
    stub.body, stub.pause = rows(*"abcdefgh"), 0.05
    begun = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        ask(stub)
    assert caught.value.reason == "time"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "query",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT",
        "SELECT * { ?s x:y ?o }",
        "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }",
    ],
)
def test_what_is_wrong_is_not_sent(stub: Stub, query: str) -> None:
    with pytest.raises(QueryError):
        ask(stub, query)
    assert not stub.asked


def test_other_data_are_not_opened(stub: Stub) -> None:
    stub.body = b'{"head":{"vars":["version","shapes","software"]},"results":{"bindings":[]}}'
    with pytest.raises(StoreError) as caught:
        open_endpoint(stub.address)
    assert "holds no data of masagraph" in str(caught.value)
