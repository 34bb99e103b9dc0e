"""The page on structures that arrangements have elsewhere, from the tests that hold them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PAGE = """\
# Structures that arrangements have

<!-- Written by docs/generate.py from tests/structures/. Change that, not this page. -->

Three partners, three leads, three delegates, one chair and one scrutineer: few areas are just so.
Below are {count} ways in which arrangements differ, how each is written down, and what comes out of
it. Each is a small folder of data in [`tests/structures/`](../tests/structures), and a test reads
it, assesses it and asks stored questions about it. **All places, bodies and documents in them are
invented.** The numbers are those of a longer list and have gaps.

To see one, build a store of its own and look at its pages:

```text
masagraph build --store try --data tests/structures/28-standing-and-rotating-co-chair
masagraph serve --store try
```

To write down one of your own, copy the folder that is most like it. [The page on data](data.md)
tells the rest.

| number | structure |
|---|---|
{rows}

{sections}
"""

SECTION = """\
## {number}. {title}

{what}

- Written down with: {terms}.
- What the test shows: {shows}
- Files: [`{folder}`](../tests/structures/{folder})
"""


def structures_page(folder: Path) -> str:
    """Return the page.

    Args:
        folder: ``tests/structures``, with a folder for each.
    """
    told = [
        (path.parent.name, tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*/structure.toml"))
    ]
    rows = "\n".join(
        f"| {said['number']} | [{said['title']}](#{_anchor(said)}) |" for _, said in told
    )
    sections = "\n".join(_section(name, said) for name, said in told)
    return PAGE.format(count=len(told), rows=rows, sections=sections.rstrip())


def _anchor(said: Mapping[str, Any]) -> str:
    """Return the anchor that a heading gets: letters, digits and hyphens, in lower case."""
    heading = f"{said['number']}. {said['title']}".lower().replace(" ", "-")
    return "".join(mark for mark in heading if mark.isalnum() or mark == "-")


def _section(folder: str, said: Mapping[str, Any]) -> str:
    terms = ", ".join(f"`{term}`" for term in said["modelled"])
    return SECTION.format(
        number=said["number"],
        title=said["title"],
        what=said["what"],
        terms=terms,
        shows=said["shows"],
        folder=folder,
    )
