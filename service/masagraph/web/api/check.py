"""``POST /api/check``: a draft in the body is assessed, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from masagraph.assessment.names import parse_date
from masagraph.authoring.checked import FORMS, check_any
from masagraph.authoring.taken import Note
from masagraph.authoring.told import notes
from masagraph.store.opened import Opened
from masagraph.web.api.answers import (
    JSON,
    OF_DRAFT,
    AsAt,
    AsDraft,
    EditionId,
    declared,
    reply,
    to_json,
)
from masagraph.web.api.assessments import write_findings
from masagraph.web.bodies import read_body
from masagraph.web.state import ServiceDep

router = APIRouter()


@router.post(
    "/api/check",
    responses=declared(OF_DRAFT, 400, 404, 408, 413, 415),
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "description": "A draft arrangement, RDF or a workbook. It is read once, not kept.",
            "required": True,
            "content": {media_type: {"schema": {"type": "string"}} for media_type in FORMS},
        }
    },
)
async def check(
    request: Request,
    service: ServiceDep,
    wanted: AsDraft,
    edition: EditionId = None,
    as_at: AsAt = None,
) -> Response:
    """Assess a draft as the published document would be. Documents held are left out.

    In JSON, `notes` has the cells of a workbook that were read otherwise than they are written,
    and the rows that were left out. CSV and Turtle have the findings alone.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in FORMS:
        raise HTTPException(
            415,
            f"Send the draft as {' or '.join(FORMS)}, and say which as Content-Type.",
            {"Accept-Post": ", ".join(FORMS)},
        )
    body = await read_body(request, service.settings)
    # Waiting for a worker is done in a thread: in the event loop it would stop the server.
    content = await run_in_threadpool(
        service.run, write_check, body, kind, edition, as_at, wanted.form.name
    )
    return reply(service, wanted, content)


def write_check(
    opened: Opened,
    body: bytes,
    media_type: str,
    edition: str | None,
    as_at: str | None,
    form: str,
) -> str | bytes:
    """Assess a draft and write the findings; what a query worker does.

    Raises:
        QueryError: when it cannot be parsed.
        BadValue: when it cannot be assessed as it stands, or for a date that is none.
        UnknownName: for an edition that is not held.
    """
    day = parse_date(as_at) if as_at else None
    read: list[Note] = []
    given = (opened, body, media_type, edition or None, day)
    made = check_any(*given, lambda imported: read.extend(notes(imported)))
    if form != JSON.name:
        return write_findings(made, form)
    return to_json({**made.as_json(), "notes": [asdict(note) for note in read]})
