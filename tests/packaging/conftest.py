"""The wheel of this checkout."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]


def _build(folder: Path) -> None:
    """Build with the backend in place, where it is installed; else as ``pip`` would."""
    isolated = importlib.util.find_spec("hatchling") is None
    tools = [["build", "--wheel", "--outdir", folder, *([] if isolated else ["--no-isolation"])]]
    if isolated and importlib.util.find_spec("uv"):
        # uv has the backend at hand from setting up, and asks nobody for it.
        tools.insert(0, ["uv", "build", "--quiet", "--wheel", "--out-dir", folder])
    said = []
    for tool in tools:
        done = subprocess.run(
            [sys.executable, "-m", *tool, ROOT], capture_output=True, check=False, timeout=300
        )
        if done.returncode == 0:
            return
        said.append((done.stdout + done.stderr).decode(errors="replace")[-1500:])
    pytest.fail("the wheel cannot be built:\n" + "\n".join(said))


@pytest.fixture(scope="session")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "masagraph-wheel"
    with FileLock(shared / "masagraph-wheel.lock"):
        if not list(folder.glob("*.whl")):
            _build(folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="session")
def wheel(wheel_file: Path) -> zipfile.ZipFile:
    """What is in the wheel."""
    return zipfile.ZipFile(wheel_file)
