"""Requests that go out byte for byte: client libraries mend what is wrong with them."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back; the names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@contextmanager
def sent(
    server: str,
    target: str | bytes,
    headers: Iterable[tuple[str, str | bytes]] = (),
    method: str = "GET",
    body: bytes | None = None,
    host: bytes | None = None,
) -> Iterator[socket.socket]:
    """Send one request on a line of its own, and give the line: the answer is still to be read.

    Args:
        server: its address.
        target: what stands in the first line; text goes out as Latin-1.
        headers: their names and values; Host, Connection and the body's length are added.
        method: the method.
        body: the body, if any.
        host: what Host says, if not the address of the server.
    """
    where = urlsplit(server)
    lines = [(b"Host", host or where.netloc.encode()), (b"Connection", b"close")]
    lines += [(name.encode(), _bytes(value)) for name, value in headers]
    if body is not None:
        lines.append((b"Content-Length", str(len(body)).encode()))
    head = method.encode() + b" " + _bytes(target) + b" HTTP/1.1\r\n"
    head += b"".join(name + b": " + value + b"\r\n" for name, value in lines)
    with socket.create_connection((str(where.hostname), int(where.port or 80)), 60) as line:
        line.sendall(head + b"\r\n" + (body or b""))
        yield line


def ask(
    server: str,
    target: str | bytes,
    headers: Iterable[tuple[str, str | bytes]] = (),
    method: str = "GET",
    body: bytes | None = None,
) -> Answer:
    """Send one request, as :func:`sent` does, and read its answer."""
    with sent(server, target, headers, method, body) as line:
        answer = http.client.HTTPResponse(line, method=method)
        answer.begin()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
