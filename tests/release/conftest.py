"""One release of the real dataset, exported once, and small releases to compare."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from filelock import FileLock
from small_release import Small, write_small

from masagraph.release.export import export
from masagraph.resources import Resources
from masagraph.store.opened import Opened


@pytest.fixture(scope="session")
def release(opened: Opened, resources: Resources, shared_folder: Path) -> Path:
    """The folder of a release, made once for all workers while clocks tell another day. Never
    write into it.
    """
    folder = shared_folder / "masagraph-release" / "first"
    with FileLock(shared_folder / "masagraph-release.lock"):
        # An export puts its folder in place when it is whole.
        if not folder.is_dir():
            folder.parent.mkdir(exist_ok=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(time, "time", lambda: 1_000_000_000.0)
                patch.setenv("SOURCE_DATE_EPOCH", "0")
                export(opened, resources, folder, lambda what, done, of: None)
    return folder


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> None:
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Writes a small release under a name."""
    return lambda name, *args, **said: write_small(tmp_path / name, *args, **said)
