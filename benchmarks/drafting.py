"""Measure how well a document is read with help, against the documents that people have read.

    python benchmarks/drafting.py                  half a minute; writes docs/drafting.md
    python benchmarks/drafting.py --sources DIR    the texts, matched to documents by SHA-256

Run it with the Python of .venv. What is measured, and what it means, stands in docs/drafting.md.
Without the texts, which belong to those who wrote them, nothing can be measured: exit code 2.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from drafting_measures import HELD_OUT, Measured, measure, sources_of
from drafting_tables import BEGIN, markdown
from drafting_time import time_of_command
from masagraph.dataset.assemble import assemble
from masagraph.resources import find_resources
from masagraph.store.embedded import EmbeddedStore
from tables import write_section

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "drafting.md"
SOURCES = ROOT / ".." / "shared" / "sources"


def main() -> int:
    """Measure, and write the page."""
    arguments = _arguments()
    resources = find_resources()
    store = EmbeddedStore(assemble(resources).store)
    files = sources_of(store, arguments.sources)
    if HELD_OUT not in files or len(files) < 3:
        sys.stderr.write(f"The texts of the documents are not in {arguments.sources}.\n")
        return 2
    measured: list[Measured] = measure(store, files, resources)
    section = markdown(measured, time_of_command(list(files.values())))
    sys.stdout.write(section)
    if not arguments.show:
        write_section(PAGE, section, BEGIN)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sources", type=Path, default=SOURCES, help="folder of the texts")
    parser.add_argument("--show", action="store_true", help="print only, and write no page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
