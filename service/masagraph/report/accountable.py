"""Who answers to whom in an area, and one body, in the form that the HTTP API gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from masagraph.assessment.accountability import Accountability, LooseEnd
from masagraph.assessment.appointments import Named
from masagraph.assessment.bodies import Body, Meeting, Remark
from masagraph.assessment.body_shown import BodyShown
from masagraph.assessment.lines import ACCOUNTABLE, Line, as_end

NOTE = (
    "Only lines of accountability that a document states are followed to the top; reporting and "
    "being linked are other facts. At the top stands whoever no document in view says answers to "
    "anybody. A loose end is a gap in the text held, not in how things are."
)


def area_as_json(found: Accountability) -> dict[str, Any]:
    """Return the accountability of an area."""
    above, bodies = found.above, {body.iri for body in found.bodies}
    return {
        **_head(found),
        "counts": {
            "bodies": len(found.bodies),
            "bodies_that_answer_to_another": len(bodies & set(above)),
            "lines": len(found.lines),
            "lines_of_accountability": sum(line.kind == ACCOUNTABLE for line in found.lines),
        },
        "seats": [asdict(slot) for slot in found.seats],
        "partnership_roles": [asdict(seat) for seat in found.partnership_roles],
        "bodies": [_body_of_area(found, body) for body in found.bodies],
        "lines": [_line(line) for line in found.lines],
        "tops": _ends(found.tops),
        "cycles": [_ends(cycle) for cycle in found.cycles],
        "loose_ends": [_loose_end(loose) for loose in found.loose_ends],
    }


def body_as_json(shown: BodyShown) -> dict[str, Any]:
    """Return all that is said of a body."""
    within, iri = shown.within, shown.body.iri
    return {
        **_head(within),
        **_body(within, shown.body),
        "other_names": _remarks(shown.remarks, "name"),
        "purpose": _remarks(shown.remarks, "purpose"),
        "remarks": _remarks(shown.remarks, "remark"),
        "words": [asdict(quoted) for quoted in shown.words],
        "chairs": [asdict(chair) for chair in within.chairs_of(iri)],
        "chair_rotates": _meetings(within.rotations.get(iri, ())),
        "members": [asdict(seat) for seat in shown.seats if not seat.expected],
        "seats_only_expected": [asdict(seat) for seat in shown.seats if seat.expected],
        "meetings": _meetings(within.meetings.get(iri, ())),
        "lines": [_line(line) for line in shown.lines],
    }


def body_in_lines_as_json(shown: BodyShown) -> dict[str, Any]:
    """Return a body's place in the lines."""
    within, iri = shown.within, shown.body.iri
    return {
        **_head(within),
        **_body(within, shown.body),
        "answers_to": _ends(within.named(within.above.get(iri, ()))),
        "ways_up": _ways(within, iri),
        "tops": _ends(shown.tops),
        "cycles": [_ends(cycle) for cycle in shown.cycles],
        "loose_end": _loose_end(shown.loose_end) if shown.loose_end else None,
        "answered_to_by": _ends(shown.answered_to_by),
        "answered_to_by_in_the_end": _ends(shown.answered_to_by_in_the_end),
        "lines": [_line(line) for line in shown.path_lines],
    }


def _head(found: Accountability) -> dict[str, Any]:
    """Return what stands at the top of each answer about an area."""
    return {
        "area": found.area.slug,
        "area_name": found.area.label,
        "gss": found.area.gss,
        "area_iri": found.area.iri,
        "arrangement": found.area.arrangement,
        "as_at": found.as_at.isoformat(),
        "data_version": found.data_version,
        "note": NOTE,
        "documents_read": [
            {
                "id": document.id,
                "iri": document.iri,
                "title": document.title,
                "extent_held": document.extent_held,
                "in_view_from": document.in_view_from.isoformat(),
                "url": document.url,
            }
            for document in found.documents
        ],
    }


def _body(found: Accountability, body: Body) -> dict[str, Any]:
    return {
        "body": body.body,
        "iri": body.iri,
        "name": body.name,
        "kind": body.kind,
        "kind_label": body.kind_label,
        "part_of": asdict(body.part_of) if body.part_of else None,
        "within_partnership": body.within_partnership,
        "began": body.began.isoformat() if body.began else None,
        "ended": body.ended.isoformat() if body.ended else None,
        "had_ended": body.has_ended(found.as_at),
    }


def _body_of_area(found: Accountability, body: Body) -> dict[str, Any]:
    seats = found.members.get(body.iri, ())
    return {
        **_body(found, body),
        "chairs": [asdict(chair) for chair in found.chairs_of(body.iri)],
        "chair_rotates": _meetings(found.rotations.get(body.iri, ())),
        "members": sum(not seat.expected for seat in seats),
        "seats_only_expected": sum(seat.expected for seat in seats),
        "answers_to": _ends(found.named(found.above.get(body.iri, ()))),
        "ways_up": _ways(found, body.iri),
    }


def _ways(found: Accountability, iri: str) -> list[dict[str, Any]]:
    """Return every way up from a body, with the lines that it goes along."""
    return [
        {
            "steps": _ends(found.named(way.steps)),
            "lines": list(found.along(way)),
            "ends_in": "cycle" if way.cycle else "top",
            "top": None if way.top is None else as_end(found.names[way.top]),
            "cycle": _ends(found.named(way.cycle)),
        }
        for way in found.ways_up(iri)
    ]


def _line(line: Line) -> dict[str, Any]:
    return {
        "line": line.line,
        "from": as_end(line.start),
        "to": as_end(line.end),
        "kind": line.kind,
        "kind_label": line.kind_label,
        "how_often": line.how_often,
        "remark": line.remark,
        "document": line.document,
        "words": [asdict(words) for words in line.words],
    }


def _loose_end(loose: LooseEnd) -> dict[str, Any]:
    return {
        **as_end(loose.what),
        "reason": loose.reason,
        "why": loose.why,
        "within_partnership": loose.within_partnership,
    }


def _ends(things: Sequence[Named]) -> list[dict[str, str | None]]:
    return [as_end(thing) for thing in things]


def _meetings(meetings: Sequence[Meeting]) -> list[dict[str, Any]]:
    return [asdict(meeting) for meeting in meetings]


def _remarks(remarks: Sequence[Remark], kind: str) -> list[dict[str, str | None]]:
    return [
        {"text": remark.text, "document": remark.document}
        for remark in remarks
        if remark.kind == kind
    ]
