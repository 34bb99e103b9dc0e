"""From the names of things to addresses of this service, and back."""

from __future__ import annotations

import re
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import Request
from starlette.exceptions import HTTPException

from masagraph.errors import UnknownName
from masagraph.report.workbook_words import NOWHERE, Place
from masagraph.vocab import BASE, GRAPH, ID

PAGES = (
    (re.compile(r"area/([a-z0-9-]+)"), "/areas/{}"),
    (re.compile(r"body/([a-z0-9-]+)/([a-z0-9-]+)"), "/bodies/{}/{}"),
    (re.compile(r"duty/([a-z0-9-]+)"), "/duties/{}"),
    (re.compile(r"question/([a-z0-9-]+)"), "/questions/{}"),
)
"""Which things have a page made for reading: their name below ``id/``, and its address."""

LONGEST = 1_000
"""No name of the dataset is nearly as long; a longer one is not looked for."""

ONTOLOGY = BASE + "ns"
_OURS = ((str(ID), "/id/"), (str(GRAPH), "/graph/"), (ONTOLOGY, "/ns"))


def named_node(iri: str) -> ox.NamedNode:
    """Return an IRI as a term.

    Raises:
        UnknownName: when it is none, so that nothing can have that name.
    """
    try:
        if len(iri) > LONGEST:
            raise ValueError("too long")
        return ox.NamedNode(iri)
    except ValueError as error:
        raise unknown() from error


def unknown() -> UnknownName:
    """Return the error for a name that nothing here has."""
    return UnknownName(
        "nothing of that name is described here",
        "Names are as in the data; /void says where to begin.",
    )


def page_of(iri: str) -> str | None:
    """Return the path of the page of a thing, where it has one.

    >>> page_of("https://w3id.org/masagraph/id/area/sefton")
    '/areas/sefton'
    """
    if iri.startswith(str(ID)):
        for pattern, page in PAGES:
            match = pattern.fullmatch(iri.removeprefix(str(ID)))
            if match:
                return page.format(*match.groups())
    return None


def local_path(iri: str) -> str | None:
    """Return the path at which this service answers for a name of ours; None for another's.

    >>> local_path("https://w3id.org/masagraph/ns#Duty")
    '/ns#Duty'
    """
    for begin, path in _OURS:
        if iri.startswith(begin):
            return path + quote(iri.removeprefix(begin), safe="/#-._~:")
    return None


def link(iri: str, base: str) -> str:
    """Return what a page links to for an IRI: here, elsewhere, or (empty) nowhere.

    Args:
        iri: the name.
        base: the setting ``base_url``.
    """
    path = local_path(iri)
    if path is not None:
        return base + path
    return iri if iri.startswith(("https://", "http://")) else ""


def root_of(request: Request, base: str) -> str:
    """Return the absolute address of this service, without a final slash.

    Args:
        request: whose Host is believed when there is no setting.
        base: the setting ``base_url``.

    Raises:
        HTTPException: 400 when what the request calls its host can stand in no address.
    """
    root = base or str(request.base_url).rstrip("/")
    try:
        ox.NamedNode(root)
    except ValueError as error:
        raise HTTPException(400, "The Host of the request is not one.") from error
    return root


def place_of(request: Request, base: str) -> Place:
    """Return where this service answers; nowhere for a request whose host is none.

    Args:
        request: whose Host is believed when there is no setting.
        base: the setting ``base_url``.
    """
    try:
        return Place(root_of(request, base))
    except HTTPException:
        return NOWHERE
