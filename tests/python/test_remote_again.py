"""What an endpoint is asked again, and what not: no test sleeps, as the waits are only noted."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pyoxigraph as ox
import pytest

from masagraph.errors import MasagraphError, QueryError, StoreError, Unavailable
from masagraph.store.endpoint import PAUSES, Endpoint
from masagraph.store.protocol import Rows
from masagraph.store.remote import RemoteStore

BODY = json.dumps(
    {"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "urn:a"}}]}}
).encode()
ROW = Rows(("a",), ((ox.NamedNode("urn:a"),),))
RESET, CLOSED = b"reset", b"closed"


def http(status: int = 200, body: bytes = BODY, length: int | None = None, **more: str) -> bytes:
    """Return all that a server sends."""
    heads = {
        "Content-Type": "application/sparql-results+json",
        "Content-Length": str(len(body) if length is None else length),
        "Connection": "close",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in heads.items())]
    return "\r\n".join((*lines, "", "")).encode() + body


@dataclass
class Faulty:
    """A server that does one thing after another, one a connection, and notes the waits.

    Attributes:
        script: what it is still to do: :data:`RESET`, :data:`CLOSED`, or what to send.
        waits: the pauses that the client would have made.
        between: done in each pause, as something that happens meanwhile.
    """

    script: list[bytes]
    waits: list[float] = field(default_factory=list)
    between: Callable[[], None] = lambda: None
    _listener: socket.socket = field(default_factory=socket.socket)

    def __post_init__(self) -> None:
        self._listener.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/sparql"

    def listen(self) -> None:
        """Take connections from now on; before that they are refused."""
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def ask(self, seconds: float = 60) -> object:
        """Ask it for a row."""
        store = RemoteStore(Endpoint(self.address, seconds, self._pause))
        return store.query("SELECT ?a { ?a ?p ?o }")

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()

    def _pause(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.between()

    def _serve(self) -> None:
        try:
            while self.script:
                connection, _ = self._listener.accept()
                with connection:
                    self._do(connection, self.script.pop(0))
        except OSError:
            pass  # the test has ended

    def _do(self, connection: socket.socket, what: bytes) -> None:
        received = connection.recv(1 << 16)
        while received and b"query=" not in received:
            received += connection.recv(1 << 16)
        if what == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif what != CLOSED:
            connection.sendall(what)


@pytest.fixture
def faulty() -> Iterator[Callable[..., Faulty]]:
    """Make a server that listens and does what it is told."""
    made: list[Faulty] = []

    def make(*script: bytes) -> Faulty:
        made.append(Faulty(list(script)))
        made[0].listen()
        return made[0]

    yield make
    for server in made:
        server.close()


@pytest.mark.parametrize("fault", [RESET, CLOSED, http(503, b"")], ids=["reset", "closed", "503"])
def test_what_did_not_begin_is_asked_again(faulty: Callable[..., Faulty], fault: bytes) -> None:
    server = faulty(fault, fault, http())
    assert server.ask() == ROW
    assert server.waits == list(PAUSES[:2])


def test_a_server_that_is_not_up_yet_is_waited_for() -> None:
    server = Faulty([http()])
    try:
        server.between = server.listen
        assert server.ask() == ROW
        assert server.waits == [PAUSES[0]]
    finally:
        server.close()


def test_a_server_that_stays_away_is_told_of_after_some_tries() -> None:
    server = Faulty([])
    try:
        with pytest.raises(Unavailable) as caught:
            server.ask()
        assert "cannot be reached" in caught.value.what
        assert caught.value.mend
        assert server.waits == list(PAUSES)
    finally:
        server.close()


def test_a_server_that_stays_busy_is_told_of_in_its_words(faulty: Callable[..., Faulty]) -> None:
    server = faulty(*[http(503, b'{"detail": "Too much to do."}')] * (len(PAUSES) + 1))
    with pytest.raises(Unavailable) as caught:
        server.ask()
    assert "Too much to do" in caught.value.what
    assert server.waits == list(PAUSES)
    assert not server.script


@pytest.mark.parametrize("reason", ["time", "memory"])
def test_what_was_too_much_is_not_asked_again(faulty: Callable[..., Faulty], reason: str) -> None:
    """As a service of masagraph says of a query that it stopped."""
    server = faulty(http(503, f'{{"detail": "Stopped.", "reason": "{reason}"}}'.encode()))
    with pytest.raises(Unavailable) as caught:
        server.ask()
    assert caught.value.reason == reason
    assert not server.waits


def test_the_wait_that_a_server_asks_for_is_kept(faulty: Callable[..., Faulty]) -> None:
    server = faulty(http(503, b"", Retry_After="7"), http(503, b"", Retry_After="0"), http())
    assert server.ask() == ROW
    assert server.waits == [7, PAUSES[1]]  # never less than our own


def test_a_wait_may_be_told_as_a_date(faulty: Callable[..., Faulty]) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    server = faulty(http(503, b"", Retry_After=then), http())
    assert server.ask() == ROW
    (wait,) = server.waits
    assert 10 < wait <= 20


@pytest.mark.parametrize("told", ["soon", "-1", "1.5", "Sun, 99 Nov 2026 00:00:00 GMT", "9" * 400])
def test_a_wait_that_is_none_is_not_kept(faulty: Callable[..., Faulty], told: str) -> None:
    server = faulty(http(503, b"", Retry_After=told), http())
    assert server.ask() == ROW
    assert server.waits == [PAUSES[0]]


def test_no_wait_goes_beyond_the_time_there_is(faulty: Callable[..., Faulty]) -> None:
    server = faulty(http(503, b"", Retry_After="61"), http())
    with pytest.raises(Unavailable) as caught:
        server.ask(seconds=60)
    assert caught.value.after == 61
    assert server.waits == []
    assert len(server.script) == 1  # it was not asked again


ONCE: dict[str, tuple[bytes, type[MasagraphError]]] = {
    "a part of the answer": (http(length=len(BODY) + 10), Unavailable),
    "JSON without its end": (http(body=BODY[:-2]), StoreError),
    "a time-out told as an error in the answer": (
        http(body=BODY[:-3] + b"\nThe query timed out"), StoreError,
    ),
    "nothing": (http(body=b""), StoreError),
    "a page": (http(body=b"<h1>Sign in</h1>", Content_Type="text/html"), StoreError),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n", Unavailable),
    "400": (http(400, b"not a query"), QueryError),
    "403": (http(403, b""), StoreError),
    "404": (http(404, b""), StoreError),
    "429": (http(429, b""), Unavailable),
    "500": (http(500, b""), StoreError),
    "502": (http(502, b""), StoreError),
    "504": (http(504, b""), StoreError),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "kind"), ONCE.values(), ids=list(ONCE))
def test_everything_else_is_an_error_at_once(
    faulty: Callable[..., Faulty], answer: bytes, kind: type[MasagraphError]
) -> None:
    server = faulty(answer, http())
    with pytest.raises(kind) as caught:
        server.ask()
    assert server.address in caught.value.what
    assert caught.value.mend
    assert server.waits == []
    assert len(server.script) == 1  # it was not asked again


def test_a_host_that_is_not_there_is_told_at_once() -> None:
    waits: list[float] = []
    endpoint = Endpoint("http://masagraph.invalid/sparql", 5, waits.append)
    with pytest.raises(Unavailable):
        RemoteStore(endpoint).query("ASK {}")
    assert not waits
