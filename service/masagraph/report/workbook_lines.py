"""Sheets of seats, and of bodies and the lines between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.appointments import Appointment, Slot
from masagraph.assessment.bodies import Body
from masagraph.assessment.lines import ACCOUNTABLE, Line
from masagraph.assessment.quoted import Quoted
from masagraph.report.workbook import Cell, Column, Sheet
from masagraph.report.workbook_words import Place

NOT_FOUND = "not found in the text we hold"
KEPT = "kept by the lead; no delegate is expected"

ROW_IS = 3
"""The column of bodies and lines that tells which of the two a row is."""

_HOLDER = {
    "Named": "named in the document",
    "PostOnly": "the post is given, and no name",
    "ToBeConfirmed": "to be confirmed",
    "Vacant": "vacant",
    "SeatOnly": "a seat that the document expects",
}


def seats_sheet(
    found: Iterable[Accountability], place: Place, read: Collection[str] | None = None
) -> Sheet:
    """Return one row a seat: of partners, of the partnership and of bodies. Posts, not people.

    Args:
        found: the areas.
        place: where the service answers.
        read: ids of the only documents to tell of; None for all in view.
    """
    columns = (
        Column("Area", 18), Column("GSS code", 12), Column("As at", 11), Column("Partner", 20),
        Column("Sits on", 30), Column("Role", 26), Column("Post", 40), Column("Organisation", 36),
        Column("Holder", 24), Column("How the role is known", 18), Column("The document says", 26),
        Column("Only expected", 10), Column("Remark", 30), Column("Document", 28),
        Column("Words relied on", 50), Column("Seat", 40),
    )  # fmt: skip
    return Sheet(
        "Seats",
        "One row for each seat: of the partners first, then of the partnership and its bodies. "
        "Posts, not people: no name of a holder stands here. "
        f"A lead or delegate that no document tells is “{NOT_FOUND}”.",
        columns,
        [row for each in found for row in _seats(each, place, read)],
        fixed=1,
    )


def _seats(
    found: Accountability, place: Place, read: Collection[str] | None
) -> Iterator[tuple[Cell, ...]]:
    names = {body.iri: body.name for body in found.bodies}
    on: dict[str, list[str]] = {}
    members: dict[str, Appointment] = {}
    for iri, seats in found.members.items():
        for seat in seats:
            on.setdefault(seat.appointment, []).append(names.get(iri, "the partnership"))
            members[seat.appointment] = seat
    head = (found.area.label, found.area.gss, found.as_at)
    for slot in found.seats:
        for word, those in (("lead", slot.leads), ("delegate", slot.delegates), ("", slot.others)):
            kept = _told(those, read)
            for seat in kept:
                members.pop(seat.appointment, None)
                yield (*head, slot.partner, *_seat(seat, on, place))
            if word and not kept:
                yield (*head, slot.partner, None, word, _no_seat(slot, word, read), *[None] * 9)
    for seat in _told(members.values(), read):
        yield (*head, None, *_seat(seat, on, place))


def _no_seat(slot: Slot, word: str, read: Collection[str] | None) -> str:
    """Return what stands for a lead or delegate where no seat is shown."""
    kept = word == "delegate" and any(read is None or r.document in read for r in slot.retained)
    return KEPT if kept else NOT_FOUND


def _told(seats: Iterable[Appointment], read: Collection[str] | None) -> list[Appointment]:
    return [seat for seat in seats if read is None or seat.document in read]


def _seat(seat: Appointment, on: dict[str, list[str]], place: Place) -> tuple[Cell, ...]:
    inferred = seat.role_mapping == "InferredRole"
    return (
        "; ".join(dict.fromkeys(on.get(seat.appointment, ()))),
        seat.role_label,
        seat.post.name + (f" ({seat.tenure.lower()})" if seat.tenure else ""),
        "; ".join(each.name for each in seat.organisations),
        _HOLDER.get(seat.holder_status, seat.holder_status),
        "our reading" if inferred else "as stated",
        seat.stated_role,
        seat.expected,
        seat.remark,
        seat.document,
        quoted(seat.words),
        place.name(seat.appointment),
    )


def lines_sheet(
    found: Iterable[Accountability],
    place: Place,
    read: Collection[str] | None = None,
    only: Sequence[Line] | None = None,
) -> Sheet:
    """Return one row a body, then one row a line, area by area.

    Args:
        found: the areas.
        place: where the service answers.
        read: ids of the only documents to tell of; None for all in view.
        only: the only lines to tell of, and then of no body; None for all.
    """
    columns = (
        Column("Area", 18), Column("GSS code", 12), Column("As at", 11), Column("Row is a", 9),
        Column("Body, or start of the line", 40), Column("Kind", 24),
        Column("Answers to, or end of the line", 40), Column("Chair", 36),
        Column("Seats listed", 8), Column("How often", 20), Column("Part of", 26),
        Column("Of the partnership", 12), Column("Ended", 11), Column("Remark", 36),
        Column("Document", 28), Column("Words relied on", 50), Column("Described here", 44),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        if only is None:
            rows += [_body(each, b, place, read) for b in each.bodies if _speaks(each, b, read)]
        lines = each.lines if only is None else only
        rows += [_line(each, ln, place) for ln in lines if read is None or ln.document in read]
    return Sheet(
        "Bodies and lines",
        "Bodies first, each in one row; then each line between them, as a document states it. "
        "Only “answers to” is accountability: reporting and being linked are less.",
        columns,
        rows,
        fixed=1,
    )


def bodies_of(sheet: Sheet) -> Sheet:
    """Return the rows of bodies alone."""
    return replace(sheet, rows=[row for row in sheet.rows if row[ROW_IS] == "body"])


def _speaks(found: Accountability, body: Body, read: Collection[str] | None) -> bool:
    """Whether one of the documents that are told of has a line, a seat or a meeting of a body."""
    if read is None:
        return True
    iri = body.iri
    told = [line.document for line in found.lines_of(iri)]
    told += [seat.document for seat in found.members.get(iri, ())]
    told += [meeting.document for meeting in found.meetings.get(iri, ())]
    return any(document in read for document in told)


def _body(
    found: Accountability, body: Body, place: Place, read: Collection[str] | None
) -> tuple[Cell, ...]:
    iri = body.iri
    seats = [s for s in _told(found.members.get(iri, ()), read) if not s.expected]
    meetings = [m for m in found.meetings.get(iri, ()) if read is None or m.document in read]
    rotations = found.rotations.get(iri, ())
    chairs = [_post(seat) for seat in _told(found.chairs_of(iri), read)]
    answers = [
        line.end.name
        for line in found.lines
        if line.kind == ACCOUNTABLE
        and line.start.iri == iri
        and (read is None or line.document in read)
    ]
    documents = [*(seat.document for seat in seats), *(each.document for each in meetings)]
    return (
        found.area.label,
        found.area.gss,
        found.as_at,
        "body",
        place.page(body.name, f"/bodies/{body.body}?as_at={found.as_at.isoformat()}"),
        body.kind_label,
        "; ".join(dict.fromkeys(answers)),
        "; ".join(chairs) or ("in rotation" if rotations else None),
        len(seats),
        "; ".join(m.frequency for m in meetings if m.frequency),
        body.part_of.name if body.part_of else None,
        body.within_partnership,
        body.ended,
        "; ".join(m.remark for m in meetings if m.remark),
        "; ".join(dict.fromkeys(documents)),
        None,
        place.name(iri),
    )


def _post(seat: Appointment) -> str:
    organisations = "; ".join(each.name for each in seat.organisations)
    return f"{seat.post.name}, {organisations}" if organisations else seat.post.name


def _line(found: Accountability, line: Line, place: Place) -> tuple[Cell, ...]:
    return (
        found.area.label,
        found.area.gss,
        found.as_at,
        "line",
        line.start.name,
        line.kind_label,
        line.end.name,
        None,
        None,
        line.how_often,
        None,
        None,
        None,
        line.remark,
        line.document,
        quoted(line.words),
        place.name(line.line),
    )


def quoted(words: Iterable[Quoted]) -> str:
    """Return quoted phrases, each with where it stands, in the lines of one cell."""
    return "\n".join(f"“{each.exact}” ({each.document}, {each.section})" for each in words)
