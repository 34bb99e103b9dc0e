"""A small store to do harm to, by the same code as ``benchmarks/faults.py``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faulted_store import Faulted
from masagraph.resources import Resources

SUPPORT = Path(__file__).parents[1] / "support"


@pytest.fixture(scope="module")
def faulted(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulted]:
    """A store of the law and one invented area, which is built in some seconds."""
    base = tmp_path_factory.mktemp("faults")
    root = base / "law"
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(resources.folder(name), root / name)
    shutil.copytree(
        resources.folder("data"), root / "data", ignore=shutil.ignore_patterns("areas", "people")
    )

    def command(store: Path, data: Path) -> list[str]:
        return [sys.executable, "-m", "small_build", str(root), str(store), str(data)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(SUPPORT))
        made = Faulted(base, command)
        made.begin()
        yield made
