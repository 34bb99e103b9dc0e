"""Many arrangements at once: one run over all finds what pySHACL finds in each by itself."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from shacl_oracle import Found, found_by_queries, found_in_report
from steady import Steady

from generated import document, frame, random_plan
from masagraph.assessment.compiled import Compiled, facts_of
from masagraph.assessment.names import list_areas
from masagraph.assessment.view import View, build_view
from masagraph.dataset.files import RdfFile
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import GRAPH, MASA, local_name

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

DAY = date(2024, 12, 1)


def view_of(law: list[ox.Quad], number: int, duties: list[str]) -> View:
    """The view of a generated arrangement, the same for the same number."""
    random = Random(number)  # noqa: S311
    plan = random_plan(random, f"area-{number}", [local_name(duty) for duty in duties])
    store = ox.Store()
    store.bulk_extend(law)
    for part, text in (("frame", frame(plan)), ("document", document(plan))):
        name = ox.NamedNode(f"{GRAPH}areas/{plan.name}/{part}")
        for t in ox.parse(text, format=ox.RdfFormat.TURTLE):
            store.add(ox.Quad(t.subject, t.predicate, t.object, name))
    embedded = EmbeddedStore(store)
    area = next(area for area in list_areas(embedded) if area.slug == plan.name)
    return build_view(embedded, area, DAY)


def test_one_run_over_many_finds_what_pyshacl_finds_in_each(
    law: list[RdfFile], exampleshire: Exampleshire, request: pytest.FixtureRequest
) -> None:
    many = 2000 if request.config.getoption("--hypothesis-profile") == "full" else 20
    quads = [
        quad
        for file in law
        if not file.graph.startswith(f"{GRAPH}register/")
        for quad in file.quads()
    ]
    edition, tests = ox.NamedNode(MASA.edition), ox.NamedNode(MASA.tests)
    wanted = ox.NamedNode(exampleshire.editions["wt2023"].iri)
    tested = {quad.object.value for quad in quads if quad.predicate == tests}
    duties = sorted(
        quad.subject.value
        for quad in quads
        if quad.predicate == edition and quad.object == wanted and quad.subject.value in tested
    )
    engine, oracle, expected = Compiled(), Steady(), set[Found]()
    together = ox.Store()
    for number in range(many):
        view = view_of(quads, number, duties)
        program = engine.program(view.store)
        together.extend(facts_of(view.store, program.reads))
        expected |= found_in_report(oracle.run(view.store, duties))
    assert not program.refused
    found = found_by_queries(engine.narrowed(view.store, duties).run(together))
    assert found == expected
    assert len({fault.focus for fault in found}) == many
