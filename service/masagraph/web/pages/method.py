"""How a verdict is made: its limits, its steps with findings that were really made, its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.held import assess_by_held
from masagraph.assessment.names import (
    ChosenEditions,
    choose_editions,
    date_literal,
    find_area,
    list_areas,
    lookup,
)
from masagraph.questions.answers import answer as ask
from masagraph.questions.catalogue import Question
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import ID, PREFIXES, local_name
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

WORDS, LAW = "outcome-words", "how-the-law-is-known"
"""The stored questions that fill the tables of the page."""

SCHEMES = ("standing", "modality")
"""The lists of concepts that the page explains."""

STRENGTHS = ("Must", "Should", "May")
"""The order in which strengths are told everywhere; what is none of them comes first."""


@router.get("/method")
def method(request: Request, service: ServiceDep) -> HTMLResponse:
    """Tell how a verdict is made, and what it does not say."""
    questions = {each.name: each for each in service.questions if each.name in (WORDS, LAW)}
    return answer(request, service, "method.html", read_method, questions)


def read_method(opened: Opened, questions: Mapping[str, Question]) -> Shown:
    """Return what the page tells: every number and every example is of the data."""
    store = opened.store
    chosen = choose_editions(store, None, opened.data_date)
    areas = list_areas(store)
    tables = {
        name: ask(question, {}, store, opened.data_date, opened.data_version).as_json()["rows"]
        for name, question in questions.items()
    }
    (read,) = lookup(store, "second-readers")
    (held,) = lookup(store, "held")
    return {
        "edition": chosen.editions[0],
        "remark": chosen.remark,
        "areas": len(areas),
        "with_document": sum(area.has_document for area in areas),
        "documents": int(text_of(held["documents"])),
        "statements": int(text_of(read["statements"])),
        "reviewed": int(text_of(read["reviewed"])),
        "words": tables[WORDS],
        "law": tables[LAW],
        "total": _sum(tables[LAW]),
        "schemes": {name: _concepts(opened, name) for name in SCHEMES},
        "reasons": _texts(opened, "reasons-not-tested"),
        "examples": _examples(opened, chosen),
    }, None


def _sum(law: list[dict[str, Any]]) -> dict[str, int]:
    """Return the sum of each column of numbers of the table on the law."""
    numbers = [
        name
        for name, value in (law[0].items() if law else ())
        if isinstance(value, int) and not isinstance(value, bool)
    ]
    return {name: sum(row[name] for row in law) for name in numbers}


def _concepts(opened: Opened, scheme: str) -> list[dict[str, str]]:
    found = [
        {**each, "name": local_name(each["concept"])}
        for each in _texts(opened, "concepts", scheme=ox.NamedNode(f"{ID}concept/{scheme}"))
    ]
    place = {name: number for number, name in enumerate(STRENGTHS)}
    return sorted(found, key=lambda each: place.get(each["name"], -1))


def _texts(opened: Opened, query: str, **bindings: ox.NamedNode) -> list[dict[str, str]]:
    return [
        {name: text_of(term) for name, term in row.items()}
        for row in lookup(opened.store, query, **bindings)
    ]


def _examples(opened: Opened, chosen: ChosenEditions) -> list[dict[str, Any]]:
    """Return the first finding of each kind that ``example-findings.rq`` gives, in full."""
    edition = chosen.editions[0]
    rows = lookup(
        opened.store,
        "example-findings",
        edition=ox.NamedNode(edition.iri),
        as_at=date_literal(opened.data_date),
    )
    first: dict[str, tuple[str, str]] = {}
    for row in rows:
        first.setdefault(text_of(row["kind"]), (text_of(row["area"]), text_of(row["duty"])))
    return [
        {"kind": kind, **_in_full(opened, chosen, area, duty)}
        for kind, (area, duty) in first.items()
    ]


def _in_full(opened: Opened, chosen: ChosenEditions, area: str, duty: str) -> dict[str, Any]:
    """Return one finding with all that led to it: its documents, its test, what was left out."""
    store = opened.store
    found = find_area(list_areas(store), area)
    made = assess_by_held(store, found, chosen, opened.data_date, opened.data_version)
    finding = next(each for each in made.findings if each.duty == duty)
    in_view = {document.id: document for document in made.documents}
    of_area = lookup(store, "documents-of-area", area=ox.NamedNode(found.iri))
    publishers = {
        local_name(text_of(row["document"])): text_of(row.get("publisher")) for row in of_area
    }
    return {
        "area": found,
        "finding": finding,
        "documents": [
            in_view[name] for name in dict.fromkeys(w.document for w in finding.rests_on)
        ],
        "publishers": publishers,
        "in_view": len(in_view),
        "left_out": len(publishers.keys() - in_view.keys()),
        "test": _texts(opened, "shape-of-duty", duty=ox.NamedNode(PREFIXES["duty"] + duty))[0],
    }
