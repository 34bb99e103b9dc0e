"""How to say that something is wrong, with the finding followed here; and what was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.corrections import list_corrections
from masagraph.assessment.findings import Finding, Words
from masagraph.assessment.held import assess_by_held
from masagraph.assessment.names import (
    Area,
    choose_editions,
    find_area,
    list_areas,
    lookup,
    parse_date,
)
from masagraph.errors import MasagraphError, Unavailable
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.store.written_in import without_comments
from masagraph.vocab import ID
from masagraph.web.shown import page, page_router
from masagraph.web.state import ServiceDep

router = page_router()

ASKED = ("area", "duty", "edition", "as_at", "outcome", "body", "page")
"""What a link to this page may name."""

LONGEST = 200
"""Characters of each that are shown; no name is as long."""

QUERY = "lookup/corrections.rq"
"""What gives the table of corrections, and its files."""

MOST_WORDS = 3
"""Phrases that a message quotes; the finding itself has them all."""


@router.get("/corrections")
def corrections(request: Request, service: ServiceDep) -> HTMLResponse:
    """Show how to have something corrected, a text about it to send, and what was corrected.

    The page is shown without what the data say when no query worker has time: who has
    something to tell can always tell it.
    """
    given = {
        name: request.query_params[name][:LONGEST]
        for name in ASKED
        if request.query_params.get(name)
    }
    context: dict[str, Any] = {"about": list(given.items()), "meant": None, "made": None}
    with suppress(Unavailable):
        context |= service.run(read_corrections, given)
    meant, version = context["meant"], service.data_version
    context["message"] = message(given, meant, version, service.data_date)
    context["query"] = without_comments(find_resources().read_query(QUERY))
    return page(request, service, "corrections.html", context)


def message(
    given: Mapping[str, str],
    meant: tuple[Area, Finding] | None,
    data_version: str,
    data_date: date,
) -> str:
    """Return the lines to copy or to send, as plain text: a template would escape it.

    Args:
        given: what the link named.
        meant: the area and the finding, where the link named one.
        data_version: the version of the data that was looked at.
        data_date: the date of those data, on which a finding is shown where none is named.
    """
    words = meant[1].rests_on[:MOST_WORDS] if meant else ()
    if meant:
        shown = {"edition": meant[1].source.edition, "as_at": data_date.isoformat()}
        given = {**given, **{name: given.get(name) or value for name, value in shown.items()}}
    return "\n".join(
        (
            *(f"{name.replace('_', ' ')}: {value}" for name, value in given.items()),
            f"data: {data_version}",
            *(f"words relied on: {_told(each)}" for each in words),
            "",
            "what is wrong:",
            "document, with its address and date:",
            "words that show it, and where they stand:",
            "",
        )
    )


def _told(words: Words) -> str:
    """Return the words of a statement, and its name, by which a record of the correction has it."""
    name = words.statement.removeprefix(ID)
    return f"“{words.exact}” ({words.document}, {words.section}), {name}"


def read_corrections(opened: Opened, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what was corrected, newest first, and the finding that is meant, if it is one.

    Args:
        opened: the store.
        given: what the link named; what is not known here is only repeated.
    """
    return {"made": list_corrections(opened.store), "meant": _meant(opened, given)}


def _meant(opened: Opened, given: Mapping[str, str]) -> tuple[Area, Finding] | None:
    if "area" not in given or "duty" not in given:
        return None
    try:
        area = find_area(list_areas(opened.store), given["area"])
        day = parse_date(given["as_at"]) if "as_at" in given else opened.data_date
        stated_in = {
            text_of(r["name"]): text_of(r["edition"]) for r in lookup(opened.store, "duties")
        }
        edition = given.get("edition") or stated_in.get(given["duty"])
        chosen = choose_editions(opened.store, edition, day)
        made = assess_by_held(opened.store, area, chosen, day, opened.data_version)
    except MasagraphError:
        return None
    found = (each for each in made.findings if each.duty == given["duty"])
    return next(((area, each) for each in found), None)
