"""The network of areas on a date: bodies, posts, organisations, and what joins them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.appointments import Appointment
from masagraph.assessment.names import Area, date_literal, find_area, list_areas, lookup
from masagraph.assessment.quoted import Quoted
from masagraph.network.gathered import Gathered, Network
from masagraph.resources import find_resources
from masagraph.store.protocol import Store, Term, select, text_of
from masagraph.vocab import local_name


def read_network(store: Store, areas: Sequence[str] | None, as_at: date) -> Network:
    """Return the network of areas on a date.

    Nodes are named by IRI. Each has ``label``, ``kind`` (``body``, ``partnership``, ``scrutiny``,
    ``post``, ``organisation``, ``designation`` for an entry of a list of relevant agencies, or
    ``area``) and ``area``, the short names of the areas for which it was read. Each edge has a
    ``kind``: that of a line (``AccountableTo``, ``ReportsTo``, ``LinkedTo``), ``Seat`` (a post on a
    body), ``SlotSeat`` (a post for a partner of an area), ``PostIn``, ``PartOf``, ``Fills`` (an
    organisation is a partner of an area), ``ListedIn`` or ``Means`` (an entry of a list). Edges
    that a document states have its id. No name of a person is in it: an officer who must be told
    on several bodies has an opaque id, ``holder``.

    Nodes and edges are in a stable order. The graph has ``as_at``, ``areas`` and ``documents``.

    Args:
        store: the dataset.
        areas: short names or GSS codes; None for every area of which a document is held.
        as_at: the date; later documents are left out.

    Raises:
        UnknownName: for an area that is not held.
    """
    known = list_areas(store)
    wanted = (
        [area for area in known if area.has_document]
        if areas is None
        else list({area.iri: area for area in (find_area(known, n) for n in areas)}.values())
    )
    return network_of(store, wanted, as_at)


def network_of(store: Store, wanted: Sequence[Area], as_at: date) -> Network:
    """Return the network of areas that are found already; see :func:`read_network`."""
    gathered = Gathered()
    documents: dict[str, str] = {}
    held: list[str] = []
    for area in sorted(wanted, key=lambda each: each.slug):
        gathered.node(area.iri, area.label, "area", area.slug)
        found = accountability_of(store, area, as_at, "")
        documents |= {document.id: document.extent_held for document in found.documents}
        held += [f"{area.slug}={document.id}" for document in found.documents]
        if found.documents:
            _add_arrangement(gathered, store, found)
    _add_partners(gathered, store, wanted, as_at)
    _add_organisations(gathered, store)
    return gathered.network(
        as_at=as_at.isoformat(),
        areas=" ".join(sorted(area.slug for area in wanted)),
        documents=" ".join(f"{name}={documents[name]}" for name in sorted(documents)),
        held=" ".join(sorted(held)),
    )


def documents_of(network: Network) -> dict[str, str]:
    """Return the documents in view: how much of each is held, by its id."""
    pairs = (each.partition("=") for each in str(network.graph["documents"]).split())
    return {name: extent for name, _, extent in pairs}


def documents_of_area(network: Network, area: str) -> dict[str, str]:
    """Return the documents in view of one area of a network, by its short name."""
    ids = {name for of, _, name in (e.partition("=") for e in str(network.graph["held"]).split())
           if of == area}  # fmt: skip
    return {name: extent for name, extent in documents_of(network).items() if name in ids}


def _add_arrangement(gathered: Gathered, store: Store, found: Accountability) -> None:
    """Add all that the documents in view of one area state."""
    area = found.area
    since = {document.id: document.in_view_from.isoformat() for document in found.documents}
    for body in (each for each in found.bodies if not each.begins_after(found.as_at)):
        gathered.node(
            body.iri, body.name, "body", area.slug, classification=body.kind_label,
            ended=body.has_ended(found.as_at),
            within_partnership=body.within_partnership,
        )  # fmt: skip
        if body.part_of:
            gathered.node(body.part_of.iri, body.part_of.name, None, area.slug)
            gathered.edge(body.iri, body.part_of.iri, "PartOf")
    for line in found.lines:
        for end in (line.start, line.end):
            gathered.node(end.iri, end.name, None, area.slug)
        gathered.edge(
            line.start.iri, line.end.iri, line.kind, f"{line.line}#{area.slug}",
            area=area.slug, fact=line.line, how_often=line.how_often,
            **_source(line.document, since, line.words),
        )  # fmt: skip
    for row in lookup(store, "partnerships-of-area", area=ox.NamedNode(area.iri)):
        gathered.node(text_of(row["partnership"]), text_of(row["name"]), None, area.slug)
    for iri, seats in found.members.items():
        gathered.node(iri, "", None, area.slug)
        for seat in seats:
            _add_seat(gathered, area, seat, iri, "Seat", since)
    for slot in found.seats:
        for seat in slot.seats:
            _add_seat(gathered, area, seat, area.iri, "SlotSeat", since, partner=slot.partner)
    _add_listed(gathered, store, area, found.as_at)
    _add_elsewhere(gathered, store, area, found.as_at)


def _add_seat(
    gathered: Gathered, area: Area, seat: Appointment, on: str, kind: str,
    since: Mapping[str, str], partner: str | None = None,
) -> None:  # fmt: skip
    gathered.node(seat.post.iri, seat.post.name, "post", area.slug)
    for organisation in seat.organisations:
        gathered.node(organisation.iri, organisation.name, "organisation", area.slug)
        gathered.edge(seat.post.iri, organisation.iri, "PostIn")
    gathered.edge(
        seat.post.iri, on, kind, f"{seat.appointment}#{kind}#{area.slug}",
        area=area.slug, fact=seat.appointment, role=seat.role_label,
        status=seat.holder_status, expected=seat.expected,
        holder=seat.holder, partner=partner, **_source(seat.document, since, seat.words),
    )  # fmt: skip


def _source(document: str, since: Mapping[str, str], words: Iterable[Quoted]) -> dict[str, str]:
    """Return what shows a fact: the document, and the words with their standing."""
    words = list(words)
    return {
        "document": document,
        "in_view_from": since.get(document, ""),
        "standing": "; ".join(sorted({each.standing for each in words})),
        "words": " / ".join(dict.fromkeys(each.exact for each in words)),
    }


def _rows(store: Store, name: str, area: Area, as_at: date) -> list[dict[str, Term]]:
    return select(
        store, find_resources().read_query(f"network/{name}.rq"),
        area=ox.NamedNode(area.iri), as_at=date_literal(as_at),
    )  # fmt: skip


def _add_listed(gathered: Gathered, store: Store, area: Area, as_at: date) -> None:
    """Add the entries of lists of relevant agencies, and the organisations that they mean."""
    for row in _rows(store, "listed-agencies", area, as_at):
        entry, position = text_of(row["entry"]), text_of(row.get("position"))
        document = local_name(text_of(row["document"]))
        gathered.node(entry, text_of(row["name"]), "designation", area.slug,
                      classification=text_of(row["mode"]))  # fmt: skip
        gathered.edge(
            entry, area.iri, "ListedIn", area=area.slug, document=document,
            in_view_from=text_of(row["since"]), position=int(position) if position else None,
            lists_members=text_of(row["lists_members"]) == "true",
        )  # fmt: skip
        if "organisation" in row:
            gathered.node(text_of(row["organisation"]), "", "organisation", area.slug)
            gathered.edge(entry, text_of(row["organisation"]), "Means", document=document)


def _add_elsewhere(gathered: Gathered, store: Store, area: Area, as_at: date) -> None:
    """Add the other areas in which a post of this one has a seat."""
    for row in _rows(store, "posts-elsewhere", area, as_at):
        gathered.node(
            text_of(row["other"]), text_of(row["otherName"]), "area", text_of(row["slug"])
        )
        gathered.node(text_of(row["post"]), text_of(row["name"]), "post", area.slug)
        gathered.edge(
            text_of(row["post"]), text_of(row["other"]), "SeatElsewhere",
            area=text_of(row["slug"]), document=local_name(text_of(row["document"])),
            in_view_from=text_of(row["since"]),
        )  # fmt: skip


def _add_partners(gathered: Gathered, store: Store, wanted: Sequence[Area], as_at: date) -> None:
    """Add the partners of the areas, and the other areas of which the register makes them one."""
    day, here = as_at.isoformat(), {area.iri for area in wanted}
    rows = select(store, find_resources().read_query("network/fillings.rq"))
    rows = [row for row in rows if "document" not in row or text_of(row["from"]) <= day]
    ours = {text_of(row["organisation"]) for row in rows if text_of(row["area"]) in here}
    for row in rows:
        area, organisation = text_of(row["area"]), text_of(row["organisation"])
        since, until = text_of(row.get("from")), text_of(row.get("until"))
        of_document = "document" in row
        in_force = not of_document and since <= day and (not until or day < until)
        if organisation not in ours or (area not in here and not in_force):
            continue
        gathered.node(area, text_of(row["areaName"]), "area", text_of(row["slug"]))
        gathered.node(
            organisation, "", "organisation", text_of(row["slug"]) if area in here else ""
        )
        document = local_name(text_of(row.get("document")))
        gathered.edge(
            organisation, area, "Fills",
            f"Fills {organisation} {area} {text_of(row['partner'])} {document or since}",
            area=text_of(row["slug"]), partner=text_of(row["partner"]),
            statutory=text_of(row["statutory"]) == "true",
            known_from="document" if of_document else "register",
            in_force=in_force, document=document, in_view_from=since if of_document else None,
            register_from=None if of_document else since,
            register_until=None if of_document else until,
        )  # fmt: skip


def _add_organisations(gathered: Gathered, store: Store) -> None:
    """Tell what each organisation is, and add those that it is a part of."""
    rows: dict[str, list[dict[str, Term]]] = {}
    for row in select(store, find_resources().read_query("network/organisations.rq")):
        rows.setdefault(text_of(row["organisation"]), []).append(row)
    waiting = [iri for iri in gathered.of_kind("organisation") if iri in rows]
    while waiting:
        iri = waiting.pop()
        for row in rows.pop(iri, ()):
            gathered.node(iri, text_of(row["name"]), "organisation", "",
                          classification=text_of(row.get("kind")))  # fmt: skip
            if "whole" in row:
                whole = text_of(row["whole"])
                gathered.node(whole, text_of(row["wholeName"]), None, "")
                gathered.edge(iri, whole, "PartOf")
                waiting.append(whole)
