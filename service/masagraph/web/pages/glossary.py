"""The words that readers meet: what each means, as the glossary of the ontology says it."""

from __future__ import annotations

from itertools import groupby

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph.assessment.names import lookup
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()


@router.get("/glossary")
def glossary(request: Request, service: ServiceDep) -> HTMLResponse:
    """Tell what the words mean that pages use."""
    return answer(request, service, "glossary.html", read_glossary)


def read_glossary(opened: Opened) -> Shown:
    """Return what the page tells: each word once, with the terms of the model it leads to."""
    rows = [
        {name: text_of(value) for name, value in row.items()}
        for row in lookup(opened.store, "glossary")
    ]
    words = []
    for _, of_one in groupby(rows, key=lambda row: row["term"]):
        found = list(of_one)
        see = [(row["see"], row["see_label"]) for row in found if row.get("see")]
        words.append({**found[0], "see": see})
    return {"words": words}, None
