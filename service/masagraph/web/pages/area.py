"""An area: who leads, who answers to whom, what was read, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.appointments import HELD_FOR_SLOT, Named
from masagraph.assessment.corrections import corrections_of
from masagraph.assessment.education import education_of, school_voice
from masagraph.assessment.holders import HolderName, names_of_holders
from masagraph.assessment.lines import ACCOUNTABLE, Line
from masagraph.assessment.names import find_area, list_areas, list_editions, lookup, parse_date
from masagraph.assessment.view import Document
from masagraph.errors import MasagraphError
from masagraph.questions.area_overview import overview_of, rows_of
from masagraph.report.area_chart import by_partner, chart_from, read_chart
from masagraph.report.chart import Chart, draw
from masagraph.report.downwards import downwards
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import local_name
from masagraph.web.linked.addresses import page_of
from masagraph.web.shown import Shown, answer, page_router, templates
from masagraph.web.state import ServiceDep

router = page_router()

Asked = Annotated[str | None, Query()]

CHAIRS = ("PartnershipChair", "Chair")
SCRUTINEER = "IndependentScrutineer"


def drawn(chart: Chart) -> Markup:
    """Return the drawing of a chart for a page; empty where it cannot be made.

    It is made while the page is, and not in the query worker that reads the data: that one
    has little memory, and may open no file.
    """
    return Markup(draw(chart, chart.counts(), "chart-") or "")  # noqa: S704 (escaped as XML)


templates.env.globals.update(drawn=drawn, page_of=page_of)


@router.get("/areas/{area}")
def one_area(request: Request, service: ServiceDep, area: str, as_at: Asked = None) -> HTMLResponse:
    """Show who leads in an area and who answers to whom, by the documents in view on a date."""
    return answer(request, service, "area.html", read_area, area, as_at or "")


@router.get("/areas/{area}/chart.svg", response_class=Response)
def one_chart(service: ServiceDep, area: str, as_at: Asked = None) -> Response:
    """Draw who answers to whom in an area, as a picture that stands alone."""
    chart = service.run(read_chart, area, as_at or "").chart
    svg = draw(chart, " ".join(chart.words()))
    if svg is None:
        said = "The drawing could not be made. The page of the area says the same in a list."
        raise HTTPException(503, said)
    return Response(svg, media_type="image/svg+xml")


def read_area(opened: Opened, name: str, as_at: str) -> Shown:
    """Return what the page of an area is given. A refusal comes with what the form needs."""
    context: dict[str, Any] = {"area": None, "asked": name, "as_at": as_at, "overview": None}
    try:
        areas = list_areas(opened.store)
        area = context["area"] = find_area(areas, name)
        day = parse_date(as_at) if as_at else opened.data_date
        overview = overview_of(opened, area, day)
        found = accountability_of(opened.store, area, day, opened.data_version)
    except MasagraphError as error:
        return context, error
    store = opened.store
    education = education_of(store, area, day, found) if found.documents else []
    names = names_of_holders(store, area, day) if found.documents else {}
    return {
        **context,
        "as_at": day.isoformat(),
        "day": day,
        "overview": overview,
        "joint": [
            other
            for other in areas
            if area.arrangement and other.arrangement == area.arrangement and other != area
        ],
        "found": replace(found, words={}),
        "held": [(_document(held), held) for held in overview.documents],
        "all_unread": not any(q.reviewed for each in found.words.values() for q in each),
        "dates": {document.id: document for document in found.documents},
        "edition_names": {edition.id: edition.label for edition in list_editions(store)},
        "by_register": by_partner(overview),
        "names": names,
        "tells_names": bool(shown_names(found, names)),
        **_asked(opened, found),
        "roles": {
            "chairs": [seat for seat in found.partnership_roles if seat.role in CHAIRS],
            "scrutineers": [s for s in found.partnership_roles if s.role == SCRUTINEER],
            "business": [
                seat for seat in found.partnership_roles if seat.role not in (*CHAIRS, SCRUTINEER)
            ],
        },
        "corrections": corrections_of(store, area.iri),
        "education": education,
        "school_voice": school_voice(education),
        "bodies": _bodies(found) if found.documents else [],
        "branches": downwards(found),
        "reports": _reports(found),
        "chart": chart_from(opened, found, overview) if found.documents else None,
        "outcomes": {
            local_name(text_of(row["outcome"])): text_of(row["label"])
            for row in lookup(store, "outcomes")
        },
    }, None


def _asked(opened: Opened, found: Accountability) -> dict[str, list[dict[str, Any]]]:
    """Return what stored questions tell of the chair and of scrutiny, by documents in view."""
    asked = {
        "chaired": "how-a-partnership-is-chaired",
        "scrutiny": "scrutiny-reports-to",
        "scrutiny_words": "how-scrutiny-is-arranged",
    }
    return {
        part: rows_of(opened, question, found.area, found.as_at) if found.documents else []
        for part, question in asked.items()
    }


def shown_names(found: Accountability, names: Mapping[str, HolderName]) -> set[str]:
    """Return the appointments that the page shows with a name."""
    seats = [seat for slot in found.seats for seat in slot.seats if seat.role in HELD_FOR_SLOT]
    seats += [seat for of_body in found.members.values() for seat in of_body]
    return {seat.appointment for seat in seats if seat.appointment in names}


def _bodies(found: Accountability) -> list[dict[str, Any]]:
    """Return a row for each body: those of the partnership first, by name."""
    above = found.above
    return [
        {
            "body": body,
            "chairs": found.chairs_of(body.iri),
            "rotations": found.rotations.get(body.iri, ()),
            "answers_to": found.named(above.get(body.iri, ())),
            "meetings": found.meetings.get(body.iri, ()),
        }
        for body in sorted(found.bodies, key=lambda each: not each.within_partnership)
    ]


def _reports(found: Accountability) -> list[tuple[Named, list[Line]]]:
    """Return the lines of other kinds than accountability, by where they begin."""
    begun: dict[Named, list[Line]] = {}
    for line in found.lines:
        if line.kind != ACCOUNTABLE:
            begun.setdefault(line.start, []).append(line)
    return list(begun.items())


def _document(held: Mapping[str, Any]) -> Document:
    """Return a document that is held in the form that the words of reports are made from."""
    return Document(
        iri=held["iri"],
        id=held["id"],
        graph="",
        title=held["title"],
        kind=held["kind"],
        extent_held=held["extent_held"],
        in_view_from=date.fromisoformat(held["in_view_from"]),
        date_basis=held["date_basis"] or "",
        url=held["url"],
        claims=tuple(held["claims_editions"]),
    )
