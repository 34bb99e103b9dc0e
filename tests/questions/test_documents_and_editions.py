"""documents-and-editions: what is held, and which edition each document follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "documents-and-editions"
WT2018, WT2023 = "Working Together 2018", "Working Together 2023"


def test_five_documents_and_the_edition_each_claims_and_shows(rows: Rows) -> None:
    """A row an area: the page that three areas share has three."""
    found = rows(NAME)
    assert len(found) == 7
    assert {r["document"]: (r["edition_claimed"], r["wording_shows"]) for r in found} == {
        "sefton-procedures-2024": (WT2018, WT2018),
        "warwickshire-masa": (WT2023, WT2023),
        "sefton-council-2024": (None, WT2018),
        "sussex-procedures-2024": (WT2023, WT2023),
        "sefton-arrangements-2021": (WT2018, WT2018),
    }


def test_what_is_told_of_a_document(rows: Rows) -> None:
    (row,) = rows(NAME, area="warwickshire")
    assert (row["dated"], row["date_is"]) == ("2023-12-15", "earliest possible")
    assert (row["kind"], row["held"]) == ("council page", "whole text")


def test_the_edition_in_force_on_its_day(rows: Rows) -> None:
    """Two pages of 2024 follow the edition that had been replaced in December 2023."""
    found = {r["document"]: r for r in rows(NAME, area="sefton")}
    assert {name: r["guidance_then"] for name, r in found.items()} == {
        "sefton-arrangements-2021": WT2018,
        "sefton-council-2024": WT2023,
        "sefton-procedures-2024": WT2023,
    }


def test_only_documents_out_by_the_date_are_told(rows: Rows) -> None:
    found = rows(NAME, as_at="2024-04-04")
    assert {r["document"] for r in found} == {
        "sefton-arrangements-2021",
        "sefton-council-2024",
        "warwickshire-masa",
    }


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
