"""What a file must be before it is unpacked: a plain workbook, of a size that can be read."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from codecs import BOM_UTF8
from io import BytesIO
from pathlib import Path

from lxml import etree

from masagraph.errors import DataError, Place

MOST_BYTES = 5_000_000
"""Of the file."""
MOST_UNPACKED = 60_000_000
"""Of all that is packed in it. What a file says of its own sizes is no more than is unpacked."""
MOST_PARTS = 400
MOST_TIMES = 200
"""How many times larger a part may be than it is packed; those below :data:`SMALL` aside."""
SMALL = 1_000_000

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError,
)  # fmt: skip
"""What unpacking raises over what is not as it says it is."""
_OLD = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb"<(?:[a-z]+:)?mergeCell\s[^>]*ref=\"([A-Z0-9:]+)\"")
_TYPES = "[Content_Types].xml"
_ENCODING = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})", re.IGNORECASE)
_PLAIN = (b"utf-8", b"us-ascii", b"ascii")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def open_packed(data: bytes, file: str) -> zipfile.ZipFile:
    """Return a workbook's parts, none of them unpacked, once they are known to be harmless.

    Args:
        data: the bytes of the file.
        file: its name, for messages.

    Raises:
        DataError: when it is no workbook that is read, with what to do.
    """
    place = Place(file)
    if not data:
        raise DataError("the file is empty", "Save the workbook again.", place)
    if data.startswith(_OLD):
        raise DataError(
            "the file is an old Excel file, or is locked with a password",
            "Save it as an Excel workbook (.xlsx) without a password.",
            place,
        )
    if len(data) > MOST_BYTES:
        raise DataError(
            f"the file is too large: of its bytes at most {MOST_BYTES:,} are read",
            "Take out pictures and sheets of your own, or make a workbook for each document.",
            place,
        )
    try:
        packed = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DataError(
            "the file is not an Excel workbook, or is damaged",
            "Give a file that masagraph area template has made, saved as .xlsx.",
            place,
        ) from error
    check_sizes(packed, place, "workbook of an area", "Copy the rows into a new workbook.")
    _check_parts(packed, place)
    return packed


def check_sizes(packed: zipfile.ZipFile, place: Place, kind: str, mend: str) -> None:
    """Refuse a packed file of too many parts, or one that would unpack to too much.

    Args:
        packed: the file.
        place: where it stands, for messages.
        kind: what kind of file it should be, for messages.
        mend: what to do.

    Raises:
        DataError: when it is so, or is locked.
    """
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        raise DataError(
            f"the file holds {len(parts):,} parts, and at most {MOST_PARTS} are read",
            mend,
            place,
        )
    whole = sum(part.file_size for part in parts)
    packs = [
        part
        for part in parts
        if part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1)
    ]
    if whole > MOST_UNPACKED or packs:
        raise DataError(
            f"the file would unpack to {whole:,} bytes, which no {kind} needs", mend, place
        )
    if any(part.flag_bits & 1 for part in parts):
        raise DataError("the file is locked with a password", "Save it without a password.", place)


def _check_parts(packed: zipfile.ZipFile, place: Place) -> None:
    names = packed.namelist()
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise DataError(
            "the file is not an Excel workbook",
            "Give a file that masagraph area template has made, saved as .xlsx.",
            place,
        )
    macros = Path(place.file).suffix.lower() == ".xlsm" or any("vbaProject" in n for n in names)
    if macros or b"macroEnabled" in read_part(packed, "[Content_Types].xml", place):
        raise DataError(
            "the workbook has macros", "Save it as an Excel workbook (.xlsx) without macros.", place
        )
    check_entities(packed, place, "Save the workbook again with Excel or LibreOffice.")


def check_entities(packed: zipfile.ZipFile, place: Place, mend: str) -> None:
    """Refuse a packed file of which a part declares entities, or is not in UTF-8.

    In another encoding a declaration would not be seen here, and yet be read.

    Raises:
        DataError: when one does.
    """
    for name in dict.fromkeys([_TYPES, *packed.namelist()]):
        if name.endswith((".xml", ".rels")) and name in packed.NameToInfo:
            _check_xml(read_part(packed, name, place), name, place, mend)
    for name in _xml_by_type(packed, place):
        _check_xml(read_part(packed, name, place), name, place, mend)


def _check_xml(data: bytes, name: str, place: Place, mend: str) -> None:
    text = data.removeprefix(BOM_UTF8).lstrip()
    told = _ENCODING.match(text)
    try:
        data.decode("utf-8")
        is_plain = text[:1] in (b"<", b"") and b"\0" not in data
    except UnicodeDecodeError:
        is_plain = False
    if not is_plain or (told and told[1].lower() not in _PLAIN):
        raise DataError(
            f"the part {name} is not in UTF-8, in which office programs write", mend, place
        )
    if _DOCTYPE.search(data):
        raise DataError(
            f"the part {name} declares entities, which no office program writes", mend, place
        )


def _xml_by_type(packed: zipfile.ZipFile, place: Place) -> list[str]:
    """Return the parts that are XML by what the file says of them, whatever they are called.

    Pictures aside: they are not opened.
    """
    if _TYPES not in packed.NameToInfo:
        return []
    try:
        root = etree.fromstring(read_part(packed, _TYPES, place))
    except etree.XMLSyntaxError:
        return []  # who opens the file says what is wrong with it
    told = {each.get(key, "").lower(): each.get("ContentType", "").lower()
            for each in root for key in ("PartName", "Extension") if each.get(key)}  # fmt: skip
    kinds = {name: told.get(f"/{name}".lower(), told.get(name.rpartition(".")[2].lower(), ""))
             for name in packed.namelist()}  # fmt: skip
    return [name for name, kind in kinds.items()
            if kind.endswith(("+xml", "/xml")) and not kind.startswith("image/")
            and not name.endswith((".xml", ".rels", "/"))]  # fmt: skip


def read_file(path: Path, most: int) -> bytes:
    """Return the bytes of a file, and no more of them than one over the most.

    Args:
        path: the file.
        most: how many bytes are read of such a file.

    Raises:
        DataError: when it cannot be read, or is a folder, a device or a pipe.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "a device or a pipe"
            raise DataError(f"this is {kind}, and no file", "Give a file.", Place(path))
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise DataError(
            f"the file cannot be read ({error.strerror})", "Check the path.", Place(path)
        ) from error


def read_part(packed: zipfile.ZipFile, name: str, place: Place) -> bytes:
    """Unpack one part.

    Raises:
        DataError: when it is damaged.
    """
    try:
        return packed.read(name)
    except _DAMAGED as error:
        raise DataError(
            "the file is damaged", "Open it in a spreadsheet program, and save it again.", place
        ) from error


def merged_cells(part: bytes) -> str:
    """Return the first merged cells of a sheet, such as ``B4:B7``; empty when there are none."""
    found = _MERGED.search(part)
    return found[1].decode() if found else ""
