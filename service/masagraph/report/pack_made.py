"""Makes a pack from the store: an assessment, and who leads and answers to whom beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import pyoxigraph as ox

from masagraph import __version__
from masagraph.assessment.accountability import accountability_of
from masagraph.assessment.education import education_of
from masagraph.assessment.findings import Assessment
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.holders import names_of_holders
from masagraph.assessment.names import Area, choose_editions, list_editions, lookup
from masagraph.questions.area_overview import rows_of
from masagraph.report.area_chart import chart_with, partners_of
from masagraph.report.pack import Pack, Read, Told
from masagraph.report.pack_findings import (
    counts,
    gaps_by_topic,
    strengths,
    to_press,
    untested,
    what_is_shown,
)
from masagraph.report.pack_lines import lines_in_words
from masagraph.report.pack_seats import (
    Seat,
    bodies_in_words,
    roles_in_words,
    seats_in_words,
)
from masagraph.report.words import dated, day, extent
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, text_of

_CHAIR = "how-a-partnership-is-chaired"
_SCRUTINY = "how-scrutiny-is-arranged"


def make_pack(
    opened: Opened,
    area: Area,
    edition: str | None,
    as_at: date,
    told: Told,
    only: Collection[str] | None = None,
) -> Pack:
    """Make the pack of an area.

    Args:
        opened: the open store.
        area: the area.
        edition: an edition id or ``in-force``; None for the default edition.
        as_at: the date.
        told: contact and address.
        only: ids of documents, when not all are to be read for the findings.

    Raises:
        UnknownName: for an edition or a document that is not held.
        BadValue: when no guidance was in force by the date.
        EngineError: when an outcome could not be proved.
    """
    chosen = choose_editions(opened.store, edition, as_at)
    made = assess_by_held(opened.store, area, chosen, as_at, opened.data_version, only)
    return pack_of(opened, made, told)


def pack_of(opened: Opened, made: Assessment, told: Told) -> Pack:
    """Make the pack of an assessment.

    Args:
        opened: the open store.
        made: the assessment.
        told: contact and address; the version is that of this software.
    """
    store, area, as_at = opened.store, made.area, made.as_at
    found = accountability_of(store, area, as_at, opened.data_version)
    held = bool(found.documents)
    partners = partners_of(opened, area, as_at)
    names = names_of_holders(store, area, as_at) if held else {}
    seats = seats_in_words(found, names, partners)
    roles: tuple[Seat, ...] = ()
    if held:
        education = education_of(store, area, as_at, found)
        chaired, scrutiny = (rows_of(opened, q, area, as_at) for q in (_CHAIR, _SCRUTINY))
        roles = roles_in_words(found, names, education, chaired, scrutiny)
    findings = made.findings
    labels = {each.id: each.label for each in list_editions(store)}
    against = list(dict.fromkeys(finding.source.edition_label for finding in findings))
    return Pack(
        slug=area.slug,
        area=area.label,
        gss=area.gss,
        edition=made.edition,
        against=", ".join(against) or labels.get(made.edition, made.edition),
        remark=made.remark,
        as_at=day(as_at),
        on=as_at.isoformat(),
        data_version=made.data_version,
        data_date=opened.data_date.isoformat(),
        duties=len(findings),
        tested=made.tested,
        strengths=strengths(findings),
        counts=counts(findings),
        press=to_press(findings),
        topics=gaps_by_topic(findings),
        shown=what_is_shown(findings),
        untested=untested(findings),
        documents=_documents(store, made, labels),
        lines=lines_in_words(found) if held else None,
        chart=chart_with(store, found, partners) if held else None,
        seats=seats,
        roles=roles,
        bodies=bodies_in_words(found) if held else (),
        tells_names=any(seat.named for seat in (*seats, *roles)),
        unread=not any(words.reviewed for finding in findings for words in finding.rests_on),
        told=Told(told.contact, told.base, __version__),
    )


def _documents(store: Store, made: Assessment, labels: Mapping[str, str]) -> tuple[Read, ...]:
    told: dict[tuple[str, str], dict[str, None]] = {}
    for row in lookup(store, "sources-of-area", area=ox.NamedNode(made.area.iri)):
        for part in ("publisher", "licence"):
            if part in row:
                told.setdefault((text_of(row["document"]), part), {})[text_of(row[part])] = None
    return tuple(
        Read(
            id=document.id,
            title=document.title,
            publisher="; ".join(told.get((document.iri, "publisher"), ())),
            extent=extent(document),
            dated=dated(document),
            claims=", ".join(labels.get(name, name) for name in document.claims),
            address=document.url or "",
            licence="; ".join(told.get((document.iri, "licence"), ())),
        )
        for document in made.documents
    )
