"""Request bodies, read up to a limit."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.exceptions import HTTPException

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
