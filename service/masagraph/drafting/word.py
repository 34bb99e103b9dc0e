"""The text of a Word document."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from masagraph.drafting.limits import check_packed, damaged
from masagraph.drafting.lines import Line, blocks_of
from masagraph.drafting.text import Block, Text, text_of_blocks
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
    if "word/document.xml" not in packed.namelist():
        raise DataError(
            "the file is packed, and is no Word document", "Give a .docx, a PDF or a text.", place
        )
    try:
        document = docx.Document(BytesIO(data))
        blocks = tuple(_blocks(document))
        title = (document.core_properties.title or "").strip()
    except _FAULTS as error:
        raise damaged(place) from error
    return Text(blocks, 0, title, text_of_blocks(blocks))


def _blocks(document: Document) -> Iterator[Block]:
    """Yield headings by their style; where no style says so, by how lines look."""
    found = list(_styled(document))
    if any(block.is_heading for block in found):
        yield from found
    else:
        marks = ("• " if block.is_item else "" for block in found)
        yield from blocks_of(
            line
            for mark, block in zip(marks, found, strict=True)
            for line in (Line(f"{mark}{block.text}"), Line(""))
        )


def _styled(document: Document) -> Iterator[Block]:
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
            continue
        for text in part.text.splitlines():
            if text.strip():
                yield _block(part, " ".join(text.split()))


def _block(part: Paragraph, text: str) -> Block:
    style = ((part.style and part.style.name) or "").casefold()
    heads = style.startswith(("heading", "title"))
    properties = part._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return Block(text, 0, heads, not heads and (numbered or style.startswith("list")))


def _rows(table: Table) -> Iterator[Block]:
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        told = list(dict.fromkeys(cell for cell in cells if cell))  # a merged cell stands once
        if told:
            yield Block(CELLS.join(told), 0, False, True)
