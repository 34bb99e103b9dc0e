"""The service over the real store: in this process, and as a server of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.web.app import create_app


@pytest.fixture(scope="session")
def app(store_folder: Path) -> FastAPI:
    """The service with its default limits."""
    return create_app(Settings(store=store_folder))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    """Ask the service; a fault of it is answered as it would be to anybody."""
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def narrow(store_folder: Path) -> TestClient:
    """The service with limits that a test can reach."""
    limits = Settings(store=store_folder, max_rows=1, max_body=500, max_query=200)
    return TestClient(create_app(limits), raise_server_exceptions=False)


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
        stderr=subprocess.PIPE,
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
