"""The same data three ways: in this process, behind our service, behind another endpoint."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import masagraph as mg
from masagraph.session.session import Session
from masagraph.store.opened import Opened
from servers import UNLIMITED, masagraph, oxigraph, wait_for


@pytest.fixture(scope="session")
def embedded(opened: Opened) -> Session:
    """A session over the store on disk."""
    return Session(opened)


@pytest.fixture(scope="session")
def service(store_folder: Path) -> Iterator[str]:
    """The endpoint of our own service."""
    with masagraph(store_folder, {**UNLIMITED, "MASAGRAPH_WORKERS": "1"}) as server:
        wait_for([server])
        yield f"http://127.0.0.1:{server.port}{server.path}"


@pytest.fixture(scope="session")
def other(store_folder: Path) -> Iterator[str]:
    """The endpoint of Oxigraph's own server over the same snapshot, which it only reads."""
    name = json.loads((store_folder / "current.json").read_text(encoding="utf-8"))["snapshot"]
    with oxigraph(store_folder / "snapshots" / name) as server:
        wait_for([server])
        yield f"http://127.0.0.1:{server.port}{server.path}"


@pytest.fixture(scope="session", params=["service", "other"])
def remote(request: pytest.FixtureRequest) -> Session:
    """A session over each of the endpoints."""
    return mg.open(endpoint=request.getfixturevalue(request.param))


Refused = Callable[[str, Callable[[], object]], mg.MasagraphError]


@pytest.fixture
def refused() -> Refused:
    """Check that a call is refused with words that hold a text, and with what to do."""

    def check(words: str, call: Callable[[], object]) -> mg.MasagraphError:
        with pytest.raises(mg.MasagraphError) as caught:
            call()
        assert words in caught.value.what
        assert caught.value.mend
        return caught.value

    return check
