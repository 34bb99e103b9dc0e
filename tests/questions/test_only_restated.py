"""only-restated: statements that repeat the guidance, or are bare headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, URIRef

from masagraph.resources import Resources
from masagraph.vocab import ID, MASA, OA, local_name

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "only-restated"
NATIONAL = (MASA.GuidanceRestated, MASA.HeadingOnly)


@pytest.fixture(scope="module")
def page(resources: Resources) -> Graph:
    """The page that the three arrangements of Sussex share, as it stands in the data."""
    return Graph().parse(resources.folder("data") / "areas" / "sussex" / "procedures-2024.ttl")


@pytest.mark.parametrize("area", ["brighton-and-hove", "E06000043", "west-sussex"])
def test_every_such_statement_of_the_page_is_listed(rows: Rows, page: Graph, area: str) -> None:
    slug = "brighton-and-hove" if area.startswith("E") else area
    expected = sorted(
        str(page.value(page.value(statement, OA.hasSelector), OA.exact))
        for statement in page.subjects(MASA.about, URIRef(f"{ID}arrangement/{slug}"))
        if page.value(statement, MASA.standing) in NATIONAL
    )
    found = rows(NAME, area=area)
    assert sorted(r["words"] for r in found) == expected
    assert len(found) > 50
    assert {r["document"] for r in found} == {"sussex-procedures-2024"}


def test_the_duties_that_they_bear_on_are_told(rows: Rows, page: Graph) -> None:
    words = "must ensure that there are arrangements for effective independent scrutiny in place"
    (row,) = [r for r in rows(NAME, area="brighton-and-hove") if r["words"] == words]
    (selector,) = [s for s, o in page.subject_objects(OA.exact) if str(o) == words]
    (statement,) = page.subjects(OA.hasSelector, selector)
    duties = {
        local_name(str(duty))
        for predicate in (MASA.bearsOn, MASA.bearsPartlyOn)
        for duty in page.objects(statement, predicate)
    }
    assert set(row["duties"].split(", ")) >= duties
    assert "wt2023-independent-scrutiny" in row["duties"].split(", ")


def test_local_words_are_not_listed(rows: Rows) -> None:
    found = rows(NAME)
    assert {r["standing"] for r in found} == {"guidance restated", "heading only"}
    assert "Chief Constable, Warwickshire Police" not in {r["words"] for r in found}


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
