"""abolished-bodies-named: which documents name an organisation that has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

GROUPS = ["NHS South Sefton CCG", "NHS Southport and Formby CCG"]


def test_seftons_document_names_groups_that_have_ended(rows: Rows) -> None:
    found = rows("abolished-bodies-named", area="sefton", as_at="2024-06-01")
    assert [r["organisation"] for r in found] == GROUPS
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}
    assert {r["ended"] for r in found} == {"2022-07-01"}
    assert {r["ended_since"] for r in found} == {True}
    assert {r["now"] for r in found} == {"NHS Cheshire and Merseyside Integrated Care Board"}
    assert all(r["mentions"] > 0 for r in found)


def test_nothing_had_ended_while_the_groups_were_there(rows: Rows) -> None:
    assert rows("abolished-bodies-named", as_at="2022-06-30") == []
    assert len(rows("abolished-bodies-named", as_at="2022-07-01")) == 2
