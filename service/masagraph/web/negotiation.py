"""Which format to answer in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi import Request
from starlette.exceptions import HTTPException
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from masagraph.store.formats import Format


def choose(formats: Sequence[Format], accept: str | None, named: str | None) -> Format:
    """Choose a format: the one named by ``format=``, else the best of the Accept header.

    Args:
        formats: what can be served, the default first.
        accept: the Accept header; None or empty takes the default.
        named: a format's short name or media type.

    Raises:
        HTTPException: 406 when nothing asked for can be served.
    """
    if named:
        # Some clients send several names with commas between, as in an Accept header.
        for name in named.split(","):
            for form in formats:
                if name in (form.name, form.media_type, *form.also):
                    return form
        raise _none(formats, f'no form "{named}"')
    if not accept:
        return formats[0]
    known = {form.media_type: form for form in formats}
    if formats[0].name == "json":
        known["application/json"] = formats[0]
    best = _ranges(accept).best_match(known)
    if best is None:
        raise _none(formats, f"nothing in {accept[:100]}{'…' if len(accept) > 100 else ''}")
    return known[best]


def accept_of(request: Request) -> str | None:
    """Return the Accept header of a request, of several lines one list; None without any."""
    return ", ".join(request.headers.getlist("accept")) or None


def _ranges(accept: str) -> MIMEAccept:
    """Read an Accept header.

    Parameters but ``q`` are left out, as our formats have none: ``text/csv; charset=utf-8``
    asks for CSV. Java writes an asterisk alone for ``*/*``, and weights without their zero.
    """
    parsed = parse_accept_header(re.sub(r"(?i)\bq\s*=\s*\.", "q=0.", accept), MIMEAccept)
    bare = [(name.partition(";")[0].strip(), quality) for name, quality in parsed]
    return MIMEAccept([("*/*" if name == "*" else name, quality) for name, quality in bare])


def _none(formats: Sequence[Format], what: str) -> HTTPException:
    names = ", ".join(f"{form.media_type} (format={form.name})" for form in formats)
    return HTTPException(406, f"This answer has {what}. It can be had as {names}.")
