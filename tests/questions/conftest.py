"""How a question is asked in these tests: by name, over the real store or invented documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from masagraph.dataset.assemble import merge_graphs
from masagraph.questions.answers import Answered, answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.vocab import GRAPH

if TYPE_CHECKING:
    from tests.conftest import Document

    from masagraph.dataset.files import RdfFile

Ask = Callable[..., Answered]
Rows = Callable[..., list[dict[str, Any]]]
Asked = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def ask(opened: Opened, resources: Resources) -> Ask:
    """Ask a question by name; its parameters are given as typed."""
    questions = list_questions(resources)

    def asked(name: str, limit: int | None = None, **given: str) -> Answered:
        question = find_question(questions, name)
        return answer(
            question, given, opened.store, opened.data_date, opened.data_version, limit=limit
        )

    return asked


@pytest.fixture(scope="session")
def rows(ask: Ask) -> Rows:
    """The rows of an answer, each as a mapping of its columns."""

    def answered(name: str, **given: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ask(name, **given).as_json()["rows"]
        return found

    return answered


@pytest.fixture(scope="session")
def ground(law: list[RdfFile]) -> list[ox.Quad]:
    """The law and the invented area."""
    return [quad for file in law for quad in file.quads()]


@pytest.fixture
def asked(ground: list[ox.Quad], resources: Resources) -> Asked:
    """Ask a question over some documents, each in a graph of its own."""
    questions = list_questions(resources)

    def ask(name: str, *documents: Document, **given: str) -> list[dict[str, Any]]:
        store = ox.Store()
        store.extend(ground)
        for document in documents:
            graph = ox.NamedNode(f"{GRAPH}areas/exampleshire/{document.name}")
            for quad in ox.parse(document.text, format=ox.RdfFormat.TURTLE):
                store.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
        merge_graphs(store)
        merged = EmbeddedStore(store, merged=True)
        found = answer(find_question(questions, name), given, merged, date(2026, 1, 1), "test")
        rows: list[dict[str, Any]] = found.as_json()["rows"]
        return rows

    return ask
