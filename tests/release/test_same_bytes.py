"""The same data give the same bytes, whenever, wherever and by whom a release is made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from masagraph.resources import Resources
from masagraph.store.opened import Opened

AGAIN = """
import sys, time

import masagraph.store.embedded as embedded
from masagraph.cli.main import run

# Our own queries need not be looked through again, which takes half the time.
embedded.refuse_forbidden = lambda text, graphs: None
time.time = lambda: 4_000_000_000.0
run(["release", "export", "--store", sys.argv[1], "--output", sys.argv[2]])
"""


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def again(release: Path, store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second release of the same store: another process, folder, clock, zone, seed, locale."""
    folder = tmp_path_factory.mktemp("elsewhere") / "deep" / "second release"
    folder.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", AGAIN, str(store_folder), str(folder)],
        env={
            **os.environ, "TZ": "Pacific/Chatham", "PYTHONHASHSEED": "4242", "LC_ALL": "C",
            "MASAGRAPH_BASE_URL": "https://elsewhere.example", "USER": "somebody",
        },
        cwd=folder.parent, check=False, timeout=300, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert f"to {folder}" in done.stderr
    return folder


def test_two_exports_are_the_same_byte_for_byte(release: Path, again: Path) -> None:
    first, second = hashes(release), hashes(again)
    assert len(first) > 400
    assert {path for path in {*first, *second} if first.get(path) != second.get(path)} == set()


def test_no_place_or_name_of_the_machine_is_in_it(
    release: Path, opened: Opened, resources: Resources
) -> None:
    """Outside what is compressed, which the test above holds to be the same elsewhere."""
    words = [str(release.parent), str(resources.root), str(Path.home()) + "/"]
    for path in release.rglob("*"):
        if path.is_file() and path.suffix not in (".gz", ".xlsx"):
            content = path.read_bytes()
            assert not [word for word in words if word.encode() in content], path
