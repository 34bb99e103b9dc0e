"""The pack of an area: what a scrutineer takes into the room, as a page and as a PDF."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query, Request, Response
from starlette.exceptions import HTTPException

from masagraph.assessment.names import find_area, list_areas, list_editions, parse_date
from masagraph.errors import MasagraphError, Unavailable
from masagraph.report.pack import Pack, Told
from masagraph.report.pack_made import make_pack
from masagraph.report.pack_pdf import packs_pdf
from masagraph.report.pdf import PdfError
from masagraph.store.formats import Format, Written
from masagraph.store.opened import Opened
from masagraph.web import printed as _printed  # gives the templates what they draw with
from masagraph.web.negotiation import accept_of, choose
from masagraph.web.shown import Shown, answer, page, page_router, page_status
from masagraph.web.state import ServiceDep
from masagraph.web.written import respond

router = page_router()
assert _printed

HTML = Format("html", "text/html")
PDF = Format("pdf", "application/pdf")

Asked = Annotated[str | None, Query()]

WAITING = 8
"""How many PDFs may be asked for at a time: one is made, the others wait."""

KEPT = 32
"""How many PDFs are kept, so that the same one is made only once."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A PDF, with the headers of its own."""

    content: bytes
    headers: dict[str, str]


class _Kept:
    """The PDFs asked for last, by what they were made from."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: OrderedDict[Hashable, Sent] = OrderedDict()

    def get(self, key: Hashable) -> Sent | None:
        """Return a PDF that is kept; None where it is not, or no longer."""
        with self._lock:
            if key in self._sent:
                self._sent.move_to_end(key)
            return self._sent.get(key)

    def keep(self, key: Hashable, sent: Sent) -> Sent:
        """Keep a PDF and return it; the one not asked for longest makes room."""
        with self._lock:
            self._sent[key] = sent
            if len(self._sent) > KEPT:
                self._sent.popitem(last=False)
        return sent


_kept = _Kept()
_places = threading.BoundedSemaphore(WAITING)


@router.get("/areas/{area}/pack", response_class=Response)
def pack(
    request: Request,
    service: ServiceDep,
    area: str,
    edition: Asked = None,
    as_at: Asked = None,
    format_: Annotated[str | None, Query(alias="format")] = None,
) -> Response:
    """Show what to take into the room for an area, or send it as a PDF."""
    form = choose((HTML, PDF), accept_of(request), format_)
    settings = service.settings
    told = Told(settings.contact, settings.base_url or str(request.base_url).rstrip("/"))
    asked = (area, edition or "", as_at or "", told)
    if form is HTML:
        shown = answer(request, service, "pack.html", read_pack, *asked)
        shown.headers["Vary"] = "Accept"
        return shown
    key = (service.generation.pool.snapshot, *asked)
    sent = _kept.get(key)
    if sent is None:
        context, error = service.run(read_pack, *asked)
        if error is not None:
            refused = {**context, "error": error}
            return page(request, service, "pack.html", refused, page_status(error))
        sent = _kept.keep(key, _as_pdf(context["pack"]))
    answered = respond(service, Written(sent.content, PDF))
    answered.headers.update(sent.headers)
    return answered


def read_pack(opened: Opened, name: str, edition: str, as_at: str, told: Told) -> Shown:
    """Make the pack of an area. A refusal comes with what the form needs."""
    context: dict[str, Any] = {
        "area": None,
        "editions": list_editions(opened.store),
        "edition": edition,
        "as_at": as_at,
        "pack": None,
        "linked": True,
        "served": True,
    }
    try:
        area = context["area"] = find_area(list_areas(opened.store), name)
        day = context["day"] = parse_date(as_at) if as_at else opened.data_date
        made = make_pack(opened, area, edition or None, day, told)
    except MasagraphError as error:
        return context, error
    return {**context, "pack": made, "edition": made.edition, "as_at": made.on}, None


def _as_pdf(made: Pack) -> Sent:
    """Return a pack as a PDF.

    It is made in the thread of the request, which runs beside the event loop; few may wait for
    it, so that pages and queries always find a thread.
    """
    if not _places.acquire(blocking=False):
        raise Unavailable("too many PDFs are being made", "Ask again in a moment.", "busy", 5)
    try:
        content = packs_pdf([made])
    except PdfError as error:
        said = "The PDF could not be made. The page of the pack says the same."
        raise HTTPException(503, said) from error
    finally:
        _places.release()
    name = re.sub(r"[^a-z0-9-]", "", f"masagraph-{made.slug}-{made.edition}-{made.on}")
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    if made.tells_names:
        headers["X-Robots-Tag"] = "noindex"
    return Sent(content, headers)
