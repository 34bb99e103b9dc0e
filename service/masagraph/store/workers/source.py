"""Where a service has its data from: a folder of snapshots, or an endpoint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar, Protocol

from masagraph.dataset.snapshot import read_pointer
from masagraph.errors import QueryError
from masagraph.store.endpoint import Endpoint, default_graph_of
from masagraph.store.opened import Opened, open_store
from masagraph.store.remote import RemoteStore, name_held, open_endpoint
from masagraph.store.workers.relay import Asked, Relay, pass_on

LOOK_SECONDS = 10
"""How long an endpoint may take to say which data it holds."""


class Source(Protocol):
    """Where data come from. Its text is the word by which :func:`source_of` knows it again."""

    @property
    def pause(self) -> float:
        """Seconds at least between two looks at what is current."""

    @property
    def lasting(self) -> bool:
        """Whether what could not be loaded once never will be."""

    def open(self) -> Opened:
        """Open what is current, for reading by query workers.

        Raises:
            MasagraphError: when it cannot be had.
        """

    def current(self) -> str:
        """Return the name of what is current; empty for nothing.

        Raises:
            MasagraphError: when that cannot be known now.
        """

    def since(self, name: str, /) -> datetime:
        """Return when what has this name was written, as far as it is known."""

    def in_worker(self, opened: Opened, channel: Connection, /) -> Opened:
        """Return what was opened as a worker may use it, whose doors are shut.

        Args:
            opened: what :meth:`open` gave.
            channel: the worker's, to the process that it works for.
        """

    def tell(self, asked: Asked, seconds: float, most: int) -> bytes | QueryError:
        """Answer a worker; see :func:`masagraph.store.workers.relay.pass_on`."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A store's folder, whose current snapshot is loaded into memory.

    Attributes:
        path: the folder.
    """

    path: Path
    pause: ClassVar[float] = 0
    lasting: ClassVar[bool] = True

    def __str__(self) -> str:
        return str(self.path)

    def open(self) -> Opened:
        """Load the current snapshot."""
        return open_store(self.path, in_memory=True)

    def current(self) -> str:
        """Return the name of the snapshot that the folder points to."""
        return read_pointer(self.path)

    def since(self, name: str) -> datetime:
        """Return when a snapshot was written."""
        written = (self.path / "snapshots" / name).stat().st_mtime
        return datetime.fromtimestamp(int(written), UTC)

    def in_worker(self, opened: Opened, _channel: Connection, /) -> Opened:
        """Return what was loaded: a worker shares it."""
        return opened

    def tell(self, asked: Asked, seconds: float, most: int) -> bytes | QueryError:
        """Never called: a worker has all data in memory, and asks nobody."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Remote:
    """A SPARQL 1.1 endpoint.

    Attributes:
        address: the endpoint.
        pause: seconds between two looks at which data it holds.
    """

    address: str
    pause: float = 60
    lasting: ClassVar[bool] = False

    def __str__(self) -> str:
        return self.address

    def open(self) -> Opened:
        """Ask the endpoint what it holds, and whether it keeps to the graphs that are named."""
        opened = open_endpoint(self.address)
        assert isinstance(opened.store, RemoteStore)
        opened.store.refuse_unscoped()
        return opened

    def current(self) -> str:
        """Return the name of what the endpoint holds; it is asked once, and soon."""
        endpoint = Endpoint(self.address, LOOK_SECONDS, pauses=())
        return name_held(RemoteStore(endpoint), self.address)

    def since(self, _name: str, /) -> datetime:
        """Return the time now: an endpoint does not say since when it holds its data."""
        return datetime.now(UTC).replace(microsecond=0)

    def in_worker(self, opened: Opened, channel: Connection) -> Opened:
        """Return the store as asked through the worker's channel."""
        relay = Relay(channel, default_graph_of(self.address))
        return replace(opened, store=RemoteStore(relay, opened.store.graphs(), True))

    def tell(self, asked: Asked, seconds: float, most: int) -> bytes | QueryError:
        """Ask the endpoint for a worker."""
        return pass_on(asked, self.address, seconds, most)


def source_of(text: str) -> Source:
    """Return the source that a text names: an address of the web, or a path."""
    # No path can be taken for one: written out, it never has two slashes side by side.
    return Remote(text) if "://" in text else Folder(Path(text))
