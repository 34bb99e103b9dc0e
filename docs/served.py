"""Write the pages of docs/ that show what the service answers.

    python docs/served.py

Run it with the Python of .venv, after a build, and after a change of a route or of the data. It
asks the service over the store that was built, and writes ``docs/api.md`` and ``docs/sparql.md``. A
test fails while they are not what this writes.
"""

from __future__ import annotations

from pathlib import Path

from _generate import served
from masagraph.web.app import create_app

DOCS = Path(__file__).resolve().parent


def main() -> None:
    """Write the pages."""
    for name, text in served.pages(create_app()).items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
