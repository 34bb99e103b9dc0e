"""Sends queries to a SPARQL 1.1 endpoint, and says plainly what went wrong.

An answer is taken whole or not at all. JSON has an end, by which a part is known from the whole;
N-Triples have none, so an answer in them must have told its length.

What did not begin to answer is asked again: a connection that was refused or closed, and status
503. Nothing else is: a query that took too long, or was refused, would fare no better.
"""

from __future__ import annotations

import ast
import json
import math
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BytesIO
from urllib.error import HTTPError, URLError
from urllib.parse import unquote_plus, urlsplit, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from masagraph.errors import BadValue, MasagraphError, QueryError, StoreError, Unavailable
from masagraph.store.formats import says_cut
from masagraph.store.protocol import Scope
from masagraph.vocab import PREFIXES

RESULTS = "application/sparql-results+json"
GRAPH = "application/n-triples"

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try; more where the endpoint says so with Retry-After."""

_MEND = "Check that it is the address of a SPARQL 1.1 endpoint, such as https://HOST/sparql."
_DEFAULT_GRAPH, _NAMED_GRAPH = "default-graph-uri", "named-graph-uri"
_AT_ONCE = 1 << 16
_NO_USE = ("time", "memory")
"""Reasons of a problem document for which the same query would fare no better."""
_SHOWN = 300
"""Characters of what an endpoint says of an error that are told."""


class Endpoint:
    """An endpoint.

    Args:
        address: where it is, with http or https. What it says of the default graph is told by
            :attr:`default_graph`, and left out of :attr:`address`.
        seconds: how long an answer is waited for, all tries and the pauses between them counted.
        sleep: what waits before a further try.
        pauses: seconds before each further try; by default :data:`PAUSES`.
        most: bytes that an answer may have; None for no limit.

    Raises:
        BadValue: for an address that is none.
    """

    def __init__(
        self,
        address: str,
        seconds: float,
        sleep: Callable[[float], None] = time.sleep,
        pauses: Sequence[float] | None = None,
        most: int | None = None,
    ) -> None:
        if not _is_address(address):
            raise BadValue(
                "the endpoint is not an address of the web",
                "Write it as https://HOST/sparql, without a user or a password.",
            )
        self.address, self.default_graph = _parted(address)
        self._seconds, self._sleep = max(1, round(seconds)), sleep
        self._pauses, self._most = PAUSES if pauses is None else pauses, most

    def ask(self, query: str, scope: Scope, media_type: str) -> bytes:
        """Send a query, and return the answer.

        Args:
            query: a query; prefixes that every query here may use need not be declared in it.
            scope: which graphs to see.
            media_type: of the answer, :data:`RESULTS` or :data:`GRAPH`.

        Raises:
            QueryError: when the endpoint refuses the query.
            Unavailable: when it does not answer, or not in time.
            StoreError: when it answers with something else, or not with all.
        """
        wrapper = SPARQLWrapper(self.address)
        wrapper.setQuery(_with_prefixes(query))
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(JSON)
        wrapper.setOnlyConneg(True)
        # It reads the kind of a query from its words, and may take those of a comment for it.
        wrapper.queryType = "SELECT"
        wrapper.addCustomHttpHeader("Accept", media_type)
        for name in scope.default_graphs:
            wrapper.addParameter(_DEFAULT_GRAPH, name)
        for name in scope.named_graphs:
            wrapper.addParameter(_NAMED_GRAPH, name)
        end = time.monotonic() + self._seconds
        try:
            response = self._begun(wrapper, end)
            content = _read(response, end, self._most)
        except (SPARQLWrapperException, HTTPException, OSError) as error:
            raise self._failure(error) from error
        headers = response.headers
        told = "Content-Length" in headers or headers.get("Transfer-Encoding") == "chunked"
        if headers.get_content_type() != media_type or (media_type == GRAPH and not told):
            raise self.strange()
        if headers.get("Masagraph-Truncated") == "true" or says_cut(content):
            raise StoreError(
                f"{self.address} cut its answer at a limit of its own: there is more",
                "Ask for less at a time, or take the data and open it here.",
            )
        return content

    def _begun(self, wrapper: SPARQLWrapper, end: float) -> HTTPResponse:
        """Send a query until an answer begins, or it is no use; return the answer.

        Args:
            wrapper: the query.
            end: until when; no pause goes beyond it.

        Raises:
            SPARQLWrapperException, HTTPException, OSError: what befell the last try.
        """
        for pause in self._pauses:
            try:
                return _sent(wrapper, end)
            except OSError as error:
                wait = _wait(error, pause)
                if wait is None or time.monotonic() + wait >= end:
                    raise
            self._sleep(wait)
        return _sent(wrapper, end)

    def strange(self) -> StoreError:
        """Return the error for an answer that is not one, or not a whole one."""
        return StoreError(f"what {self.address} answered is not a whole answer to a query", _MEND)

    def _failure(self, error: Exception) -> MasagraphError:
        """Return what to tell of an endpoint that gave no answer."""
        if isinstance(error, _BusyError):
            return self._refusal(error.answer, error.body)
        if isinstance(error, HTTPError):
            return self._refusal(error, error.read())
        if isinstance(error, SPARQLWrapperException) and isinstance(error.__context__, HTTPError):
            return self._refusal(error.__context__, _body(error))
        reason = error.reason if isinstance(error, URLError) else error
        if isinstance(reason, TimeoutError):
            return Unavailable(
                f"{self.address} gave no answer within {self._seconds} seconds",
                "Ask for less at a time, or again later.",
                reason="time",
            )
        return Unavailable(
            f"{self.address} cannot be reached, or broke off",
            "Check the address, and that the service runs.",
            reason="stopped",
        )

    def _refusal(self, error: HTTPError, body: bytes) -> MasagraphError:
        said = _detail(body)
        if error.code == 400:
            return QueryError(f"{self.address} refuses the query: {said}", "Correct the query.")
        if error.code in (429, 503):
            reason = _member(body, "reason")
            return Unavailable(
                f"{self.address} is busy, or gave up: {said}",
                "Ask for less at a time, or again later.",
                reason if reason in _NO_USE else "busy",
                max(1, math.ceil(_retry_after(error))),
            )
        return StoreError(f"{self.address} answers with the error {error.code}", _MEND)


class _BusyError(OSError):
    """Status 503, with what was said of it, which can be read only once."""

    def __init__(self, answer: HTTPError) -> None:
        super().__init__(answer.code)
        self.answer, self.body = answer, answer.read()


def _sent(wrapper: SPARQLWrapper, end: float) -> HTTPResponse:
    """Send a query once, and return the answer, of which the head has come.

    Raises:
        _BusyError: for status 503.
        SPARQLWrapperException, HTTPException, OSError: for other failures.
    """
    wrapper.setTimeout(max(1, round(end - time.monotonic())))
    try:
        response = wrapper.query().response
    except HTTPError as error:
        if error.code == 503:
            raise _BusyError(error) from error
        raise
    assert isinstance(response, HTTPResponse)
    return response


def _wait(error: OSError, pause: float) -> float | None:
    """Return the seconds after which to ask again; None when that is no use."""
    if isinstance(error, _BusyError):
        too_much = _member(error.body, "reason") in _NO_USE
        return None if too_much else max(pause, _retry_after(error.answer))
    reason = error.reason if isinstance(error, URLError) else error
    return pause if isinstance(reason, ConnectionError) else None


def _retry_after(error: HTTPError) -> float:
    """Return the seconds that an endpoint asks to wait, told as such or as a date; else 0."""
    told = error.headers.get("Retry-After", "")
    if re.fullmatch(r"[0-9]{1,6}", told):
        return int(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a time zone
        return 0


def _read(response: HTTPResponse, end: float, most: int | None) -> bytes:
    """Return the whole of an answer.

    Args:
        response: the answer, of which the head has come.
        end: until when it must have come: one that trickles in is not waited for.
        most: bytes that it may have.

    Raises:
        TimeoutError: after that.
        IncompleteRead: when less has come than was told.
        Unavailable: when more has come than it may have.
    """
    held = BytesIO()  # which gives what it holds without a second copy
    while part := response.read1(_AT_ONCE):
        held.write(part)
        if most is not None and held.tell() > most:
            response.close()
            raise Unavailable(
                f"the answer has more than {most:,} bytes", "Ask for less at a time.", "memory"
            )
        if time.monotonic() > end:
            response.close()
            raise TimeoutError
    content, told = held.getvalue(), response.headers.get("Content-Length")
    if told is not None and len(content) != int(told):
        raise IncompleteRead(content)
    return content


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in text
    except ValueError:
        return False


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def default_graph_of(address: str) -> str:
    """Return the graph that is to be the default one, as an endpoint's address names it.

    Some servers take the union of all graphs for their default graph, and know the triples that
    stand in no graph by a name. ``?default-graph-uri=NAME`` in the address tells that name.

    Args:
        address: the endpoint, with http or https.

    Returns:
        The name; empty where the address tells none.

    Raises:
        BadValue: when it tells more than one, or what is no IRI.
    """
    return _parted(address)[1]


def _parted(address: str) -> tuple[str, str]:
    """Return an address without what it says of the default graph, and the name of that."""
    parts = urlsplit(address)
    pairs = [each.partition("=") for each in parts.query.split("&")]
    names = [unquote_plus(value) for key, _, value in pairs if key == _DEFAULT_GRAPH]
    if not names:
        return address, ""
    if len(names) > 1 or not _is_iri(names[0]):
        raise BadValue(
            f"the address of the endpoint has a {_DEFAULT_GRAPH} that is no name of one graph",
            f"Write {_DEFAULT_GRAPH}=IRI once, with # as %23.",
        )
    others = ["".join(pair) for pair in pairs if pair[0] != _DEFAULT_GRAPH]
    return urlunsplit(parts._replace(query="&".join(others))), names[0]


def _with_prefixes(query: str) -> str:
    """Declare the prefixes that a query may use undeclared; its own declarations come later."""
    used = [name for name in PREFIXES if f"{name}:" in query]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + query


def _body(error: SPARQLWrapperException) -> bytes:
    """Return what the endpoint said; SPARQLWrapper keeps it only as Python writes bytes."""
    written = str(error).partition("Response:\n")[2]
    try:
        body = ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return b""
    return body if isinstance(body, bytes) else b""


def _member(body: bytes, name: str) -> str:
    """Return a member of a problem document; empty where there is none."""
    try:
        return str(json.loads(body)[name])
    except (ValueError, KeyError, TypeError):
        return ""


def _detail(body: bytes) -> str:
    """Return the words of a problem document, or the beginning of another text."""
    text = _member(body, "detail") or body.decode(errors="replace")
    return " ".join(text.split())[:_SHOWN].rstrip(".") or "it does not say why"
