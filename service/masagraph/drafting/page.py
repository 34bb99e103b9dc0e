"""The text of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from inscriptis.model.tag import CustomHtmlTagHandlerMapping
from lxml.etree import LxmlError

from masagraph.drafting.limits import MOST_MARKS, check_letters, check_lines, damaged
from masagraph.drafting.text import Block, Text, plain_signs, text_of_blocks
from masagraph.errors import DataError, Place

_UNSHOWN = ("nav", "footer", "script", "style", "noscript", "template", "form", "aside", "title")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TABLES = ("table", "tr", "td", "th")
_ROWS = {"tr": HtmlElement(display=Display.block), **dict.fromkeys(
    ("td", "th"), HtmlElement(prefix=" ", suffix=" "))}  # fmt: skip
_CUT = "Excessive depth"
"""What the parser says where it has read no further."""
_KINDS = {"head": ("h1", "h2", "h3", "h4", "h5", "h6"), "item": ("li", "tr")}
_MARKS = ("*", "-", "+", "o", "•")
"""What stands before an item in the text that is made of the page."""


def read_page(data: bytes, place: Place) -> Text:
    """Read a web page that was saved as HTML. Nothing that it points to is fetched.

    Raises:
        DataError: when it cannot be read.
    """
    if data.count(b"<") > MOST_MARKS:
        raise DataError(
            f"the page has more than {MOST_MARKS:,} tags, and no more are read",
            "Save the part on the arrangements as a document of its own.",
            place,
        )
    shown = {name: HtmlElement(display=Display.none) for name in _UNSHOWN}
    config = ParserConfig(
        css={**STRICT_CSS_PROFILE, **_ROWS, **shown},
        annotation_rules={name: [kind] for kind, names in _KINDS.items() for name in names},
        # Rows are read as they come. The library would draw the table: each line as wide as the
        # longest, which a small page can make larger than any memory.
        custom_html_tag_handler_mapping=CustomHtmlTagHandlerMapping(
            start_tag_mapping=dict.fromkeys(_TABLES), end_tag_mapping=dict.fromkeys(_TABLES)
        ),
    )
    try:
        parser = lxml.html.HTMLParser(no_network=True, encoding=_encoding(data))
        tree = lxml.html.document_fromstring(data, parser=parser)
        title = " ".join((tree.findtext(".//title") or "").split())
        cut = any(_CUT in entry.message for entry in parser.error_log)
        check_letters(len(str(tree.text_content())), place)
        _unstyle(tree)
        made = Inscriptis(tree, config)
        text = made.get_text()
        labels = [(a.start, a.end, a.metadata) for a in made.get_annotations()]
    except (LxmlError, ValueError, AssertionError, RecursionError, TypeError, IndexError) as error:
        raise damaged(place) from error
    if cut:
        raise DataError(
            "the page has tags in tags, too many levels deep to be read",
            "Open it in a browser, and save it as a PDF or a text.",
            place,
        )
    check_lines(text.count("\n"), place)
    blocks = tuple(_blocks(text, labels))
    return Text(blocks, 0, title, text_of_blocks(blocks))


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 where the page is that; else None, and the page itself may say."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _unstyle(tree: lxml.html.HtmlElement) -> None:
    """Keep of each tag's own style whether it is hidden: indents may be as wide as memory is."""
    for tag in tree.iter(lxml.etree.Element):
        style = tag.attrib.pop("style", "")
        if _HIDDEN.search(style):
            tag.set("style", "display: none")


def _blocks(text: str, labels: list[tuple[int, int, str]]) -> Iterator[Block]:
    waiting = sorted(labels, reverse=True)
    open_labels: list[tuple[int, int, str]] = []
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        while waiting and waiting[-1][0] < end:
            open_labels.append(waiting.pop())
        open_labels = [label for label in open_labels if label[1] > start]
        told = " ".join(plain_signs(line).split())
        if told:
            inside = {label for _, _, label in open_labels}
            heads = "head" in inside
            item = "item" in inside and not heads
            marked = item and told.startswith(_MARKS) and told[1:2] == " "
            bare = told[1:].strip() if marked else told
            if bare:
                yield Block(bare, 0, heads, item)
