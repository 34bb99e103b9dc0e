"""A board or group: its lines up to the top, who sits on it, when it meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.appointments import Appointment, Named
from masagraph.assessment.bodies import Remark, find_body, remarks_on
from masagraph.assessment.body_shown import BodyShown
from masagraph.assessment.chains import Way
from masagraph.assessment.names import find_area, list_areas, parse_date
from masagraph.errors import MasagraphError
from masagraph.store.opened import Opened
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

CHAIRS = ("PartnershipChair", "Chair")
NO_EMPLOYER = "No employer told"


@router.get("/bodies/{area}/{slug}")
def one_body(
    request: Request,
    service: ServiceDep,
    area: str,
    slug: str,
    as_at: Annotated[str | None, Query()] = None,
) -> HTMLResponse:
    """Show what a body is, to whom it answers, who sits on it, and in which words."""
    return answer(request, service, "body.html", read_body, area, slug, as_at or "")


def read_body(opened: Opened, area: str, slug: str, as_at: str) -> Shown:
    """Return what the page of a body is given. A refusal comes with what the form needs."""
    context: dict[str, Any] = {"area": None, "body": None, "as_at": as_at, "shown": None}
    try:
        home = context["area"] = find_area(list_areas(opened.store), area)
        _, body = find_body(opened.store, area, slug)
        context["body"] = body
        day = parse_date(as_at) if as_at else opened.data_date
        within = accountability_of(opened.store, home, day, opened.data_version)
    except MasagraphError as error:
        return context, error
    shown = BodyShown(within, body, tuple(remarks_on(opened.store, body)))
    in_view = {document.id for document in within.documents}

    def told(remark: Remark) -> bool:
        """Whether no document tells it, or one that is in view."""
        return remark.document is None or remark.document in in_view

    sits = [seat for seat in shown.seats if seat.role not in CHAIRS]
    return {
        **context,
        "as_at": day.isoformat(),
        "day": day,
        "shown": replace(shown, within=replace(within, words={})),
        "words": shown.words,
        "all_unread": not any(q.reviewed for each in within.words.values() for q in each),
        "chairs": within.chairs_of(body.iri),
        "rotations": within.rotations.get(body.iri, ()),
        "meetings": within.meetings.get(body.iri, ()),
        "members": by_organisation(seat for seat in sits if not seat.expected),
        "expected": [seat for seat in shown.seats if seat.expected],
        "ways": [(within.named(way.steps), _turn(within, way)) for way in within.ways_up(body.iri)],
        "remarks": {
            kind: [remark for remark in shown.remarks if remark.kind == kind and told(remark)]
            for kind in ("name", "purpose", "remark")
        },
        "is_over": body.has_ended(day),
        "is_yet_to_begin": _yet_to_begin(body.began, day),
    }, None


def by_organisation(seats: Iterable[Appointment]) -> dict[str, list[Appointment]]:
    """Group seats by the organisation of the post, by name; those without one come last."""
    found: dict[str, list[Appointment]] = {}
    for seat in seats:
        names = "; ".join(organisation.name for organisation in seat.organisations)
        found.setdefault(names, []).append(seat)
    ordered = sorted(found, key=lambda name: (not name, name.casefold()))
    return {name or NO_EMPLOYER: found[name] for name in ordered}


def _turn(within: Accountability, way: Way) -> list[Named]:
    """Return the cycle in which a way ends, if any."""
    return within.named(way.cycle)


def _yet_to_begin(began: date | None, day: date) -> bool:
    return began is not None and began > day
