"""nginx before real processes of the service, with the files of deploy/ as they stand.

Only what differs on a machine of tests is changed in them: ports and folders.
"""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NGINX = ROOT / "deploy" / "nginx"
NAME = "masagraph.example.org"

MAIN = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/main-error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/conf.d/*.conf;
}}
"""

Needed = Callable[[str, str], str]


@pytest.fixture(scope="session")
def needed() -> Needed:
    """Find a program by its name and the Debian package that has it."""
    return _needed


def _needed(name: str, package: str) -> str:
    """Find a program, or skip: or fail, where those of operations are required."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")
    if found:
        return found
    reason = f"no {name} found; on Debian: apt-get install {package}"
    if os.environ.get("REQUIRE_OPERATIONS") == "1":
        pytest.fail(f"{reason}. REQUIRE_OPERATIONS=1 asks for it.", pytrace=False)
    pytest.skip(reason)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Service:
    """One process of the service, as its unit starts it."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start, and come back when it answers queries."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "masagraph", "serve"],
                env={**self.environment, "MASAGRAPH_PORT": str(self.port)},
                stderr=log,
            )
        _until(f"{self.address}/ready", self.process, self.log)

    def end(self, kill: bool = False) -> None:
        """End in good order, or at once, and wait for it."""
        assert self.process
        (self.process.kill if kill else self.process.terminate)()
        self.process.wait(70)


def _until(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    pytest.fail("the service did not start within two minutes")


@contextmanager
def services(count: int, store: Path, folder: Path) -> Iterator[list[Service]]:
    """So many processes over one store, with the settings of deploy/masagraph.env."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith("MASAGRAPH_")}
    lines = (ROOT / "deploy" / "masagraph.env").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    told |= {"MASAGRAPH_STORE": str(store), "MASAGRAPH_WORKERS": "2"}
    log = folder / "service.jsonl"
    started = [Service(free_port(), {**kept, **told}, log) for _ in range(count)]
    try:
        for service in started:
            service.start()
        yield started
    finally:
        for service in started:
            if service.runs:
                service.end()


@dataclass
class Proxy:
    """nginx, and how to speak to it."""

    folder: Path
    port: int
    plain_port: int
    context: ssl.SSLContext

    def connect(self, source: str = "127.0.0.1") -> HTTPSConnection:
        """Open a connection over TLS that trusts the one certificate."""
        line = HTTPSConnection(
            NAME, self.port, timeout=60, context=self.context, source_address=(source, 0)
        )
        # The name is that of the certificate; the address is that of this machine.
        line._create_connection = lambda _, *more: socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", self.port), *more
        )
        return line

    def ask(
        self, target: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request; return status, headers in small letters, and body."""
        line = self.connect()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, target, body, named)
        answer = line.getresponse()
        told: dict[str, str] = {}
        for name, value in answer.getheaders():
            told[name.lower()] = ", ".join(filter(None, (told.get(name.lower()), value)))
        content = answer.read()
        line.close()
        return answer.status, told, content

    def logged(self) -> str:
        """All that nginx has written."""
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a certificate that signs itself."""
    folder = tmp_path_factory.mktemp("certificate")
    command = [_needed("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", str(folder / "masagraph.key"), "-out", str(folder / "masagraph.crt")]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def write_nginx(
    folder: Path, certificate: Path, upstream: str, ports: list[int]
) -> tuple[int, int]:
    """Put the files of deploy/ into a folder; return the port for TLS and the plain one."""
    secure, plain = free_port(), free_port()
    changes = {
        "masagraph-site.conf": {
            "listen 443 ": f"listen 127.0.0.1:{secure} ",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "/etc/nginx/masagraph.crt": f"{certificate}/masagraph.crt",
            "/etc/nginx/masagraph.key": f"{certificate}/masagraph.key",
            "/var/log/nginx/": f"{folder}/",
        },
        upstream: {f"127.0.0.1:{8000 + n}": f"127.0.0.1:{port}" for n, port in enumerate(ports)},
    }
    (folder / "conf.d").mkdir()
    for name, swaps in changes.items():
        text = (NGINX / name).read_text(encoding="utf-8")
        for old, new in swaps.items():
            assert old in text, f"{name} no longer holds {old}"
            text = text.replace(old, new)
        (folder / "conf.d" / name).write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = MAIN.format(folder=folder, user=user)
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    return secure, plain


@contextmanager
def nginx_before(folder: Path, certificate: Path, ports: list[int]) -> Iterator[Proxy]:
    """nginx before processes on some ports, with the file for one or for two."""
    upstream = "masagraph-one.conf" if len(ports) == 1 else "masagraph-two.conf"
    secure, plain = write_nginx(folder, certificate, upstream, ports)
    command = [_needed("nginx", "nginx-light"), "-e", f"{folder}/main-error.log"]
    command += ["-p", str(folder), "-c", f"{folder}/nginx.conf"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 10
            while socket.socket().connect_ex(("127.0.0.1", secure)):
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)
            trust = ssl.create_default_context(cafile=str(certificate / "masagraph.crt"))
            yield Proxy(folder, secure, plain, trust)
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def behind(
    store_folder: Path, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, Service]]:
    """nginx before one process of the service."""
    folder = tmp_path_factory.mktemp("one")
    with ExitStack() as stack:
        (service,) = stack.enter_context(services(1, store_folder, folder))
        yield stack.enter_context(nginx_before(folder, certificate, [service.port])), service


@pytest.fixture(scope="module")
def started_pair(
    store_folder: Path, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Proxy, list[Service]]]:
    """nginx before two processes of the service."""
    folder = tmp_path_factory.mktemp("two")
    with ExitStack() as stack:
        both = stack.enter_context(services(2, store_folder, folder))
        yield stack.enter_context(nginx_before(folder, certificate, [s.port for s in both])), both


@pytest.fixture
def pair(started_pair: tuple[Proxy, list[Service]]) -> tuple[Proxy, list[Service]]:
    """The same two for each test; one that an earlier test ended is started again."""
    proxy, both = started_pair
    for service in both:
        if not service.runs:
            service.start()
    return proxy, both


Before = Callable[[list[int]], Proxy]


@pytest.fixture
def before(certificate: Path, tmp_path: Path) -> Iterator[Before]:
    """Start nginx before what a test has put on some ports."""
    with ExitStack() as stack:
        yield lambda ports: stack.enter_context(nginx_before(tmp_path, certificate, ports))
