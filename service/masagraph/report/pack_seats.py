"""The seats of a pack: posts first, a name after the post where a document prints one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.appointments import Appointment, Slot
from masagraph.assessment.education import EducationSeat
from masagraph.assessment.holders import HolderName

CHAIRS = ("PartnershipChair", "Chair")
SCRUTINEER = "IndependentScrutineer"
NOT_FOUND = "Not found in the text we hold"
NO_DOCUMENT = "No document held"
KEPT = "The lead keeps the functions; no delegate is expected"

_HOLDER = {
    "Named": "named in the document; not shown here",
    "PostOnly": "the document gives no name",
    "ToBeConfirmed": "to be confirmed",
    "Vacant": "vacant",
    "SeatOnly": "nobody is shown in it",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat, as it is printed.

    Attributes:
        of: whose seat it is, and which: the first column.
        organisations: the partner's organisations, by the register.
        post: the post with its organisations, or that none was found.
        found: whether a document shows a post.
        holder: a name where a document prints one, else what it says of the holder.
        named: whether that is a name.
        remark: what else there is to know.
        document: id of the document.
    """

    of: str
    organisations: str
    post: str
    found: bool
    holder: str
    named: bool
    remark: str
    document: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A board or group: its name, who chairs it, and to whom it answers."""

    name: str
    chair: str
    answers_to: str


def seats_in_words(
    found: Accountability,
    names: Mapping[str, HolderName],
    organisations: Mapping[str, Sequence[str]],
) -> tuple[Seat, ...]:
    """Return the seats of the partners: a lead and a delegate each, at least.

    Args:
        found: who answers to whom.
        names: names that documents print, by the IRI of the appointment.
        organisations: of each partner, by the register.
    """
    return tuple(row for slot in found.seats for row in _slot(slot, found, names, organisations))


def roles_in_words(
    found: Accountability,
    names: Mapping[str, HolderName],
    education: Sequence[EducationSeat],
    chaired: Sequence[Mapping[str, Any]],
    scrutiny: Sequence[Mapping[str, Any]],
) -> tuple[Seat, ...]:
    """Return who chairs the partnership, who scrutinises it, and how education takes part.

    Args:
        found: who answers to whom.
        names: names that documents print, by the IRI of the appointment.
        education: how education takes part.
        chaired: the rows of the stored question on the chair.
        scrutiny: the rows of the stored question on how scrutiny is arranged.
    """
    roles = found.partnership_roles
    chairs = [_seat("Chair of the partnership", s, names) for s in roles if s.role in CHAIRS]
    chairs += [_spoken(row) for row in chaired if not row["post"]]
    scrutinised = [_seat("Independent scrutiny", s, names) for s in roles if s.role == SCRUTINEER]
    scrutinised += _parts(scrutiny)
    schools = [_education(each) for each in education]
    return (
        *(chairs or [_none("Chair of the partnership", NOT_FOUND)]),
        *(scrutinised or [_none("Independent scrutiny", NOT_FOUND)]),
        *(schools or [_none("Education", NOT_FOUND)]),
    )


def bodies_in_words(found: Accountability) -> tuple[BodyRow, ...]:
    """Return the boards and groups of an area: those of the partnership first; posts only."""
    above = found.above
    return tuple(
        BodyRow(
            body.name,
            _chair(found, body.iri),
            ", ".join(each.name for each in found.named(above.get(body.iri, ()))) or "not found",
        )
        for body in sorted(found.bodies, key=lambda each: not each.within_partnership)
        if not body.has_ended(found.as_at)
    )


def _chair(found: Accountability, body: str) -> str:
    told = list(dict.fromkeys(_post(seat) for seat in found.chairs_of(body)))
    told += ["in rotation" for _ in found.rotations.get(body, ())[:1]]
    return "; ".join(told) or "not found"


def _slot(
    slot: Slot,
    found: Accountability,
    names: Mapping[str, HolderName],
    organisations: Mapping[str, Sequence[str]],
) -> Iterable[Seat]:
    partner = slot.partner[:1].upper() + slot.partner[1:]
    by_register = "; ".join(organisations.get(slot.partner, ()))
    for role, seats in (("lead", slot.leads), ("delegate", slot.delegates)):
        head = f"{partner}, {role}"
        if role == "delegate" and slot.retained:
            yield from (
                Seat(head, "", KEPT, True, "", False, "", r.document) for r in slot.retained
            )
        elif not seats:
            none = NOT_FOUND if found.documents else NO_DOCUMENT
            yield _none(head, none, by_register if role == "lead" else "")
        for number, seat in enumerate(seats):
            shown = by_register if role == "lead" and not number else ""
            yield _seat(head, seat, names, shown)


def _seat(
    of: str, seat: Appointment, names: Mapping[str, HolderName], organisations: str = ""
) -> Seat:
    name = names.get(seat.appointment)
    remark = "The role is our reading." if seat.role_mapping == "InferredRole" else ""
    return Seat(
        of=of,
        organisations=organisations,
        post=_post(seat),
        found=True,
        holder=name.name if name else _HOLDER.get(seat.holder_status, ""),
        named=name is not None,
        remark=" ".join(filter(None, (remark, seat.remark))),
        document=seat.document,
    )


def _post(seat: Appointment) -> str:
    employers = "; ".join(each.name for each in seat.organisations)
    tenure = f" ({seat.tenure.lower()})" if seat.tenure else ""
    return f"{seat.post.name}{f', {employers}' if employers else ''}{tenure}"


def _spoken(row: Mapping[str, Any]) -> Seat:
    """Return what a document says of the chair where it shows no post."""
    chaired = str(row["chaired"])
    chaired += f", {row['turn']}" if row["turn"] else ""
    said = f"{row['body']}: {chaired}" if row["body"] else chaired[:1].upper() + chaired[1:]
    remark = str(row["remark"] or "")
    return Seat("Chair of the partnership", "", said, True, "", False, remark, row["document"])


def _parts(rows: Sequence[Mapping[str, Any]]) -> list[Seat]:
    """Return the parts of scrutiny, once for each document that tells them."""
    told = dict.fromkeys((str(row["parts"]), str(row["document"])) for row in rows if row["parts"])
    return [Seat("Independent scrutiny", "", f"made up of: {parts}", True, "", False, "", document)
            for parts, document in told]  # fmt: skip


def _education(each: EducationSeat) -> Seat:
    posts = dict.fromkeys(seat.post.name for seat, _ in each.seats)
    open_ = [s.post.name for s, _ in each.seats if s.holder_status in ("ToBeConfirmed", "Vacant")]
    remark = f"To be confirmed or vacant: {', '.join(dict.fromkeys(open_))}." if open_ else ""
    return Seat(
        of=f"Education: {each.voice_label}",
        organisations="",
        post=f"{each.grade[:1].upper()}{each.grade[1:]}"
        + (f": {', '.join(posts)}" if posts else ""),
        found=True,
        holder="",
        named=False,
        remark=" ".join(filter(None, (each.remark, remark))),
        document=each.document,
    )


def _none(of: str, said: str, organisations: str = "") -> Seat:
    return Seat(of, organisations, said, False, "", False, "", "")
