"""escalation-routes: words on disagreements. Only Sefton's documents have a local route."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "escalation-routes"


def test_local_words_are_sefton_s_alone(rows: Rows) -> None:
    """Five in the text of 2021, two of them of the scrutineer, and four on the council's page."""
    local = [r for r in rows(NAME) if r["standing"] == "local arrangement"]
    assert [r["document"] for r in local] == (
        ["sefton-arrangements-2021"] * 5 + ["sefton-council-2024"] * 4
    )
    assert sum("independent scrutineer" in (r["body_shown"] or "") for r in local) == 2
    assert {r["points_to"] for r in local if r["points_to"]} == {
        "Sefton Escalation Procedure; Sefton Safeguarding Children Partnership website",
        "Sefton SCP Multi-agency procedures Section 17",
    }


def test_who_decides_last_is_never_claimed(rows: Rows) -> None:
    found = rows(NAME)
    assert all(r["not_told"] for r in found)
    assert {r["at_the_top"] for r in found if r["area_name"] == "Sefton"} == {
        "Strategic Leadership Team"
    }
    assert {r["at_the_top"] for r in found if r["area_name"] != "Sefton"} == {None}


def test_guidance_repeated_is_no_route(rows: Rows) -> None:
    (row,) = rows(NAME, area="warwickshire")
    assert row["words"] == "provide a clear mechanism for escalation"
    assert (row["standing"], row["not_told"]) == (
        "guidance restated", "These words show no local route",
    )  # fmt: skip


def test_a_document_that_says_nothing_has_a_row(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME) if not r["words"]]
    assert (row["area_name"], row["document"]) == ("Sefton", "sefton-procedures-2024")
    assert row["not_told"] == "Nothing on disagreements was found in the text held of this document"
    assert rows(NAME, area="kent") == rows(NAME, area="sefton", as_at="2021-10-30") == []


def test_the_top_is_where_the_lines_in_view_end(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        """
        body:board a masa:Body ; skos:prefLabel "The board"@en .
        body:group a masa:Body ; skos:prefLabel "The group"@en ; masa:accountableTo body:board .
        line:group a masa:ReportingLine ; masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody body:group ; masa:reportsToBody body:board ;
            masa:lineKind masa:AccountableTo .
        """,
        exampleshire.statement(
            "quarrels", wholly=["wt2023-dispute-escalation"], more="masa:evidences body:group ;"
        ),
        since="2024-03-15",
    )
    older = exampleshire.document(name="older", since="2024-01-01")
    (row,) = asked(NAME, document)
    assert (row["body_shown"], row["at_the_top"]) == ("The group", "The board")
    assert row["not_told"] == "Who decides last is told only in the words, if at all"
    (before,) = asked(NAME, document, older, as_at="2024-02-01")
    assert before["at_the_top"] is None
