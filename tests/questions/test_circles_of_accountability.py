"""circles-of-accountability: none of the six lines of accountability leads back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from masagraph.questions.answers import answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "circles-of-accountability"


def test_no_body_of_sefton_answers_to_itself(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert len(found) == 6
    assert {row["in_a_circle"] for row in found} == {False}
    assert rows(NAME, area="kent") == []


def test_an_invented_circle_is_told(resources: Resources) -> None:
    text = """
    PREFIX masa: <https://w3id.org/masagraph/ns#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    INSERT DATA {
      <urn:x> masa:coversArea <urn:area> . <urn:area> skos:prefLabel "Area" .
      <urn:a> skos:prefLabel "A" ; masa:accountableTo <urn:b> .
      <urn:b> skos:prefLabel "B" ; masa:accountableTo <urn:a> .
      <urn:c> skos:prefLabel "C" ; masa:accountableTo <urn:a> .
      <urn:l1> masa:inArrangement <urn:x> ; masa:lineKind masa:AccountableTo ;
        masa:reportingBody <urn:a> ; masa:reportsToBody <urn:b> .
      <urn:l2> masa:inArrangement <urn:x> ; masa:lineKind masa:AccountableTo ;
        masa:reportingBody <urn:b> ; masa:reportsToBody <urn:a> .
      <urn:l3> masa:inArrangement <urn:x> ; masa:lineKind masa:AccountableTo ;
        masa:reportingBody <urn:c> ; masa:reportsToBody <urn:a> .
    }
    """
    store = ox.Store()
    store.update(text)
    question = find_question(list_questions(resources), NAME)
    said = answer(question, {}, EmbeddedStore(store), date(2025, 1, 1), "version").as_json()
    assert {row["body"]: row["in_a_circle"] for row in said["rows"]} == {
        "A": True, "B": True, "C": False,
    }  # fmt: skip
