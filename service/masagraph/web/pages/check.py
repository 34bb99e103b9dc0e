"""Check a draft: a text or a file is assessed beside the law, and nothing of it is kept.

The draft is read into memory, handed to a query worker, which can open no file, and forgotten
with the answer. No address holds it, and no line of the log does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from masagraph.assessment.names import list_editions, parse_date
from masagraph.assessment.uploaded import DraftRefused
from masagraph.authoring.checked import check_any
from masagraph.authoring.taken import Note
from masagraph.authoring.told import notes
from masagraph.errors import MasagraphError, QueryError, Unavailable
from masagraph.report.at_place import AtPlace, at_place
from masagraph.report.narrowed import Narrow
from masagraph.report.parts import in_parts
from masagraph.resources import read_once
from masagraph.store.formats import Written
from masagraph.store.opened import Opened
from masagraph.web.api.answers import CSV, JSON, TURTLE
from masagraph.web.api.check import write_check
from masagraph.web.bodies import Sent, read_upload
from masagraph.web.drafts import Draft
from masagraph.web.shown import Shown, page, page_router, page_status
from masagraph.web.state import Service, ServiceDep
from masagraph.web.written import respond

router = page_router()

EXAMPLE = Path(__file__).parents[1] / "examples" / "draft.ttl"
"""A draft to try: some lines of a document that is held."""

LONGEST_SHOWN = 100_000
"""Characters of a draft that its page shows again, to be mended."""

MOST_FAULTS = 50
"""Faults of a draft that its page lists."""

FILES = {
    "json": (JSON, False),
    "csv": (CSV, False),
    "excel": (CSV, True),
    "turtle": (TURTLE, False),
}
"""The buttons that give the findings as a file: the format, and whether it is for Excel."""

NOT_KEPT = {"Cache-Control": "no-store"}

Asked = Annotated[str | None, Query()]


@router.get("/check")
def form(
    request: Request,
    service: ServiceDep,
    example: Asked = None,
    edition: Asked = None,
    as_at: Asked = None,
) -> Response:
    """Show the form, empty or with an example."""
    text = read_once(EXAMPLE) if example else ""
    return _page(request, service, Draft(b"", "", text), edition or "", as_at or "", False)


@router.post("/check")
async def sent(request: Request, service: ServiceDep) -> Response:
    """Assess what was sent, and show its findings or give them as a file."""
    try:
        given = await read_upload(request, service.settings)
    except HTTPException as error:
        refused = MasagraphError(str(error.detail).rstrip("."))
        context = {**_context(Draft(b"", "", ""), "", ""), "editions": [], "error": refused}
        return page(request, service, "check.html", context, error.status_code, NOT_KEPT)
    # Waiting for a worker is done in a thread: in the event loop it would stop the server.
    return await run_in_threadpool(_answer, request, service, given)


def _answer(request: Request, service: Service, given: Sent) -> Response:
    draft = _draft(given)
    edition, as_at = (given.fields.get(name, "").strip() for name in ("edition", "as_at"))
    wanted = FILES.get(given.fields.get("format", ""))
    if wanted:
        try:
            return _file(service, draft, edition, as_at, *wanted)
        except MasagraphError:
            pass  # the page says what is wrong, and keeps the draft
    return _page(request, service, draft, edition, as_at, True)


def _draft(given: Sent) -> Draft:
    """Return the draft that a form holds: its file, where one was chosen."""
    if "file" in given.files:
        name, data = given.files["file"]
        text = data.decode("utf-8-sig", "replace") if b"\x00" not in data[:1_000] else ""
        return Draft(data, name[-100:], _lines(text))
    text = _lines(given.fields.get("text", ""))
    return Draft(text.encode("utf-8", "replace"), "", text)


def _file(
    service: Service, draft: Draft, edition: str, as_at: str, form: Any, excel: bool
) -> Response:
    content = service.run(
        write_check, draft.data, draft.media_type, edition or None, as_at or None, form.name
    )
    body = content.encode() if isinstance(content, str) else content
    answer = respond(service, Written(body, form), excel)
    answer.headers["Content-Disposition"] = f'attachment; filename="draft-findings.{form.name}"'
    answer.headers.update(NOT_KEPT)
    return answer


def _page(
    request: Request, service: Service, draft: Draft, edition: str, as_at: str, check: bool
) -> Response:
    headers = dict(NOT_KEPT) if check else {}
    try:
        shown, error = service.run(read_check, draft, edition, as_at, check)
    except Unavailable as unavailable:
        shown, error = {**_context(draft, edition, as_at), "editions": []}, unavailable
        headers["Retry-After"] = str(unavailable.after)
    status = 200 if error is None else page_status(error)
    places = _places(draft.text, error) if error else []
    context = {**shown, "error": error, "places": places[:MOST_FAULTS], "faults": len(places)}
    return page(request, service, "check.html", context, status, headers)


def read_check(opened: Opened, draft: Draft, edition: str, as_at: str, check: bool) -> Shown:
    """Assess a draft for its page; what a query worker does. Only its form without ``check``."""
    context = {**_context(draft, edition, as_at), "editions": list_editions(opened.store)}
    if not check:
        return context, None
    read: list[Note] = []
    try:
        day = parse_date(as_at) if as_at else None
        given = (opened, draft.data, draft.media_type, edition or None, day)
        made = check_any(*given, lambda imported: read.extend(notes(imported)))
    except MasagraphError as error:
        return context, error
    return {
        **context,
        "area": made.area,
        "edition": edition,
        "assessment": replace(made, triples=(), findings=()),
        "day": made.as_at,
        "notes": read,
        "against": ", ".join(dict.fromkeys(f.source.edition_label for f in made.findings)),
        **in_parts(made.findings, made.findings),
    }, None


def _context(draft: Draft, edition: str, as_at: str) -> dict[str, Any]:
    """Return what the form needs, whatever became of the draft."""
    short = len(draft.text) <= LONGEST_SHOWN
    return {
        "draft": True,
        "text": draft.text if short else "",
        "too_long": not short,
        "name": draft.name,
        "edition": edition,
        "as_at": as_at,
        "wanted": Narrow(),
        "assessment": None,
        "places": [],
        "faults": 0,
    }


def _places(text: str, error: MasagraphError) -> list[tuple[MasagraphError, AtPlace | None]]:
    """Return each fault that an error tells of, with its line of the draft."""
    faults: Sequence[MasagraphError] = (isinstance(error, DraftRefused) and error.faults) or (
        error,
    )
    found = [(fault, _place(text, fault)) for fault in faults]
    return sorted(found, key=lambda pair: pair[1].line if pair[1] else 0)


def _place(text: str, fault: MasagraphError) -> AtPlace | None:
    if isinstance(fault, QueryError) and fault.at:
        return at_place(text, *fault.at)
    return at_place(text, fault.place.line) if fault.place and fault.place.line else None


def _lines(text: str) -> str:
    """Return a text with the line ends that it had in the editor: browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
