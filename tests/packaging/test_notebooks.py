"""The notebooks run from an installed wheel, away from the checkout, and say what is written.

The wheel is installed into an environment of its own, with what it declares and what runs a
notebook, of the versions that the lock names: what is missing from its dependencies is missed here.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
RUNS = ["nbclient", "ipykernel"]
sys.path.insert(0, str(ROOT / "docs"))
import notebooks  # noqa: E402

DRIVER = """
import pathlib, sys
import masagraph, nbformat, notebooks
here = pathlib.Path.cwd()
print(masagraph.__file__)
for path in sorted(here.glob("*.ipynb")):
    (here / "empty").mkdir(exist_ok=True)
    nbformat.write(notebooks.run(path, here / "empty"), here / f"{path.name}.ran")
"""


@pytest.fixture(scope="module")
def python(wheel_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel, what it needs, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    place = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = [str(wheel_file), *RUNS, "--constraint", str(ROOT / "requirements.lock")]
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(place)]
    pip = [sys.executable, "-m", "pip", "--python", str(place), "install", "--quiet"]
    said = []
    # What setting up has left in the cache is asked first, and then the registry.
    for tool in ([*uv, "--offline"], uv, pip):
        done = subprocess.run(
            [*tool, *wanted], capture_output=True, text=True, check=False, timeout=600
        )
        if done.returncode == 0:
            return place
        said.append(done.stderr[-1500:])
    pytest.fail("the wheel cannot be installed:\n" + "\n".join(said))


@pytest.fixture(scope="module")
def ran(
    python: Path, store_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, nbformat.NotebookNode]:
    """Every notebook, run in an empty folder."""
    folder = tmp_path_factory.mktemp("notebooks")
    for path in [*NOTEBOOKS, ROOT / "docs" / "notebooks.py"]:
        shutil.copy(path, folder)
    foreign = ("MASAGRAPH_", "PYTHON", "JUPYTER", "VIRTUAL_ENV")
    clean = {name: v for name, v in os.environ.items() if not name.startswith(foreign)}
    done = subprocess.run(
        [python, "-c", DRIVER],
        cwd=folder,
        env={**clean, "HOME": str(folder), "MASAGRAPH_STORE": str(store_folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert Path(done.stdout.splitlines()[0]).is_relative_to(python.parents[1])
    return {
        path.name: nbformat.read(folder / f"{path.name}.ran", as_version=4) for path in NOTEBOOKS
    }


def test_there_are_four() -> None:
    assert len(NOTEBOOKS) == 4


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_is_written(path: Path, ran: dict[str, nbformat.NotebookNode]) -> None:
    written = nbformat.read(path, as_version=4)
    differing = notebooks.differing(written, ran[path.name])
    assert not differing, f"cells of code {differing}; write them anew: python docs/notebooks.py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_nothing_of_the_machine(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert nbformat.writes(notebooks.settled(book)) + "\n" == path.read_text(encoding="utf-8")
    shown = str(notebooks.outputs(book))
    assert not re.search(r"/(?:home|root|tmp|work|Users)/|stderr|Traceback", shown)


def test_another_output_is_told() -> None:
    written = nbformat.read(NOTEBOOKS[0], as_version=4)
    other = nbformat.from_dict(written)
    assert not notebooks.differing(written, other)
    first = next(cell for cell in other.cells if cell.get("outputs"))
    first.outputs = []
    assert notebooks.differing(written, other)
