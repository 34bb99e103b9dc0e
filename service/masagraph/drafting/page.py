"""The text of a web page."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml.etree import LxmlError

from masagraph.drafting.limits import damaged
from masagraph.drafting.text import Block, Text, text_of_blocks
from masagraph.errors import Place

_UNSHOWN = ("nav", "footer", "script", "style", "noscript", "template", "form", "aside", "title")
_KINDS = {"head": ("h1", "h2", "h3", "h4", "h5", "h6"), "item": ("li", "tr")}
_MARKS = ("*", "-", "+", "o", "•")
"""What stands before an item in the text that is made of the page."""


def read_page(data: bytes, place: Place) -> Text:
    """Read a web page that was saved as HTML. Nothing that it points to is fetched.

    Raises:
        DataError: when it cannot be read.
    """
    shown = {name: HtmlElement(display=Display.none) for name in _UNSHOWN}
    config = ParserConfig(
        css={**STRICT_CSS_PROFILE, **shown},
        annotation_rules={name: [kind] for kind, names in _KINDS.items() for name in names},
    )
    try:
        parser = lxml.html.HTMLParser(no_network=True, encoding=_encoding(data))
        tree = lxml.html.document_fromstring(data, parser=parser)
        title = " ".join((tree.findtext(".//title") or "").split())
        made = Inscriptis(tree, config)
        text = made.get_text()
        labels = [(a.start, a.end, a.metadata) for a in made.get_annotations()]
    except (LxmlError, ValueError, AssertionError, RecursionError, TypeError, IndexError) as error:
        raise damaged(place) from error
    blocks = tuple(_blocks(text, labels))
    return Text(blocks, 0, title, text_of_blocks(blocks))


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 where the page is that; else None, and the page itself may say."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _blocks(text: str, labels: list[tuple[int, int, str]]) -> Iterator[Block]:
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        told = " ".join(line.split())
        if told:
            inside = {label for a, b, label in labels if a < end and b > start}
            heads = "head" in inside
            item = "item" in inside and not heads
            marked = item and told.startswith(_MARKS) and told[1:2] == " "
            bare = told[1:].strip() if marked else told
            if bare:
                yield Block(bare, 0, heads, item)
