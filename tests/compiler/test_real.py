"""The real arrangements on several dates: the same report as pySHACL's, for every edition."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from shacl_oracle import canonical
from steady import Steady

from masagraph.assessment.compiled import Compiled
from masagraph.assessment.names import Area, list_editions
from masagraph.assessment.view import build_view
from masagraph.dataset.assemble import Assembled
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import MASA

DAYS = ("2022-06-01", "2024-12-01", "")
"""Dates of views; the last is the date of the data."""


@pytest.mark.parametrize("day", DAYS)
def test_reports_are_pyshacls(
    day: str, store: EmbeddedStore, areas: list[Area], assembled: Assembled, compiled: Compiled
) -> None:
    edition_of, editions = ox.NamedNode(MASA.edition), list_editions(store)
    as_at = date.fromisoformat(day) if day else assembled.data_date
    looked_at, oracle = 0, Steady()
    # A joint arrangement covers several areas, and is looked at once.
    for area in {area.arrangement: area for area in areas if area.has_document}.values():
        view = build_view(store, area, as_at)
        looked_at += bool(view.documents)
        for edition in editions if view.documents else ():
            which = ox.NamedNode(edition.iri)
            quads = view.store.quads_for_pattern(None, edition_of, which)
            duties = [str(quad.subject).strip("<>") for quad in quads]
            expected = oracle.run(view.store, duties)
            found = compiled.run(view.store, duties)
            assert canonical(found) == canonical(expected), (area.slug, edition.id)
    assert looked_at
    assert not compiled.program(view.store).refused
