"""Data, shapes and views that the tests of the compiler share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import settings
from hypothesis.errors import InvalidArgument
from rdflib import Graph

from masagraph.assessment.compiled import Compiled
from masagraph.assessment.view import View, build_view
from masagraph.vocab import EARL, MASA

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

try:
    settings.get_profile("full")
except InvalidArgument:
    # Only asked for here: it says that all is to be run, and nothing is drawn.
    settings.register_profile("full")

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def people() -> Graph:
    """The data of the small cases. Never write to it."""
    return Graph().parse(CASES / "people.ttl")


@pytest.fixture(scope="session")
def arrangements() -> Graph:
    """Views of invented arrangements, as facts. Never write to it."""
    return Graph().parse(CASES / "arrangements.ttl")


@pytest.fixture(scope="session")
def compiled() -> Compiled:
    """An engine that has compiled the shapes once for all tests."""
    return Compiled()


@dataclass(frozen=True)
class Example:
    """An example of a duty.

    Attributes:
        duty: IRI of the duty that it is about.
        view: what is in view on its date.
    """

    duty: str
    view: View


@pytest.fixture(scope="session")
def example_of(
    exampleshire: Exampleshire, as_document: type[Document]
) -> Callable[[Path], Example]:
    """Reads an example below ``tests/shapes``, without the finding that it expects."""

    def read(path: Path) -> Example:
        store = ox.Store()
        store.load(path=path, format=ox.RdfFormat.TURTLE)
        (found,) = store.quads_for_pattern(None, ox.NamedNode(EARL.test), None)
        result = ox.NamedNode(EARL.result)
        about = {found.subject, *(q.object for q in store.quads_for_pattern(None, result, None))}
        (day,) = store.quads_for_pattern(found.subject, ox.NamedNode(MASA.asAt), None)
        shown = (quad.triple for quad in store if quad.subject not in about)
        text = ox.serialize(shown, format=ox.RdfFormat.N_TRIPLES)
        assert text is not None
        document = as_document("example", text.decode())
        view = build_view(
            exampleshire.store(document), exampleshire.area, date.fromisoformat(day.object.value)
        )
        return Example(found.object.value, view)

    return read
