"""One process behind nginx with TLS: what passes, what does not, and what is written down."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import ssl
import threading
import urllib.parse
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from masagraph.settings import Settings

if TYPE_CHECKING:
    from conftest import Before, Proxy, Service

Behind = tuple["Proxy", "Service"]
SITE = Path(__file__).parents[2] / "deploy" / "nginx" / "masagraph-site.conf"
QUERY = "SELECT ?d WHERE { ?d a masa:Duty } ORDER BY ?d LIMIT 50"
CSV = "text/csv"


def sparql(query: str) -> str:
    return f"/sparql?{urllib.parse.urlencode({'query': query})}"


def direct(service: Service, target: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the service itself."""
    request = urllib.request.Request(service.address + target, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()


# What passes


@pytest.mark.parametrize("target", ["/", "/areas/warwickshire/gaps", "/api/areas", "/void"])
def test_an_answer_is_that_of_the_service(behind: Behind, target: str) -> None:
    proxy, service = behind
    status, headers, body = proxy.ask(target)
    _, told, own = direct(service, target)
    assert (status, body) == (200, own)
    own_way = {"date", "server", "connection", "x-request-id", "content-length", "vary"}
    same = {k: v for k, v in headers.items() if k not in own_way}
    assert same.pop("strict-transport-security") == "max-age=31536000"
    same.pop("transfer-encoding", "")
    assert same == {k: v for k, v in told.items() if k not in own_way}
    assert headers["server"] == "nginx"


def test_every_answer_of_nginx_asks_for_tls_next_time(behind: Behind) -> None:
    proxy, _ = behind
    for target in ("/", "/metrics", "/nothing-here"):
        assert "strict-transport-security" in proxy.ask(target)[1], target


@pytest.mark.parametrize("target", ["/areas/warwickshire/gaps", "/api/areas"])
def test_what_is_large_is_compressed_and_the_same(behind: Behind, target: str) -> None:
    """A page by the service, an answer for programs by nginx; the validator stays."""
    proxy, _ = behind
    _, plain, whole = proxy.ask(target)
    _, headers, packed = proxy.ask(target, Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert "accept-encoding" in headers["vary"].lower()
    assert gzip.decompress(packed) == whole
    assert headers["etag"] == plain["etag"]
    status, _, body = proxy.ask(target, If_None_Match=headers["etag"], Accept_Encoding="gzip")
    assert (status, body) == (304, b"")


def test_head_says_what_get_would_and_sends_nothing(behind: Behind) -> None:
    proxy, _ = behind
    for target in ("/", sparql(QUERY), "/api/areas"):
        status, headers, _ = proxy.ask(target)
        bare = proxy.ask(target, "HEAD")
        assert (bare[0], bare[2]) == (status, b"") == (200, b"")
        assert bare[1]["content-type"] == headers["content-type"]
        assert bare[1]["etag"] == headers["etag"]


def test_sparql_by_get_and_by_post(behind: Behind) -> None:
    proxy, service = behind
    _, _, wanted = direct(service, sparql(QUERY), Accept=CSV)
    assert wanted.count(b"\n") == 51
    assert proxy.ask(sparql(QUERY), Accept=CSV)[2] == wanted
    kind = "application/sparql-query"
    posted = proxy.ask("/sparql", "POST", QUERY.encode(), Accept=CSV, Content_Type=kind)
    assert (posted[0], posted[2]) == (200, wanted)


def test_the_longest_query_fits_into_an_address(behind: Behind) -> None:
    proxy, _ = behind
    most = int(Settings.model_fields["max_query"].default)
    query = QUERY + " #" + "?" * (most - len(QUERY) - 2)  # each of them goes as %3F
    assert len(query) == most
    assert len(sparql(query)) > 59_000
    assert proxy.ask(sparql(query), Accept=CSV)[0] == 200


def test_plain_http_is_sent_on(behind: Behind) -> None:
    proxy, _ = behind
    line = http.client.HTTPConnection("127.0.0.1", proxy.plain_port)
    line.request("POST", "/sparql?query=x", headers={"Host": "elsewhere.example.org"})
    answer = line.getresponse()
    assert answer.status == 308
    assert answer.headers["location"] == "https://masagraph.example.org/sparql?query=x"


def test_addresses_in_answers_are_public_ones(behind: Behind) -> None:
    proxy, _ = behind
    _, headers, body = proxy.ask("/void", Host="elsewhere.example.org")
    assert "<https://masagraph.example.org/void>" in headers["link"]
    assert b"elsewhere" not in body


# What does not


def test_a_body_that_is_too_large_is_refused(behind: Behind) -> None:
    """By nginx, before it is sent on; a smaller one is the service's to judge."""
    proxy, _ = behind
    most = int(Settings.model_fields["max_body"].default)
    kind = "application/sparql-query"
    for size, said in ((most + 1, "5,000,000 bytes at most"), (most, "20,000")):
        status, headers, body = proxy.ask("/sparql", "POST", b"x" * size, Content_Type=kind)
        assert status == 413
        assert headers["content-type"].startswith("application/problem+json")
        assert said in json.loads(body)["detail"]
        assert json.loads(body)["status"] == 413


@pytest.mark.parametrize(
    "target",
    ["/metrics", "/metrics?x=1", "//metrics", "/./metrics", "/%6detrics", "/x/../metrics"],
)
def test_counts_are_nobody_elses_business(behind: Behind, target: str) -> None:
    proxy, service = behind
    for method in ("GET", "HEAD", "POST"):
        status, _, body = proxy.ask(target, method)
        assert status == 403, method
        assert b"masagraph_" not in body
    assert b"masagraph_requests_total" in direct(service, "/metrics")[2]


def test_old_tls_is_refused(behind: Behind) -> None:
    proxy, _ = behind
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", proxy.port)) as line,
        pytest.raises(ssl.SSLError, match=r"(?i)alert protocol version"),
    ):
        old.wrap_socket(line)


def test_its_limits_are_those_of_the_service() -> None:
    text = SITE.read_text(encoding="utf-8")
    default = {name: field.default for name, field in Settings.model_fields.items()}
    assert f"client_max_body_size {default['max_body']};" in text
    assert f"client_body_timeout {default['body_seconds']}s;" in text
    (waits,) = [line for line in text.splitlines() if "proxy_read_timeout" in line]
    seconds = int(waits.split()[-1].removesuffix("s;"))
    assert seconds > default["query_seconds"] + default["queue_seconds"]


# What is written down


def test_no_log_holds_who_asked_or_what(behind: Behind) -> None:
    proxy, service = behind
    line = proxy.connect(source="127.0.0.2")
    line.request("GET", sparql("SELECT ?secret WHERE { ?secret a masa:Duty }"))
    answer = line.getresponse()
    answer.read()
    line.request("GET", "/api/areas/secret-place/assessment")
    line.getresponse().read()
    logged = proxy.logged() + service.log.read_text(encoding="utf-8")
    named = answer.headers["x-request-id"]
    assert logged.count(named) == 2  # so that a line of the one is found in the other
    assert "secret" not in logged
    assert "127.0.0.2" not in logged


# What the service is told, and what happens without it


class Echo(BaseHTTPRequestHandler):
    """Tells which headers it was sent, or breaks off."""

    protocol_version = "HTTP/1.1"
    breaks = False
    heard: list[str]

    def do_GET(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self.rfile.read(size)
        self.heard.append(self.command)
        if self.breaks:
            self.close_connection = True
            return
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def echo(breaks: bool = False) -> Iterator[tuple[int, list[str]]]:
    """A server that is not the service: its port, and the methods that it has heard."""
    handler = type("Handler", (Echo,), {"breaks": breaks, "heard": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.server_address[1]), handler.heard
        server.shutdown()


def test_what_a_client_says_of_itself_is_not_believed(before: Before) -> None:
    with echo() as (port, _):
        proxy = before([port])
        _, _, body = proxy.ask(
            "/",
            X_Forwarded_For="198.51.100.7",
            X_Forwarded_Proto="gopher",
            X_Forwarded_Host="elsewhere.example.org",
            Forwarded="for=198.51.100.7",
        )
    told = {name.lower(): value for name, value in json.loads(body).items()}
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert "x-forwarded-host" not in told
    assert "forwarded" not in told
    assert told["host"] == "masagraph.example.org"


def test_only_what_may_be_done_twice_is_asked_again(before: Before) -> None:
    with echo(breaks=True) as (bad, heard_by_bad), echo() as (good, heard_by_good):
        proxy = before([bad, good])
        assert proxy.ask("/")[0] == 200
        assert heard_by_bad == ["GET"]
        assert heard_by_good == ["GET"]
    # A process that has failed is left alone for a while, so each method has an nginx of its own.


def test_what_may_not_be_done_twice_is_not(before: Before) -> None:
    with echo(breaks=True) as (bad, heard_by_bad), echo() as (good, heard_by_good):
        proxy = before([bad, good])
        status, headers, body = proxy.ask("/sparql", "POST", b"x")
        assert heard_by_bad == ["POST"]
        assert heard_by_good == []
    assert status == json.loads(body)["status"] == 503
    assert headers["retry-after"] == "5"


def test_a_service_that_cannot_be_reached_is_told_as_errors_are(before: Before) -> None:
    with echo() as (port, _):
        pass
    status, headers, body = before([port]).ask("/")
    assert status == 503
    assert headers["content-type"].startswith("application/problem+json")
    assert json.loads(body)["reason"] == "busy"
    assert "strict-transport-security" in headers
