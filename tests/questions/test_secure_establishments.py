"""secure-establishments: none is named; what documents say of such places instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "secure-establishments"


def test_none_is_named_and_none_is_known_of(rows: Rows) -> None:
    found = rows(NAME)
    assert {r["establishment"] for r in found} == {None}
    assert {r["secure_establishment"] for r in found} == {"not known"}


def test_only_one_page_speaks_of_a_secure_establishment(rows: Rows) -> None:
    speaks = [r for r in rows(NAME) if r["kind"] == "Secure establishment in the area"]
    assert {r["document"] for r in speaks} == {"sussex-procedures-2024"}
    assert {r["said_as"] for r in speaks} == {"guidance restated"}
    assert "Where there is a secure establishment in a local area" in {r["words"] for r in speaks}


def test_a_kind_that_is_listed_names_no_place(rows: Rows) -> None:
    (homes,) = [r for r in rows(NAME, area="sefton") if r["said_as"] == "by category"]
    assert homes["words"] == "Residential Homes for Children"
    assert homes["kind"].startswith("Children's home")
    assert homes["establishment"] is None


def test_a_document_that_says_nothing_has_a_row(rows: Rows) -> None:
    (row,) = rows(NAME, area="warwickshire")
    assert (row["words"], row["kind"]) == (None, None)


def test_documents_not_in_view_and_areas_without_any(rows: Rows) -> None:
    assert rows(NAME, area="warwickshire", as_at="2023-12-14") == []
    assert rows(NAME, area="kent") == []
