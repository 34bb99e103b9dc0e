"""``masagraph.open``: the shipped data, a store, or what is behind an endpoint."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from masagraph.errors import BadValue, StoreError
from masagraph.questions.opening import build_store, open_or_build
from masagraph.session.session import Session
from masagraph.store.opened import open_store
from masagraph.store.remote import SECONDS, open_endpoint

_logger = logging.getLogger("masagraph")

PathName = str | os.PathLike[str]


def open(  # noqa: A001
    store: PathName | None = None,
    *,
    endpoint: str | None = None,
    data: PathName | Iterable[PathName] = (),
    seconds: float = SECONDS,
) -> Session:
    """Open the data.

    Without arguments, the data that masagraph ships. It is built into a store in the user's
    data folder when there is none yet, which takes about a minute, once.

    Args:
        store: the folder of a store; by default as for the command line. One that is not there
            is built.
        endpoint: the address of a SPARQL 1.1 endpoint that serves the data, instead of a store.
        data: one or more folders of further data. They are built with the shipped data into a
            store of their own, which takes about a minute, each time. It is removed when the
            session is closed or let go.
        seconds: how long an answer of an endpoint is waited for.

    Returns:
        the session. It may be used in ``with``, which closes it at the end.

    Raises:
        BadValue: for arguments that do not go together, and an address or a folder that is none.
        StoreError: when the store or what the endpoint holds cannot be read.
        DataError: for a file of further data that is not what it must be.
        Unavailable: when the endpoint does not answer.

    Example:
        >>> import masagraph as mg
        >>> areas = mg.open().areas()
    """
    folders = [Path(data)] if isinstance(data, str | os.PathLike) else [Path(d) for d in data]
    if endpoint is not None:
        if store is not None or folders:
            raise BadValue(
                "an endpoint does not go with a store or with further data",
                "Give endpoint alone, or leave it out.",
            )
        return Session(open_endpoint(endpoint, seconds))
    if store is not None and folders:
        raise BadValue(
            "a store does not go with further data, which gets a store of its own",
            "Give one of the two; or build a store with: masagraph build --store DIR --data DIR",
        )
    for folder in folders:
        if not folder.is_dir():
            raise BadValue(f"there is no folder {folder}", "Give a folder of Turtle files.")
    if folders:
        return _with_further(folders)
    place = None if store is None else Path(store)
    if place is not None and place.exists() and not place.is_dir():
        raise StoreError(f"{place} is a file, not the folder of a store", "Name a folder.")
    return Session(open_or_build(place, (), _logger.info, _logger.warning))


def _with_further(folders: list[Path]) -> Session:
    """Build the shipped data and further folders into a store that lasts as long as a session."""
    _logger.info("Building a store of the shipped and the further data.")
    made = tempfile.TemporaryDirectory(prefix="masagraph-")
    try:
        build_store(Path(made.name), folders)
        return Session(open_store(Path(made.name)), made)
    except BaseException:
        made.cleanup()
        raise
