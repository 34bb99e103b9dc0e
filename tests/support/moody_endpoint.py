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
DAY = "2026-11-22"
_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


class Moody:
    """What the endpoint holds, and how it answers.

    Attributes:
        mood: ``well``, ``busy``, ``fails``, ``refuses``, ``cut`` or ``slow``.
        asked: the queries that came, in order.
        address: of the endpoint.
    """

    def __init__(self) -> None:
        self.mood, self.asked, self.address = "well", list[str](), ""
        self.held = ox.Store()

    def hold(self, number: int) -> None:
        """Hold data of a version that ends in a number."""
        held = ox.Store()
        version = ox.Literal(f"{DAY}-{number:08d}")
        held.add(ox.Quad(FINDINGS, ox.NamedNode(f"{MASA}dataVersion"), version))
        day = ox.Literal(DAY, datatype=_DATE)
        held.add(ox.Quad(FINDINGS, ox.NamedNode(f"{MASA}asAt"), day, ox.DefaultGraph()))
        held.add(ox.Quad(FINDINGS, ox.NamedNode(f"{MASA}asAt"), day, GRAPH))
        self.held = held

    def answer(self, query: str) -> bytes:
        """Return rows as JSON, or a graph."""
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
            moody.asked.append(parse_qs(body)["query"][0])
            status = {"busy": 503, "fails": 500, "refuses": 400}.get(moody.mood, 200)
            content = moody.answer(moody.asked[-1]) if status == 200 else b"in its own words"
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
