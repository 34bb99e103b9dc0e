"""Run the notebooks of docs/notebooks/ and write their outputs.

    python docs/notebooks.py            # run, and write
    python docs/notebooks.py --check    # run, and fail when an output is another than is written

Run it with the Python of .venv. The store is built first, so that the outputs are of the data as
they are now. A test runs the notebooks from an installed wheel and holds their outputs against
those that are written.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent / "notebooks"
SECONDS = 300
"""How long one cell may take."""


def run(path: Path, folder: Path, kernel: str = "python3") -> nbformat.NotebookNode:
    """Run a notebook, and return it with outputs that are the same each time.

    Args:
        path: the notebook.
        folder: the folder in which it runs.
        kernel: the name of the kernel.

    Raises:
        nbclient.exceptions.CellExecutionError: when a cell fails.
    """
    book = nbformat.read(path, as_version=4)
    # A line that is printed in parts may come in several, as the machine has time.
    client = NotebookClient(
        book,
        timeout=SECONDS,
        kernel_name=kernel,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return settled(book)


def settled(book: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out of a notebook what differs from run to run: times, and counts of runs."""
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(book.cells, start=1):
        cell.id, cell.metadata = f"cell-{number}", {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = None
    return book


def outputs(book: nbformat.NotebookNode) -> list[list[dict[str, Any]]]:
    """Return the outputs of each cell of code."""
    return [cell.outputs for cell in book.cells if cell.cell_type == "code"]


def differing(written: nbformat.NotebookNode, ran: nbformat.NotebookNode) -> list[int]:
    """Return the numbers of the cells of code, from 1, whose outputs differ."""
    pairs = zip(outputs(written), outputs(ran), strict=True)
    return [number for number, (was, now) in enumerate(pairs, start=1) if was != now]


def main() -> int:
    """Build the store, run every notebook, and write or compare."""
    parser = argparse.ArgumentParser(description="Run the notebooks and write their outputs.")
    parser.add_argument("--check", action="store_true", help="compare; write nothing")
    check = parser.parse_args().check
    # Not at the top: who only runs notebooks has no need of it.
    from masagraph.questions.opening import build_store, folder_of

    store = folder_of(None).resolve()
    build_store(store)
    os.environ["MASAGRAPH_STORE"] = str(store)
    failed = False
    for path in sorted(FOLDER.glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as folder:
            ran = run(path, Path(folder))
        if not check:
            nbformat.write(ran, path)
            print(f"{path.name}: written")  # noqa: T201
        elif cells := differing(nbformat.read(path, as_version=4), ran):
            failed = True
            print(f"{path.name}: other outputs in the cells of code {cells}")  # noqa: T201
        else:
            print(f"{path.name}: the same")  # noqa: T201
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
