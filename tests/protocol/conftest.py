"""The service over the real store: in this process, and as a server of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from refusals import FILE, WEB

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

# For test_fuzz.py: noise that is other each time, and more of it, when it is asked for.
settings.register_profile(
    "noise", max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck)
)

Wait = Callable[[subprocess.Popen[bytes], str], None]
"""Waits until a server answers at an address; fails when it ends before."""


@pytest.fixture(scope="session")
def app(store_folder: Path, live: Live) -> FastAPI:
    """The service with its default limits."""
    return create_app(Settings(store=store_folder), live)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Ask the service; a fault of it is answered as it would be to anybody."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def narrow(store_folder: Path, live: Live) -> Iterator[TestClient]:
    """The service with limits that a test can reach."""
    limits = Settings(store=store_folder, max_rows=1, max_body=500, max_query=200)
    with TestClient(create_app(limits, live), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


@pytest.fixture(scope="session")
def wait() -> Wait:
    """How a test waits for a server that it has started itself."""
    return _wait


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert isinstance(port, int)
    return port


@pytest.fixture(scope="session")
def server(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``masagraph serve``, started with ``--store`` and no other setting."""
    port = free_port()
    elsewhere = str(tmp_path_factory.mktemp("elsewhere"))
    clean = {name: v for name, v in os.environ.items() if not name.startswith("MASAGRAPH_")}
    command = [sys.executable, "-m", "masagraph", "serve", "--port", str(port), "--store"]
    with subprocess.Popen(
        [*command, str(store_folder)],
        env={**clean, "MASAGRAPH_STORE": elsewhere},
        stderr=subprocess.PIPE,  # which nobody reads while it runs: it must not mind
    ) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(process, f"{address}/health")
            yield address
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            pytest.fail(f"the service ended with {process.returncode}: {said[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    pytest.fail("the service did not start within 30 seconds")


@dataclass(frozen=True)
class Listener:
    """A socket that would hear of any request."""

    server: socket.socket

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/data.ttl"

    def heard(self) -> bool:
        """Whether anybody has called. The kernel takes calls before they are answered."""
        try:
            caller, _ = self.server.accept()
        except BlockingIOError:
            return False
        caller.close()
        return True


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A socket that nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield Listener(server)


@dataclass(frozen=True)
class Canary:
    """A file that nobody should read: its words would show up, and its time of access change."""

    path: Path
    words = "the canary sings"

    @property
    def url(self) -> str:
        return self.path.as_uri()

    def touched(self) -> bool:
        """Whether the file has been read since it was laid."""
        return self.path.stat().st_atime_ns != 0


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    """A file of RDF that nobody should read."""
    laid = Canary(tmp_path / "canary.ttl")
    laid.path.write_text(f'<x:canary> <x:sings> "{laid.words}" .\n', encoding="ascii")
    # A time of access before that of the last change is renewed by the first reading, also
    # where a file system spares itself the others.
    os.utime(laid.path, ns=(0, laid.path.stat().st_mtime_ns))
    return laid


@dataclass(frozen=True)
class Traps:
    """A socket that nobody should call, and a file that nobody should read."""

    listener: Listener
    canary: Canary

    def put(self, text: str) -> str:
        """Write the addresses of the two into a text."""
        return text.replace(WEB, self.listener.url).replace(FILE, self.canary.url)

    def unsprung(self) -> None:
        assert not self.listener.heard(), "a request was sent"
        assert not self.canary.touched(), "a file was read"


@pytest.fixture
def traps(listener: Listener, canary: Canary) -> Iterator[Traps]:
    """The two traps, looked at once more when the test has ended."""
    laid = Traps(listener, canary)
    yield laid
    laid.unsprung()
