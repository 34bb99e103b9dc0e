"""A page of docs/ as the site takes it: links that stay within the site, and the menu.

In the repository a link leads to a file or a folder, and a list of links is a list. On the site

- a page that stands at the top of the repository is shown by a page of docs/ that names it;
- a link to a folder, or to a page of which the site has none, is plain text;
- the lists of the first page, below their headings, are also the menu; a folder with a
  ``README.md`` has that as its first page, and the others below it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent

SHOWN = {
    "readme.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
}
"""Pages of docs/ that only show a page of the top of the repository."""

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^(```.*?^```[^\n]*$)", re.S | re.M)
_SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.S | re.M)
_LISTED = re.compile(r"^- \[([^\]]+)\]\(([^)#\s]+)\.md\)", re.M)


def for_site(page: Path, text: str) -> str:
    """Return the text of a page as the site takes it.

    Args:
        page: the file, in docs/.
        text: what it says.

    Raises:
        FileNotFoundError: when a link leads to a file that is not there; it names both.
    """
    read = page
    if page.parent == DOCS and page.name in SHOWN:
        read = ROOT / SHOWN[page.name]
        text = read.read_text(encoding="utf-8")
    text = "".join(_rewritten(read, page, text))
    return text + _menu(page, text)


def _rewritten(read: Path, page: Path, text: str) -> Iterator[str]:
    """Give the parts of a text, its links led anew but those in blocks of code."""
    for part in _FENCED.split(text):
        yield part if part.startswith("```") else _LINK.sub(_leading(read, page), part)


def _leading(read: Path, page: Path) -> Callable[[re.Match[str]], str]:
    """Return what leads a link of the file that was read to where it leads on the page."""

    def lead(match: re.Match[str]) -> str:
        mark, label, target = match.groups()
        path, _, anchor = target.partition("#")
        if not path or re.match(r"[a-z]+:", target):
            return match[0]
        file = Path(os.path.normpath(read.parent / path))
        if not file.exists():
            raise FileNotFoundError(f"{read}: the link to {target} leads to no file")
        to = _on_site(file)
        if to is None:
            return label
        relative = Path(os.path.relpath(to, page.parent)).as_posix()
        return f"{mark}[{label}]({relative}{f'#{anchor}' if anchor else ''})"

    return lead


def _on_site(file: Path) -> Path | None:
    """Return the file by which the site shows another; None where it shows it by none."""
    for name, shown in SHOWN.items():
        if file == ROOT / shown:
            return DOCS / name
    if file.is_dir():
        return (
            file / "README.md" if (file / "README.md").exists() and DOCS in file.parents else None
        )
    if file.suffix == ".md" and DOCS not in file.parents:
        return None
    return file


def _menu(page: Path, text: str) -> str:
    """Return the part of the menu that a page holds."""
    if page == DOCS / "index.md":
        return "".join(
            _toctree([f"{label} <{name}>" for label, name in _LISTED.findall(body)], heading)
            for heading, body in _SECTION.findall(text)
        )
    if page.name == "README.md":
        others = sorted(each.stem for each in page.parent.glob("*.md") if each != page)
        return _toctree(others)
    return ""


def _toctree(names: list[str], caption: str = "") -> str:
    """Return a part of the menu as the site's own words for it."""
    listed = "".join(f"{name}\n" for name in names)
    headed = f":caption: {caption}\n" if caption else ""
    return f"\n\n```{{toctree}}\n:hidden:\n:titlesonly:\n{headed}\n{listed}```\n" if names else ""
