"""The commands of docs/operations.md, as whoever follows the page types them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operations.md"

PART = re.compile(r"^## (?P<heading>[^\n]+)$|^ *```bash\n(?P<typed>.*?)^ *```$", re.S | re.M)


def steps() -> list[tuple[str, str]]:
    """Return the heading and the text of each block of commands, in their order."""
    found, heading = [], ""
    for part in PART.finditer(PAGE.read_text(encoding="utf-8")):
        heading = part["heading"] or heading
        if part["typed"]:
            found.append((heading, textwrap.dedent(part["typed"])))
    return found
