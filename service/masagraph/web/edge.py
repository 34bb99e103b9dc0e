"""What every request and every answer have in common, whatever the route."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Mapping
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masagraph import __version__
from masagraph.settings import Settings
from masagraph.store.workers.live import Generation, Live
from masagraph.vocab import OWN_DATA
from masagraph.web.log import request_logger
from masagraph.web.operations import PATHS, Metrics
from masagraph.web.problems import allowed_methods, fault, problem, tell
from masagraph.web.rate import Rate

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
GONE = 499
"""In the log: the client broke off before its request was whole."""

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


class Edge:
    """Middleware: HEAD and OPTIONS, limits of a client, validators, headers, log and counts.

    Args:
        app: what answers.
        settings: the limits.
        live: whose data version the validators are made from.
        metrics: counts every answer.
        instance: mixed into the validators; empty when only versions decide.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, live: Live, metrics: Metrics, instance: str
    ) -> None:
        self._app, self._settings, self._live, self._metrics = app, settings, live, metrics
        self._instance = instance
        self._log = request_logger()
        self._rate = Rate(settings.client_rate) if settings.client_rate else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._headers(scope))
        response = self._early(scope, exchange)
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            if response is not None:
                await response(scope, receive, exchange.send)
            else:
                await self._app(inner, receive, exchange.send)
        except ClientDisconnect:
            exchange.status = GONE  # nobody is left to be told
        except Exception as error:
            if exchange.status:
                raise  # half an answer has gone: only breaking it off tells the client
            await fault(Request(inner), _route(inner), error)(scope, receive, exchange.send)
        finally:
            self._told(scope, inner, exchange)

    def _early(self, scope: Scope, exchange: _Exchange) -> Response | None:
        """Answer what needs no route: too many requests, OPTIONS, and what has not changed."""
        client = scope["client"][0] if scope.get("client") else ""
        path = scope["path"]
        wait = self._rate.wait(client) if self._rate and path not in PATHS else 0
        if wait:
            after = str(max(1, round(wait)))
            detail = f"You may send {self._settings.client_rate} requests. Wait {after} seconds."
            return tell(Request(scope), 429, detail, {"Retry-After": after})
        if scope["method"] == "OPTIONS":
            allowed = allowed_methods(Request(scope))
            if allowed:
                return Response(status_code=204, headers={"Allow": ", ".join(allowed)})
            return problem(404, f"There is nothing at {path}. The routes are in /openapi.json.")
        if scope["method"] not in ("GET", "HEAD") or path in PATHS or path.startswith("/static/"):
            return None
        generation = self._live.current
        exchange.validators = self._validators(scope, generation)
        headers = Headers(scope=scope)
        tags = headers.get("if-none-match")
        if tags is None or tags.strip() == "*":
            exchange.unless_it_is = tags is not None or _not_since(headers, generation)
            return None
        # We gave this very tag to an answer, so there is no need to look for it again.
        if exchange.validators["ETag"] in {tag.strip() for tag in tags.split(",")}:
            return Response(status_code=304, headers=exchange.validators)
        return None

    def _validators(self, scope: Scope, generation: Generation) -> dict[str, str]:
        """Return the headers by which a client can ask whether an answer is still the same.

        All that an answer depends on is hashed: data, software, limits, address and format.
        """
        limits = f"{self._settings.max_rows} {self._settings.max_answer}"
        accept = ", ".join(Headers(scope=scope).getlist("accept"))
        parts = (
            generation.pool.data_version,
            generation.pool.snapshot,
            __version__ + self._instance,
            limits,
            scope["path"],
            scope["query_string"].decode("latin-1"),
            accept,
        )
        tag = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
        return {
            "ETag": f'W/"{tag}"',
            "Last-Modified": format_datetime(generation.since, usegmt=True),
            "Cache-Control": "no-cache",  # keep it, but ask whether it is still so
        }

    def _headers(self, scope: Scope) -> dict[str, str]:
        base, version = self._settings.base_url, self._live.current.pool.data_version
        headers = {**SECURITY_HEADERS, "X-Request-ID": uuid.uuid4().hex}
        if scope["path"] not in PATHS and not scope["path"].startswith("/static/"):
            headers["Link"] = f'<{base}/void>; rel="describedby", <{LICENCE}>; rel="license"'
            if not version.endswith(OWN_DATA):  # what is no release is not to be cited as one
                headers["Link"] += f', <{base}/id/dataset/{version}>; rel="cite-as"'
        return headers

    def _told(self, scope: Scope, inner: Scope, exchange: _Exchange) -> None:
        """Count and log an answer: the pattern of its route, never what was asked."""
        route = _route(inner) or ("early" if exchange.status else "")
        seconds = time.perf_counter() - exchange.begun
        self._metrics.count(scope["method"], route, exchange.status, seconds)
        self._log.info(
            "request",
            request_id=exchange.headers["X-Request-ID"],
            method=scope["method"],
            route=route,
            status=exchange.status,
            seconds=round(seconds, 4),
            bytes=exchange.size,
        )


class _Exchange:
    """Sends an answer on, with the headers that all have; without its body where none is due.

    Attributes:
        headers: what every answer bears.
        validators: what an answer bears that is as it was asked for.
        unless_it_is: whether the client wants such an answer only if it has changed, and it
            has not.
    """

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self.headers, self.validators = headers, dict[str, str]()
        self.unless_it_is = False
        self.begun = time.perf_counter()
        self.status = self.size = 0
        self._bare, self._send = scope["method"] == "HEAD", send

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start":
            message = self._start(message)
        elif message["type"] == "http.response.body":
            if self._bare:
                message = {**message, "body": b""}
            self.size += len(message.get("body", b""))
        await self._send(message)

    def _start(self, message: Message) -> Message:
        found = message["status"] == 200
        if found and self.unless_it_is:
            kept = [(n, v) for n, v in message["headers"] if not n.lower().startswith(b"content-")]
            message = {**message, "status": 304, "headers": kept}
            self._bare = True
        self.status = message["status"]
        headers = MutableHeaders(scope=message)
        more = self.headers | (self.validators if found else {})
        for name, value in more.items():
            headers.setdefault(name, value)
        return message


def _route(scope: Scope) -> str:
    """Return the pattern of the route that a request came to; empty when it came to none."""
    return str(getattr(scope.get("route"), "path", ""))


def _not_since(headers: Headers, generation: Generation) -> bool:
    """Tell whether a client has our data, by the time at which they were written.

    Another time counts as another version, a later one too: the clock may have been set back
    since (RFC 9110, 13.1.3, leaves a server free to compare so).
    """
    try:
        return parsedate_to_datetime(headers["if-modified-since"]) == generation.since
    except (KeyError, TypeError, ValueError):
        return False
