"""Running the command line, and an invented area's data folder to run it on."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from masagraph.cli.main import run
from masagraph.dataset.assemble import inputs_hash
from masagraph.resources import Resources
from masagraph.store.opened import Opened

HERE = Path(__file__).parent
LEAFLET = Path("areas", "exampleshire", "leaflet.ttl")


@dataclass(frozen=True)
class Ran:
    """What one run of the command did."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what stands on stdout, which must be JSON and nothing else."""
        assert self.code == 0, self.err
        return json.loads(self.out)

    def problem(self, code: int = 2) -> str:
        """Return the one line on stderr of a run that failed, and said nothing on stdout."""
        assert self.code == code, (self.code, self.out[:300], self.err[:300])
        assert self.out == ""
        line, *more = self.err.splitlines()
        assert not more, self.err
        assert "Traceback" not in line
        assert line.startswith("masagraph: ")
        return line

    def widest(self) -> int:
        """Return the columns that the widest line of stdout takes on a terminal."""
        return max(cell_len(line) for line in self.out.splitlines())


Cli = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, store_folder: Path, opened: Opened) -> None:
    """No setting but the store: what the machine has set is no part of a test.

    Nor is a file that somebody saves while the tests run: the store counts as up to date.
    """
    for name in [name for name in os.environ if name.startswith("MASAGRAPH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    monkeypatch.setattr("masagraph.questions.opening.inputs_hash", lambda *_: opened.inputs)


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run the command in this process: ``cli("assess", "kent", stdin="…")``."""

    def call(*arguments: str | Path, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        code = stopped.value.code
        assert isinstance(code, int)
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def command() -> Cli:
    """Run ``python -m masagraph`` as its own process, as a shell does."""

    def call(*arguments: str | Path, stdin: str = "") -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "masagraph", *map(str, arguments)],
            input=stdin.encode(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        return Ran(
            done.returncode, *(b.decode(errors="replace") for b in (done.stdout, done.stderr))
        )

    return call


@pytest.fixture
def own_data() -> Path:
    """A data folder with one invented area; never write to it."""
    return HERE / "exampleshire"


@pytest.fixture
def sources() -> Path:
    """The source text of the invented area."""
    return HERE / "sources"


@dataclass(frozen=True)
class Edited:
    """A copy of the invented area's folder, in which the leaflet was changed."""

    folder: Path
    file: Path

    def line_of(self, text: str) -> int:
        """Return the line (from 1) on which a text stands first."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, start=1) if text in line)


@pytest.fixture
def edited(own_data: Path, tmp_path: Path) -> Callable[[str, str], Edited]:
    """Copy the invented area's folder, and put one text in another's place in its leaflet."""

    def change(old: str, new: str) -> Edited:
        folder = tmp_path / "own data"
        shutil.copytree(own_data, folder)
        file = folder / LEAFLET
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Edited(folder, file)

    return change


@pytest.fixture(scope="session")
def law_only(resources: Resources, tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """The four RDF folders without any area's documents: a build of them takes a second."""
    root = tmp_path_factory.mktemp("law-only")
    for name in ("ontology", "shapes", "queries"):
        shutil.copytree(resources.folder(name), root / name)
    shutil.copytree(
        resources.folder("data"), root / "data", ignore=shutil.ignore_patterns("areas", "people")
    )
    return Resources(root, is_checkout=False)


@pytest.fixture
def quick(law_only: Resources, monkeypatch: pytest.MonkeyPatch) -> Resources:
    """Make every command build from, and look in, the folders without documents."""
    for module in ("questions.opening", "cli.build", "cli.quotes"):
        monkeypatch.setattr(f"masagraph.{module}.find_resources", lambda: law_only)
    monkeypatch.setattr("masagraph.questions.opening.inputs_hash", inputs_hash)
    return law_only
