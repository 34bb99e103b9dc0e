"""Linked data for reading: the pages' templates, and what each is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from masagraph.release.counts import EARLIER, Counts
from masagraph.store.formats import GRAPHS
from masagraph.vocab import BASE, DATASET, curie, local_name
from masagraph.web.linked.addresses import link, page_of
from masagraph.web.linked.description import Description
from masagraph.web.linked.graphs import Contents
from masagraph.web.linked.ontology import Module
from masagraph.web.linked.tables import Reading, name_cell, short_name
from masagraph.web.shown import page, templates
from masagraph.web.state import Service


def breaks(name: str) -> Markup:
    """Allow a long name to go on in the next line after each slash."""
    return Markup("/<wbr>").join(name.split("/"))


templates.env.globals.update(rdf=GRAPHS)
templates.env.filters.update(
    breaks=breaks, curie=curie, local_name=local_name, short_name=short_name
)


def thing_page(request: Request, service: Service, described: Description) -> HTMLResponse:
    """The page of a thing that has none made for it."""
    base, iri = service.settings.base_url, described.thing.value
    made = page_of(iri)
    return _page(
        request,
        service,
        "thing.html",
        {
            "described": described,
            "iri": iri,
            "name": described.label or short_name(iri),
            "tables": Reading(described, base).tables(),
            "made": base + made if made else "",
        },
    )


def graph_page(request: Request, service: Service, contents: Contents) -> HTMLResponse:
    """The page of a graph: what it speaks of."""
    base = service.settings.base_url
    things = [
        (name_cell(iri, contents.labels, base), number) for iri, number in contents.things.items()
    ]
    return _page(request, service, "graph.html", {"contents": contents, "things": things})


def ontology_page(request: Request, service: Service, held: Sequence[Module]) -> HTMLResponse:
    """The terms of the ontology, or of one module, with their meaning."""
    return _page(request, service, "ontology.html", {"modules": held, "base_name": BASE})


def dataset_page(request: Request, service: Service, counts: Counts) -> HTMLResponse:
    """What the dataset is, how much it holds, and under which terms."""
    return _page(
        request,
        service,
        "dataset.html",
        {
            "counts": counts,
            "dataset": DATASET,
            "earlier": EARLIER,
        },
    )


def _page(
    request: Request, service: Service, name: str, context: dict[str, object]
) -> HTMLResponse:
    linked = {"link": partial(link, base=service.settings.base_url)}
    return page(request, service, name, {**linked, **context}, headers={"Vary": "Accept"})
