"""All structures beside the real data, assembled once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engines import engine_of
from masagraph.assessment.findings import Finding, read_findings
from masagraph.assessment.names import find_area, list_areas, list_editions
from masagraph.assessment.view import build_view
from masagraph.dataset.assemble import assemble, merge_graphs
from masagraph.questions.answers import answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/structure.toml"))


class World:
    """All structures beside the real data."""

    def __init__(self, resources: Resources) -> None:
        self.held = assemble(resources, FOLDERS).store
        self.store = EmbeddedStore(self.held)
        self.areas = list_areas(self.store)
        self.editions = {edition.id: edition for edition in list_editions(self.store)}
        self.questions = list_questions(resources)
        merged = ox.Store()
        merged.extend(self.held)
        merge_graphs(merged)
        self.merged = EmbeddedStore(merged, merged=True)
        self.findings = cache(self._findings)

    def _findings(self, area: str, edition: str, as_at: str) -> dict[str, Finding]:
        return self.find(area, edition, as_at)

    def find(
        self, area: str, edition: str, as_at: str, less: Callable[[ox.Quad], bool] | None = None
    ) -> dict[str, Finding]:
        """Assess an area; ``less`` tells what of the data is left out."""
        store = self.store
        if less:
            changed = ox.Store()
            changed.extend([quad for quad in self.held if not less(quad)])
            store = EmbeddedStore(changed)
        view = build_view(store, find_area(self.areas, area), date.fromisoformat(as_at))
        (graph,) = add_assertions(view, [self.editions[edition]], engine_of())
        return {f.duty: f for f in read_findings(EmbeddedStore(view.store), graph)}

    def ask(self, name: str, **given: str) -> list[dict[str, Any]]:
        """The rows of a stored question's answer."""
        return self.ask_of(self.merged, name, **given)

    def ask_of(self, store: EmbeddedStore, name: str, **given: str) -> list[dict[str, Any]]:
        """The rows of the answer over another store."""
        question = find_question(self.questions, name)
        known = {parameter.name for parameter in question.parameters}
        given = {key: value for key, value in given.items() if key in known}
        found = answer(question, given, store, date(2026, 1, 1), "test")
        rows: list[dict[str, Any]] = found.as_json()["rows"]
        return rows


@pytest.fixture(scope="session")
def world(resources: Resources) -> World:
    return World(resources)
