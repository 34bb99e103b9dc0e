"""Start the servers to be measured, each as processes of its own, and stop them."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO

HOST = "127.0.0.1"
OURS = "masagraph"
OXIGRAPH = "oxigraph"
IN_MEMORY = "oxigraph in memory"
RDFLIB = "rdflib-endpoint"

UNLIMITED = {"MASAGRAPH_CLIENT_RATE": ""}
"""The one setting that is not the service's default: one client alone may ask without pause."""

_PORTS = range(20_000, 30_000)
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 15


@dataclass(frozen=True, slots=True)
class Server:
    """A server on this machine.

    Attributes:
        name: how it is called in tables.
        port: where it listens.
        path: where it takes queries.
    """

    name: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Started(Server):
    """A server that was started here.

    Attributes:
        filling: N-Quads to send it when it answers; None when it has its data already.
        process: its first process.
        said: what it wrote to its standard output and error.
    """

    filling: Path | None
    process: subprocess.Popen[bytes]
    said: IO[bytes]


class ServerError(Exception):
    """A server that did not start. Its message ends with what the server said."""


def masagraph(store: Path, settings: Mapping[str, str]) -> AbstractContextManager[Started]:
    """Start this service, as ``masagraph serve`` does.

    Args:
        store: the folder of the store.
        settings: environment variables; no other setting of this shell is handed on.
    """
    command = [sys.executable, "-m", "masagraph", "serve", "--store", str(store), "--port"]
    return _running(OURS, "/sparql", lambda port: [*command, str(port)], settings=settings)


def oxigraph(
    database: Path, *options: str, port: int | None = None
) -> AbstractContextManager[Started]:
    """Start Oxigraph's own server over a database on disk, which it only reads.

    Args:
        database: its folder.
        options: further options of its command.
        port: where it is to listen; any free port by default.
    """
    command = [_program("oxigraph"), "serve-read-only", "--location", str(database), *options]
    return _running(
        OXIGRAPH, "/query", lambda where: [*command, "--bind", f"{HOST}:{where}"], port=port
    )


def oxigraph_in_memory(quads: Path) -> AbstractContextManager[Started]:
    """Start Oxigraph's own server with nothing on disk, to be filled over HTTP."""
    command = [_program("oxigraph"), "serve", "--bind"]
    return _running(IN_MEMORY, "/query", lambda port: [*command, f"{HOST}:{port}"], filling=quads)


def rdflib_endpoint(triples: Path) -> AbstractContextManager[Started]:
    """Start rdflib-endpoint over one graph in memory."""
    command = [_program("rdflib-endpoint"), "serve", str(triples), "--host", HOST, "--port"]
    return _running(RDFLIB, "/", lambda port: [*command, str(port)])


def rdflib_dataset(quads: Path) -> AbstractContextManager[Started]:
    """Start rdflib-endpoint over all graphs of a store, with the store's default graph."""
    command = [sys.executable, str(Path(__file__).with_name("rdflib_dataset.py")), str(quads)]
    return _running(RDFLIB, "/", lambda port: [*command, str(port)])


def wait_for(servers: Iterable[Started]) -> None:
    """Wait until all of some servers answer, and give them the data that they lack.

    Raises:
        ServerError: when one does not answer.
    """
    deadline = time.monotonic() + _SECONDS_TO_START
    for server in servers:
        if not _answers(server, deadline) or not _filled(server):
            server.said.seek(0)
            last = server.said.read().decode(errors="replace")[-2000:]
            code = server.process.poll()
            how = "did not answer" if code is None else f"ended with {code}"
            raise ServerError(f"{server.name} {how}: {last}")


def free_port() -> int:
    """Return a port of this machine that nobody listens on.

    It is none of those that a system gives to clients: while a server starts, somebody's
    connection could take that, even the one that asks whether the server is there.
    """
    for port in Random().sample(_PORTS, len(_PORTS)):  # noqa: S311 - no secret
        with suppress(OSError), socket.create_server((HOST, port)):
            return port
    raise ServerError("there is no free port")


def _program(name: str) -> str:
    """Return the path of a program that is installed beside the Python that runs this."""
    path = Path(sys.executable).with_name(name)
    if not path.exists():
        raise ServerError(f"{name} is not installed; run: pip install masagraph[dev]")
    return str(path)


@contextmanager
def _running(
    name: str,
    path: str,
    command: Callable[[int], Sequence[str]],
    *,
    settings: Mapping[str, str] | None = None,
    filling: Path | None = None,
    port: int | None = None,
) -> Iterator[Started]:
    """Start a server, and in the end stop it with all its processes."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MASAGRAPH_")}
    port = port or free_port()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - a program of ours with arguments of ours
            command(port),
            env={**clean, **(settings or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Started(name, port, path, filling, process, said)
        finally:
            _stop(process)


def _answers(server: Started, deadline: float) -> bool:
    """Wait until a server answers a query; false when it ends or takes too long."""
    while time.monotonic() < deadline and server.process.poll() is None:
        if _status(server, server.path, "application/sparql-query", b"ASK {}") == 200:
            return True
        time.sleep(0.05)
    return False


def _filled(server: Started) -> bool:
    if server.filling is None:
        return True
    return _status(server, "/store", "application/n-quads", server.filling.read_bytes()) < 300


def _status(server: Server, path: str, kind: str, body: bytes) -> int:
    """Send something to a server; return the status of its answer, 1000 when there is none."""
    connection = http.client.HTTPConnection(HOST, server.port, timeout=_SECONDS_TO_START)
    try:
        connection.request("POST", path, body, {"Content-Type": kind})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 1000
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, and after a while kill its session: the processes started here."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
