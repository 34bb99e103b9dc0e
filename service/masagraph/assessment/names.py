"""From what a user types to what the dataset holds: areas, editions, dates, duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import pyoxigraph as ox

from masagraph.errors import BadValue, DataError, UnknownName
from masagraph.resources import find_resources
from masagraph.store.protocol import Store, Term, select, text_of
from masagraph.vocab import PREFIXES, local_name


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the register.

    Attributes:
        iri: its IRI.
        slug: its short name in addresses, such as ``brighton-and-hove``.
        gss: its current GSS code.
        label: its name.
        arrangement: IRI of its arrangement, or None when none is described.
        has_document: whether any document of the arrangement is held.
    """

    iri: str
    slug: str
    gss: str
    label: str
    arrangement: str | None
    has_document: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the guidance, an Act or regulations.

    Attributes:
        iri: its IRI.
        id: its short name, such as ``wt2023``.
        label: its name.
        kind: local name of its kind, such as ``StatutoryGuidance``.
        since: the first day on which it is in force, where known.
        catalogued: whether its duties are held in full.
        duties: how many of its duties are held.
        succession: whether it is one of a line of editions of one work.
    """

    iri: str
    id: str
    label: str
    kind: str
    since: date | None
    catalogued: bool
    duties: int
    succession: bool


@dataclass(frozen=True, slots=True)
class ChosenEditions:
    """The editions to assess, and a line to tell the user, if any."""

    editions: tuple[Edition, ...]
    name: str
    remark: str = ""


def lookup(store: Store, name: str, **bindings: ox.NamedNode | ox.Literal) -> list[dict[str, Term]]:
    """Run ``queries/lookup/NAME.rq`` and return its rows."""
    return select(store, find_resources().read_query(f"lookup/{name}.rq"), **bindings)


def date_literal(day: date) -> ox.Literal:
    """Return a date as an RDF term."""
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))


def list_areas(store: Store) -> list[Area]:
    """Return every area of the register, by name.

    Raises:
        DataError: when two arrangements cover one area: which one to assess is not known.
    """
    rows = lookup(store, "areas")
    for row in rows:
        if int(text_of(row["arrangements"])) > 1:
            raise DataError(
                f"two arrangements or more cover {text_of(row['label'])}",
                "Describe one arrangement an area; a joint one covers several areas.",
            )
    return [
        Area(
            iri=text_of(row["area"]),
            slug=text_of(row["slug"]),
            gss=text_of(row["gss"]),
            label=text_of(row["label"]),
            arrangement=text_of(row.get("arrangement")) or None,
            has_document=text_of(row["held"]) == "true",
        )
        for row in rows
    ]


def find_area(areas: Iterable[Area], name: str) -> Area:
    """Return the area with a slug or a GSS code.

    Raises:
        UnknownName: when there is none, with the nearest names.
    """
    known = {area.slug: area for area in areas}
    by_code = {area.gss: area for area in known.values()}
    area = known.get(name.lower()) or by_code.get(name.upper())
    if area is None:
        raise UnknownName(f'there is no area "{name}"', nearest(name, known))
    return area


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which names are like one that is not known: those that hold it, else similar ones."""
    holding = [word for word in known if len(name) > 2 and name.lower() in word][:3]
    near = holding or get_close_matches(name.lower(), list(known), n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Use a name such as {', '.join(sorted(known)[:3])}."


def parse_date(text: str) -> date:
    """Read a date of the form 2024-06-01.

    Raises:
        BadValue: when it is none.
    """
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:  # it also takes forms that nobody would expect here
            raise ValueError(text)
        return day
    except ValueError as error:
        raise BadValue(
            f'"{text}" is not a date', "Write it as year-month-day, such as 2024-06-01."
        ) from error


def list_editions(store: Store) -> list[Edition]:
    """Return every edition whose duties are held, in whole or in part, oldest first."""
    return [
        Edition(
            iri=text_of(row["edition"]),
            id=text_of(row["id"]),
            label=text_of(row["label"]),
            kind=local_name(text_of(row["kind"])),
            since=date.fromisoformat(text_of(row["since"])) if "since" in row else None,
            catalogued=text_of(row.get("catalogued")) == "true",
            duties=int(text_of(row["duties"])),
            succession="work" in row,
        )
        for row in lookup(store, "editions")
    ]


def choose_editions(store: Store, name: str | None, as_at: date) -> ChosenEditions:
    """Return the editions that a user's choice means.

    Args:
        store: where to look.
        name: an edition id; ``in-force`` for the guidance, Acts and regulations in force;
            None for the newest guidance, in force by the date, whose duties are held in
            full.
        as_at: the date.

    Raises:
        UnknownName: when there is no such edition.
        BadValue: when no guidance was in force by the date.
    """
    editions = list_editions(store)
    if name not in (None, "in-force"):
        known = {edition.id: edition for edition in editions}
        if name not in known:
            raise UnknownName(
                f'there is no edition "{name}"', f"The editions are {', '.join(known)}, in-force."
            )
        return ChosenEditions((known[name],), name)
    begun = [e for e in editions if e.since is not None and e.since <= as_at]
    guidance = [e for e in begun if e.succession]
    full = [e for e in guidance if e.catalogued]
    if not full:
        raise BadValue(
            f"no edition of the guidance was in force by {as_at}", "Choose a later date."
        )
    newest = full[-1]
    newer = [e.label for e in guidance if e.since and newest.since and e.since > newest.since]
    remark = (
        f"{newest.label} is the newest edition whose duties are held in full. "
        f"{' and '.join(newer)} came into force later and is held only in summary."
        if newer
        else ""
    )
    if name is None:
        return ChosenEditions((newest,), newest.id, remark)
    law = [e for e in begun if not e.succession and e.kind in ("Act", "Regulations")]
    return ChosenEditions((newest, *law), "in-force", remark)


def edition_of(store: Store, duty: str) -> str:
    """Return the id of the edition that states a duty.

    Args:
        store: where to look.
        duty: the duty's name, such as ``wt2023-partnership-chair``.

    Raises:
        UnknownName: when there is no such duty, with the nearest names.
    """
    known = {text_of(row["name"]): text_of(row["edition"]) for row in lookup(store, "duties")}
    if duty not in known:
        raise UnknownName(f'there is no duty "{duty}"', nearest(duty, known))
    return known[duty]
