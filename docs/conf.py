"""How Sphinx makes a site of the pages of docs/.

    python3 dev.py docs

The pages are plain Markdown, and are read in the repository as they are. What a site needs beside
them, a menu and links that stay within it, :mod:`_site` works out from the same text.
"""

from __future__ import annotations

import sys
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))

from pygments.lexers.special import TextLexer  # noqa: E402

from _site import for_site  # noqa: E402 (it stands beside this file)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "masagraph"
author = "masagraph contributors"
copyright = "2026 masagraph contributors"  # noqa: A001 (the name that Sphinx reads)
release = version = installed("masagraph")
language = "en-GB"

extensions = ["myst_parser"]
exclude_patterns = ["_generate", "_site*", "notebooks", "**/__pycache__"]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]

html_theme = "furo"
html_title = "masagraph"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "footer_icons": [],
    "light_css_variables": {"color-brand-primary": "#14508c", "color-brand-content": "#14508c"},
    "dark_css_variables": {"color-brand-primary": "#8fc1f3", "color-brand-content": "#8fc1f3"},
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


def _read(_: Sphinx, name: str, content: list[str]) -> None:
    content[0] = for_site(DOCS / f"{name}.md", content[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Let each page be read as :mod:`_site` gives it."""
    app.connect("source-read", _read)
    # Pygments knows whole messages; requests here are shown without the version of the protocol.
    app.add_lexer("http", TextLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
