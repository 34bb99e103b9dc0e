"""A query worker's way to an endpoint.

A worker can open no connection, so it asks the process that it works for. That one sends what it
is given to the endpoint of the service and to nowhere else: whatever a query worker is made to
do, no other address can be reached from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection

from masagraph.errors import MasagraphError, QueryError, StoreError, Unavailable
from masagraph.store.endpoint import Endpoint
from masagraph.store.protocol import Scope

CALLED = "the store that this service asks"
"""What an endpoint is called to readers: its address may be nobody else's business."""

LESS = "Ask for less: fewer patterns, a narrower area, a LIMIT."
AFTER = 5
"""Seconds after which to ask again when the endpoint is away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a worker wants to know of the endpoint: see :meth:`masagraph.store.endpoint.ask`."""

    query: str
    scope: Scope
    media_type: str


class NotWholeError(Exception):
    """What the endpoint answered cannot be read.

    No error of ours on purpose: a page that shows one beside its form must not take it for a
    mistake of the reader.
    """


class Relay:
    """Asks the endpoint from within a worker.

    Args:
        channel: to the process that the worker works for.
        default_graph: the named graph that is to be the default one; empty for none.
    """

    def __init__(self, channel: Connection, default_graph: str) -> None:
        self._channel, self.default_graph = channel, default_graph

    def ask(self, query: str, scope: Scope, media_type: str) -> bytes:
        """Return the answer to a query.

        Raises:
            QueryError: when the endpoint refuses it. For all else the worker is ended.
        """
        self._channel.send(Asked(query, scope, media_type))
        reply = self._channel.recv()
        if isinstance(reply, QueryError):
            raise reply
        return self._channel.recv_bytes()

    def strange(self) -> NotWholeError:
        """Return the error for an answer that is not one, or not a whole one."""
        return NotWholeError()


def pass_on(asked: Asked, address: str, seconds: float, most: int) -> bytes | QueryError:
    """Ask an endpoint for a worker, in the process that it works for.

    Args:
        asked: what it wants to know.
        address: the endpoint.
        seconds: how long an answer is waited for.
        most: bytes that it may have.

    Returns:
        The answer, or why the endpoint refuses the query.

    Raises:
        Unavailable: when there is no whole answer, in words for readers.
    """
    endpoint = Endpoint(address, seconds, most=most)
    try:
        return endpoint.ask(asked.query, asked.scope, asked.media_type)
    except QueryError as error:
        return QueryError(error.what.replace(endpoint.address, CALLED), error.mend)
    except (Unavailable, StoreError) as error:
        raise _for_readers(error) from error


def not_whole() -> Unavailable:
    """Return what readers are told when an answer of the endpoint was not whole."""
    return Unavailable(
        f"{CALLED} gave no whole answer", "Ask for less, or again later.", "stopped", AFTER
    )


def _for_readers(error: MasagraphError) -> Unavailable:
    reason = error.reason if isinstance(error, Unavailable) else ""
    if reason == "time":
        return Unavailable(f"{CALLED} gave no answer in time", LESS, "time")
    if reason == "memory":
        return Unavailable(f"{CALLED} gave more than one answer may hold", LESS, "memory")
    if isinstance(error, Unavailable) and reason == "busy":
        return Unavailable(f"{CALLED} is busy, or gave up", LESS, "busy", error.after)
    if reason == "stopped":
        return Unavailable(
            f"{CALLED} cannot be reached now", "Ask again in some seconds.", "stopped", AFTER
        )
    return not_whole()
