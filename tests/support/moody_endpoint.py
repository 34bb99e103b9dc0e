"""An endpoint that answers well, or in whatever way a test has it fail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pyoxigraph as ox

from masagraph.vocab import PREFIXES

MASA = PREFIXES["masa"]
FINDINGS, GRAPH = ox.NamedNode("http://example.org/findings"), ox.NamedNode("http://example.org/g")
QUADS = ox.NamedNode(f"{MASA}quads")
DAY = "2026-11-22"
_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


class Moody:
    """What the endpoint holds, and how it answers.

    Attributes:
        mood: ``well``, ``busy``, ``fails``, ``refuses``, ``cut`` or ``slow``.
        asked: the queries that came, in order.
        shapes: the version of the shapes that the findings are made with.
        keeps_scopes: whether it pays heed to default-graph-uri.
        address: of the endpoint.
    """

    def __init__(self) -> None:
        self.mood, self.asked, self.address = "well", list[str](), ""
        self.held, self.shapes, self.keeps_scopes = ox.Store(), "a", True

    def hold(self, number: int) -> None:
        """Hold data of a version that ends in a number."""
        held = ox.Store()
        made = {"data": f"{DAY}-{number:08d}", "shapes": self.shapes, "software": "0.1.0"}
        for name, version in made.items():
            term = ox.NamedNode(f"{MASA}{name}Version")
            held.add(ox.Quad(FINDINGS, term, ox.Literal(version)))
        day = ox.Literal(DAY, datatype=_DATE)
        held.add(ox.Quad(FINDINGS, ox.NamedNode(f"{MASA}asAt"), day, ox.DefaultGraph()))
        held.add(ox.Quad(FINDINGS, ox.NamedNode(f"{MASA}asAt"), day, GRAPH))
        held.add(ox.Quad(FINDINGS, QUADS, ox.Literal(len(held) + 1)))
        self.held = held

    def answer(self, query: str, graphs: list[str]) -> bytes:
        """Return rows as JSON, or a graph.

        Args:
            query: what is asked.
            graphs: what is to be the default graph, where that is said.
        """
        if graphs and self.keeps_scopes:
            seen = [ox.NamedNode(name) for name in graphs]
            found = self.held.query(query, default_graph=seen, named_graphs=[])
        else:
            found = self.held.query(query)
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""


@contextmanager
def moody_endpoint(number: int = 1) -> Iterator[Moody]:
    """Start an endpoint that holds data of a version that ends in a number."""
    moody = Moody()
    moody.hold(number)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = parse_qs(body)
            moody.asked.append(told["query"][0])
            graphs = told.get("default-graph-uri", [])
            status = {"busy": 503, "fails": 500, "refuses": 400}.get(moody.mood, 200)
            content = (
                moody.answer(moody.asked[-1], graphs) if status == 200 else b"in its own words"
            )
            if moody.mood == "slow":
                time.sleep(3)
            self.send_response(status)
            self.send_header("Content-Type", self.headers["Accept"])
            sent = content[: len(content) // 2] if moody.mood == "cut" else content
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        moody.address = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield moody
        server.shutdown()
