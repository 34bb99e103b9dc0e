"""Requests that go out byte for byte: client libraries mend what is wrong with them."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterable
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


def ask(
    server: str,
    target: str | bytes,
    headers: Iterable[tuple[str, str | bytes]] = (),
    method: str = "GET",
    body: bytes | None = None,
) -> Answer:
    """Send one request on a line of its own.

    Args:
        server: its address.
        target: what stands in the first line; text goes out as Latin-1.
        headers: their names and values; Host, Connection and the body's length are added.
        method: the method.
        body: the body, if any.
    """
    where = urlsplit(server)
    lines = [(b"Host", where.netloc.encode()), (b"Connection", b"close")]
    lines += [(name.encode(), _bytes(value)) for name, value in headers]
    if body is not None:
        lines.append((b"Content-Length", str(len(body)).encode()))
    head = method.encode() + b" " + _bytes(target) + b" HTTP/1.1\r\n"
    head += b"".join(name + b": " + value + b"\r\n" for name, value in lines)
    with socket.create_connection((str(where.hostname), int(where.port or 80)), 60) as line:
        line.sendall(head + b"\r\n" + (body or b""))
        answer = http.client.HTTPResponse(line, method=method)
        answer.begin()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
