"""Request bodies, read up to a limit, and kept in memory only."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from masagraph.settings import Settings


async def read_body(request: Request, settings: Settings) -> bytes:
    """Read the body of a request, and stop as soon as it is too large or too slow.

    Args:
        request: the request.
        settings: the limits.

    Raises:
        HTTPException: 408 when it does not come in time; 413 when it is larger; 415 when it
            is compressed, as what it would grow to is not known before it is unpacked.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "Send the body as it is, without a Content-Encoding.")
    try:
        async with asyncio.timeout(settings.body_seconds):
            return await _read(request, settings.max_body)
    except TimeoutError as error:
        seconds = f"{settings.body_seconds:g}"
        raise HTTPException(408, f"The body did not come within {seconds} seconds.") from error


async def _read(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"The body is larger than {most:,} bytes.")
    return bytes(body)


def read_pairs(body: bytes, what: str = "form") -> list[tuple[str, str]]:
    """Read the fields of a form that was sent as an address is written.

    Args:
        body: what was sent.
        what: what messages call it.

    Raises:
        HTTPException: 400 when it is none.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The {what} is not UTF-8.") from error
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent with files.

    Attributes:
        fields: the text of each field, by name.
        files: name and content of each file, by the name of its field; those left empty are
            not among them.
    """

    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]


async def read_upload(request: Request, settings: Settings) -> Sent:
    """Read a form with files. Nothing of it goes to the disk, however large it is.

    Raises:
        HTTPException: 400 when it is none; and see :func:`read_body`.
    """
    body = await read_body(request, settings)
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return Sent(dict(read_pairs(body)), {})
    parser = _InMemory(
        request.headers, _at_once(body), max_files=5, max_fields=20, max_part_size=len(body) + 1
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, "The form cannot be read.") from error
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            fields[name] = value
        elif value.filename:
            files[name] = (value.filename, await value.read())
    return Sent(fields, files)


class _InMemory(MultiPartParser):
    """Starlette's parser, which would write what is over a megabyte to a temporary file."""

    spool_max_size = sys.maxsize


async def _at_once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
