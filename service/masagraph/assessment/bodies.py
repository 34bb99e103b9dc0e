"""The boards, forums and groups of an area: what they are, who sits on them, when they meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.appointments import Named
from masagraph.assessment.names import Area, date_literal, find_area, list_areas, lookup, nearest
from masagraph.assessment.quoted import Quoted, WordsOfFacts
from masagraph.errors import UnknownName
from masagraph.store.protocol import Store, Term, text_of
from masagraph.vocab import ID, local_name

BODIES = str(ID) + "body/"


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the arrangements, or beside them.

    Attributes:
        iri: its IRI.
        body: its short name in addresses, such as ``sefton/practice-review-group``.
        name: its name.
        kind: local name of the kind that its name makes it, where it does.
        kind_label: what people read.
        part_of: what it is stated to be part of.
        within_partnership: whether that is the partnership.
        began: the first day on which it was there, where known.
        ended: the first day on which it was no longer there, where known.
    """

    iri: str
    body: str
    name: str
    kind: str | None
    kind_label: str | None
    part_of: Named | None
    within_partnership: bool
    began: date | None
    ended: date | None

    def begins_after(self, day: date) -> bool:
        """Whether it is known not to have been there yet on a day."""
        return self.began is not None and self.began > day

    def has_ended(self, as_at: date) -> bool:
        """Whether it was gone by a date."""
        return self.ended is not None and self.ended <= as_at


@dataclass(frozen=True, slots=True)
class Meeting:
    """How often a body meets; or that its chair rotates.

    Attributes:
        iri: IRI of the schedule or of the rule of rotation.
        frequency: how often, in the document's words or their sense.
        remark: what else there is to know.
        document: id of the document.
        words: the words that show it.
    """

    iri: str
    frequency: str | None
    remark: str | None
    document: str
    words: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A text about a body: another name, its purpose, or a remark; with its document if any."""

    kind: str
    text: str
    document: str | None


def list_bodies(store: Store) -> list[Body]:
    """Return every body that is described, by name."""
    found = {text_of(row["body"]): row for row in lookup(store, "bodies")}
    return [_body(iri, row) for iri, row in found.items()]


def _body(iri: str, row: dict[str, Term]) -> Body:
    began, ended = text_of(row.get("from")), text_of(row.get("until"))
    of = text_of(row.get("of"))
    return Body(
        iri=iri,
        body=iri.removeprefix(BODIES),
        name=text_of(row["name"]),
        kind=local_name(text_of(row.get("kind"))) or None,
        kind_label=text_of(row.get("kindLabel")) or None,
        part_of=Named(of, text_of(row.get("ofName"))) if of else None,
        within_partnership=text_of(row.get("partnership")) == "true",
        began=date.fromisoformat(began) if began else None,
        ended=date.fromisoformat(ended) if ended else None,
    )


def bodies_of(store: Store, area: Area) -> list[Body]:
    """Return the bodies of an area, by name.

    Those are the ones that are named after it, those of its partnership, and those that its
    documents seat or draw lines to.
    """
    rows = lookup(store, "bodies-of-area", area=ox.NamedNode(area.iri))
    linked = {text_of(row["body"]) for row in rows}
    return [
        body
        for body in list_bodies(store)
        if body.iri in linked or body.body.startswith(f"{area.slug}/")
    ]


def find_body(store: Store, area: str, slug: str) -> tuple[Area, Body]:
    """Return a body and the area it belongs to.

    Args:
        store: the dataset.
        area: the area's short name or GSS code.
        slug: the last part of the body's short name.

    Raises:
        UnknownName: when there is no such area or body, with the nearest names.
    """
    home = find_area(list_areas(store), area)
    known = {body.body: body for body in list_bodies(store)}
    name = f"{home.slug}/{slug}".lower()
    if name not in known:
        raise UnknownName(f'there is no body "{home.slug}/{slug}"', _instead(home, slug, known))
    return home, known[name]


def _instead(area: Area, slug: str, known: Iterable[str]) -> str:
    """Name bodies that may have been meant: of the area if it has any."""
    head = f"{area.slug}/"
    own = [name.removeprefix(head) for name in known if name.startswith(head)]
    if not own:
        return f"No document held names a body of {area.label}."
    return nearest(slug, own)


def meetings_of(
    store: Store, area: Area, as_at: date, words: WordsOfFacts
) -> tuple[Mapping[str, Sequence[Meeting]], Mapping[str, Sequence[Meeting]]]:
    """Return the meetings of an area's bodies, and the rules by which a chair rotates.

    Args:
        store: the dataset.
        area: the area.
        as_at: the date; later documents are left out.
        words: see :func:`masagraph.assessment.quoted.words_of_facts`.

    Returns:
        both by the IRI of the body.
    """
    found: dict[str, dict[str, list[Meeting]]] = {"meeting": {}, "rotation": {}}
    for row in lookup(store, "meetings", area=ox.NamedNode(area.iri), as_at=date_literal(as_at)):
        iri = text_of(row["fact"])
        found[text_of(row["use"])].setdefault(text_of(row["body"]), []).append(
            Meeting(
                iri=iri,
                frequency=text_of(row.get("frequency")) or None,
                remark=text_of(row.get("remark")) or None,
                document=local_name(text_of(row["document"])),
                words=words.get(iri, ()),
            )
        )
    return found["meeting"], found["rotation"]


def remarks_on(store: Store, body: Body) -> list[Remark]:
    """Return other names of a body, its purpose, and remarks on it."""
    return [
        Remark(
            text_of(row["kind"]),
            text_of(row["text"]),
            local_name(text_of(row.get("document"))) or None,
        )
        for row in lookup(store, "remarks", body=ox.NamedNode(body.iri))
    ]
