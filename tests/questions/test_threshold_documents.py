"""threshold-documents: none is held; Sefton's text of 2021 lists publishing one as a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "threshold-documents"
NO_WORDS = "No threshold document is held, and no words on one were found in the text held"


def test_no_document_is_held_and_one_text_speaks_of_it(rows: Rows) -> None:
    found = rows(NAME)
    assert {r["threshold_document"] for r in found} == {None}
    spoken = [r for r in found if r["words"]]
    assert {(r["area_name"], r["document"]) for r in spoken} == {
        ("Sefton", "sefton-arrangements-2021")
    }
    assert [r["standing"] for r in spoken] == ["commitment only", "guidance restated"]
    assert all("no title, date or address" in r["not_told"] for r in spoken)


def test_documents_without_words_on_it(rows: Rows) -> None:
    silent = [(r["area_name"], r["document"]) for r in rows(NAME) if r["not_told"] == NO_WORDS]
    assert silent == [
        ("Brighton and Hove", "sussex-procedures-2024"),
        ("East Sussex", "sussex-procedures-2024"),
        ("Sefton", "sefton-council-2024"),
        ("Sefton", "sefton-procedures-2024"),
        ("Warwickshire", "warwickshire-masa"),
        ("West Sussex", "sussex-procedures-2024"),
    ]
    assert rows(NAME, area="kent") == []


def test_one_that_is_held_and_one_that_is_pointed_to(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    pointing = exampleshire.statement(
        "levels", partly=["wt2023-pub-threshold"], more="masa:evidences body:levels ;"
    )
    document = exampleshire.document(
        pointing, 'body:levels a masa:PointedDocument ; skos:prefLabel "Levels of need"@en .'
    )
    (row,) = asked(NAME, document)
    assert (row["points_to"], row["document_dated"]) == ("Levels of need", "2024-03-15")
    assert row["not_told"] == "No threshold document is held; the words point to one"
    levels = exampleshire.document(name="levels", kind="ThresholdDocument", since="2024-05-01")
    for as_at, held in (("2024-04-30", None), ("2024-05-01", "levels")):
        found = asked(NAME, document, levels, as_at=as_at)
        assert {r["threshold_document"] for r in found} == {held}
    assert {(r["its_date"], r["not_told"]) for r in found} == {("2024-05-01", None)}
