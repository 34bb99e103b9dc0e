"""Three ways in which pySHACL passes everything in silence, and that each is noticed.

A pass is claimed only where words show it. With no fault and no words the engine says that
it could not prove its outcome; it never says "Evidenced".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyshacl.errors import ValidationFailure

from masagraph.dataset.files import RdfFile
from masagraph.errors import EngineError
from masagraph.vocab import GRAPH, MASA

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

DUTY = "wt2023-lsp-sign-off"
AS_AT = "2024-12-01"


def test_control_nothing_said_is_not_found(exampleshire: Exampleshire) -> None:
    """The same document with the shapes as they are: what the tests below must never lose."""
    found = exampleshire.findings(AS_AT, exampleshire.document(), duties=[DUTY])
    assert found[DUTY].outcome == "NotFoundInTextHeld"
    assert found[DUTY].fault == "NothingFound"


def selecting_value(law: list[RdfFile]) -> Iterator[RdfFile]:
    """The law, its evidence components changed to select a ``?value`` that there is."""
    for file in law:
        if file.graph != f"{GRAPH}shapes/evidence":
            yield file
            continue
        text = re.sub(
            r"SELECT( DISTINCT)? \$this WHERE {",
            r"SELECT\1 $this ?value WHERE { $this a ?value .",
            file.text,
        )
        assert text != file.text
        triples = tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
        yield replace(file, text=text, triples=triples)


def test_a_component_that_selects_value_gives_no_rows_and_no_pass(
    exampleshire: Exampleshire, law: list[RdfFile]
) -> None:
    """``?value`` is bound before the SELECT runs, so such a component never finds a fault."""
    blind = type(exampleshire)(selecting_value(law))
    with pytest.raises(EngineError, match="no outcome could be proved for wt2023-lsp-sign-off"):
        blind.findings(AS_AT, blind.document(), duties=[DUTY])


def test_such_a_component_is_harmless_where_words_show_the_duty(
    exampleshire: Exampleshire, law: list[RdfFile]
) -> None:
    """What raises above is the lack of proof, not the change of the text."""
    blind = type(exampleshire)(selecting_value(law))
    document = blind.document(blind.statement("sign-off", wholly=[DUTY]))
    found = blind.findings(AS_AT, document, duties=[DUTY])
    assert found[DUTY].outcome == "Evidenced"


def test_a_view_without_its_type_gives_no_pass(exampleshire: Exampleshire) -> None:
    """Every shape targets that type: without it nothing is looked at and all would conform."""
    document = exampleshire.document(exampleshire.statement("sign-off", wholly=[DUTY]))
    view = exampleshire.view(AS_AT, document)
    in_view = ox.NamedNode(MASA.ArrangementInView)
    typed = [
        quad for quad in view.store if quad.object == in_view and quad.subject.value == view.focus
    ]
    assert typed
    for quad in typed:
        view.store.remove(quad)
    with pytest.raises(EngineError, match="0 arrangements are in view"):
        exampleshire.assess(view, duties=[DUTY])


def test_a_failure_that_is_returned_gives_no_pass(
    exampleshire: Exampleshire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pySHACL returns a ValidationFailure in place of the report instead of raising it."""

    def failing(*_args: object, **_options: object) -> tuple[bool, ValidationFailure, str]:
        return True, ValidationFailure("the recursion is too deep"), "the recursion is too deep"

    monkeypatch.setattr("masagraph.assessment.engine.validate", failing)
    document = exampleshire.document(exampleshire.statement("sign-off", wholly=[DUTY]))
    with pytest.raises(EngineError, match="the recursion is too deep"):
        exampleshire.findings(AS_AT, document, duties=[DUTY])
