"""Request bodies, read up to a limit."""

from __future__ import annotations

from fastapi import Request
from starlette.exceptions import HTTPException


async def read_body(request: Request, most: int) -> bytes:
    """Read the body of a request, and stop as soon as it is too large.

    Args:
        request: the request.
        most: bytes.

    Raises:
        HTTPException: 413 when it is larger; 415 when it is compressed, as what it would
            grow to is not known before it is unpacked.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "Send the body as it is, without a Content-Encoding.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"The body is larger than {most:,} bytes.")
    return bytes(body)
