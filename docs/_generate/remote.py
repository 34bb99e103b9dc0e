"""The page on stores behind an endpoint, with what one of them is not asked in the tests."""

from __future__ import annotations

import csv
from pathlib import Path

_HERE = Path(__file__).parent
_MARK = "{{ left_out }}\n"


def remote_page() -> str:
    """Return the page: the text of its template, with the list in ``left_out.csv``."""
    with (_HERE / "left_out.csv").open(encoding="utf-8", newline="") as lines:
        rows = [
            f"| `{row['question']}` | {row['seconds']} | {row['why']} |"
            for row in csv.DictReader(lines)
        ]
    table = "\n".join(("| question | seconds | what came |", "|---|---|---|", *rows, ""))
    text = (_HERE / "templates" / "remote.md.jinja").read_text(encoding="utf-8")
    return text.replace(_MARK, table)
