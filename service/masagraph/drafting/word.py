"""The text of a Word document."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from masagraph.authoring.guard import read_part
from masagraph.drafting.limits import Clock, check_letters, check_lines, check_packed, damaged
from masagraph.drafting.lines import HEADING_WORDS, Line, blocks_of
from masagraph.drafting.text import Block, Text, plain_signs, text_of_blocks
from masagraph.errors import DataError, Place

SIGN = b"PK"
CELLS = " | "
"""What parts the cells of a row."""
_FAULTS = (
    OpcError, LxmlError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RecursionError,
)  # fmt: skip


def read_word(data: bytes, place: Place) -> Text:
    """Read a Word document (.docx).

    Raises:
        DataError: for one that is damaged, locked, or would unpack to too much.
    """
    try:
        packed = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(place) from error
    check_packed(packed, place)
    names = set(packed.namelist())
    if "xl/workbook.xml" in names:
        raise DataError(
            "the file is a workbook, and no document", "Give a .docx, a PDF or a text.", place
        )
    if any("vbaProject" in name for name in names) or _has_macros(packed, place):
        raise DataError(
            "the document has macros", "Save it as a Word document (.docx) without macros.", place
        )
    if "word/document.xml" not in names:
        raise DataError(
            "the file is packed, and is no Word document", "Give a .docx, a PDF or a text.", place
        )
    try:
        document = docx.Document(BytesIO(data))
        blocks = tuple(_blocks(document, place))
        title = (document.core_properties.title or "").strip()
    except _FAULTS as error:
        raise damaged(place) from error
    return Text(blocks, 0, title, text_of_blocks(blocks))


def _has_macros(packed: zipfile.ZipFile, place: Place) -> bool:
    types = "[Content_Types].xml"
    return types in packed.namelist() and b"macroEnabled" in read_part(packed, types, place)


def _blocks(document: Document, place: Place) -> Iterator[Block]:
    """Yield headings by their style; where no style says so, by how lines look."""
    clock = Clock(place)
    letters, found = 0, []
    for block in _Reader(document).blocks():
        clock.check()
        found.append(block)
        letters += len(block.text)
        check_letters(letters, place)
        check_lines(len(found), place)
    if any(block.is_heading for block in found):
        yield from found
    else:
        marks = ("• " if block.is_item else "" for block in found)
        yield from blocks_of(
            line
            for mark, block in zip(marks, found, strict=True)
            for line in (Line(f"{mark}{block.text}"), Line(""))
        )


class _Reader:
    """Reads the paragraphs and tables of a document, in order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # All at once: the library looks through all styles for the one of each paragraph.
        styles = document.styles
        self._styles = {each.style_id: (each.name or "").casefold() for each in styles}
        usual = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._usual = ((usual and usual.name) or "").casefold()

    def blocks(self) -> Iterator[Block]:
        for part in self._document.iter_inner_content():
            if isinstance(part, Table):
                yield from self._rows(part)
                continue
            for text in part.text.splitlines():
                if text.strip():
                    yield self._block(part, _told(text))

    def _block(self, part: Paragraph, text: str) -> Block:
        style = self._style(part)
        heads = style.startswith(("heading", "title"))
        properties = part._p.pPr
        numbered = properties is not None and properties.numPr is not None
        return Block(text, 0, heads, not heads and (numbered or style.startswith("list")))

    def _style(self, part: Paragraph) -> str:
        """Return the name of a paragraph's style, small."""
        return self._styles.get(part._p.style or "", self._usual)

    def _rows(self, table: Table) -> Iterator[Block]:
        """Yield a line a row, and after each row the tables that stand in its cells.

        The cells are those of the file. The library's own list of a row has a cell for each
        column that one spans, which may be any number.
        """
        above: dict[int, str] = {}
        for row in table._tbl.tr_lst:
            column, told, inner = 0, [], []
            for each in row.tc_lst:
                cell = _Cell(each, table)
                text = _told(cell.text)
                if each.vMerge == "continue":
                    # A short cell is a label: each row that it spans is of it.
                    text = text or above.get(column, "")
                else:
                    above[column] = text if len(text.split()) <= HEADING_WORDS else ""
                told.append(text)
                inner += cell.tables
                column += max(each.grid_span, 1)
            shown = list(dict.fromkeys(text for text in told if text))
            if shown:
                yield Block(CELLS.join(shown), 0, False, True)
            for part in inner:
                yield from self._rows(part)


def _told(text: str) -> str:
    return " ".join(plain_signs(text).split())
