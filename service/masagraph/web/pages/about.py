"""What this is: the data and their terms, privacy, accessibility, contact, version, how to cite."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from masagraph import __version__
from masagraph.assessment.names import lookup
from masagraph.questions.answers import answer as ask
from masagraph.questions.catalogue import Question
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.web.shown import Shown, answer, page_router
from masagraph.web.state import ServiceDep

router = page_router()

DOCUMENTS = "documents-and-editions"
"""The stored question that fills the table of documents."""


@router.get("/about")
def about(request: Request, service: ServiceDep) -> HTMLResponse:
    """Tell what this is, what it holds, and how it treats those who read it or are named in it."""
    (documents,) = (each for each in service.questions if each.name == DOCUMENTS)
    rate = service.settings.client_rate
    return answer(request, service, "about.html", read_about, documents, rate)


def read_about(opened: Opened, documents: Question, rate: str) -> Shown:
    """Return what the page tells: every number and every term of use is of the data.

    Args:
        opened: the store.
        documents: the question whose answer is the table of documents.
        rate: the setting ``client_rate``; empty where clients are not counted.
    """
    store = opened.store
    (held,) = lookup(store, "held")
    answered = ask(documents, {}, store, opened.data_date, opened.data_version)
    return {
        "held": {name: int(text_of(number)) for name, number in held.items()},
        "documents": answered.as_json()["rows"],
        "registers": _texts(opened, "registers"),
        "pieces": _texts(opened, "void-parts"),
        "dataset": _texts(opened, "dataset-terms"),
        "shapes": [row["shapes"] for row in _texts(opened, "versions")],
        "software": __version__,
        "counted": bool(rate),
    }, None


def _texts(opened: Opened, query: str) -> list[dict[str, str]]:
    return [
        {name: text_of(term) for name, term in row.items()} for row in lookup(opened.store, query)
    ]
