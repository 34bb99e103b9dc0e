"""terms-of-the-scrutineer: who appoints and pays, for how long, and what is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "terms-of-the-scrutineer"


def scrutineer(more: str = "", status: str = "Named") -> str:
    """An appointment as independent scrutineer."""
    return f"""
        post:scrutineer a org:Post ; skos:prefLabel "Scrutineer"@en .
        appointment:scrutineer a masa:Appointment ;
            org:organization partnership:exampleshire ;
            org:member post:scrutineer ;
            org:role masa:IndependentScrutineer ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:{status} ; {more}
            masa:roleMapping masa:StatedRole .
    """


def test_seftons_document_says_only_who_sets_the_scope(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton")
    assert (row["post"], row["holder"]) == ("Independent Scrutineer", "post only")
    assert row["scope_set_by"] == "Sefton Safeguarding Children Partnership"
    assert row["not_told"] == (
        "not found in the text held: who appoints; who pays; since when; until when"
    )
    assert row["document"] == "sefton-arrangements-2021"


def test_the_others_show_no_scrutineer_or_have_no_document(rows: Rows) -> None:
    """Warwickshire's page only speaks of one, in passing."""
    found = {r["area_name"]: r["not_told"] for r in rows(NAME)}
    assert len(found) == 153
    assert found["Warwickshire"] == found["West Sussex"] == "no scrutineer shown in the text held"
    assert found["Kent"] == "no document held"


def test_terms_that_are_stated(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        scrutineer(
            """masa:appointedBy partnership:exampleshire ;
            masa:validFrom "2024-04-01"^^xsd:date ; masa:validUntil "2027-04-01"^^xsd:date ;"""
        ),
        """
        <https://w3id.org/masagraph/id/funding/exampleshire/one> a masa:FundingStatement ;
            skos:prefLabel "Funding of 2024/25"@en ;
            masa:inArrangement arrangement:exampleshire ;
            masa:fundedPost post:scrutineer .
        <https://w3id.org/masagraph/id/scrutiny/exampleshire/one> a masa:ScrutinyArrangement ;
            masa:inArrangement arrangement:exampleshire ;
            masa:scopeSetBy partnership:exampleshire .
        """,
    )
    (row,) = asked(NAME, document)
    assert row["appointed_by"] == "Exampleshire Safeguarding Children Partnership"
    assert row["paid_from"] == "Funding of 2024/25"
    assert (row["since"], row["until"]) == ("2024-04-01", "2027-04-01")
    assert row["not_told"] in (None, "")


def test_one_thing_that_is_not_told(asked: Asked, exampleshire: Exampleshire) -> None:
    more = 'masa:appointedBy partnership:exampleshire ; masa:validFrom "2024-04-01"^^xsd:date ;'
    (row,) = asked(NAME, exampleshire.document(scrutineer(more)))
    assert row["not_told"] == (
        "not found in the text held: who pays; until when; who sets what is looked at"
    )


def test_what_is_not_in_view_is_not_told(asked: Asked, exampleshire: Exampleshire) -> None:
    """Neither of a document whose place another took, nor of one that is not yet out."""
    parts = """
        <https://w3id.org/masagraph/id/scrutiny/exampleshire/one> a masa:ScrutinyArrangement ;
            masa:inArrangement arrangement:exampleshire .
        <https://w3id.org/masagraph/id/scrutiny/exampleshire/panel> a masa:ScrutinyPart ;
            masa:partOfScrutiny <https://w3id.org/masagraph/id/scrutiny/exampleshire/one> ;
            masa:scrutinyForm masa:ScrutinyByPanel .
    """
    money = """
        <https://w3id.org/masagraph/id/funding/exampleshire/one> a masa:FundingStatement ;
            skos:prefLabel "Funding of 2024/25"@en ;
            masa:inArrangement arrangement:exampleshire ;
            masa:fundedPost post:scrutineer .
    """
    first = exampleshire.document(parts, name="first", since="2023-01-15")
    second = exampleshire.document(
        scrutineer(), name="second", since="2024-01-15", more="masa:supersedes doc:first ;"
    )
    third = exampleshire.document(money, name="third", kind="YearlyReport", since="2025-01-15")
    (then,) = asked(NAME, first, second, third, as_at="2023-06-01")
    assert then["not_told"] == "scrutiny without a post of a scrutineer; see how it is arranged"
    (next_year,) = asked(NAME, first, second, third, as_at="2024-06-01")
    assert (next_year["post"], next_year["paid_from"]) == ("Scrutineer", None)
    (now,) = asked(NAME, first, second, third, as_at="2025-06-01")
    assert now["paid_from"] == "Funding of 2024/25"
    later = exampleshire.document(
        name="second", since="2024-01-15", more="masa:supersedes doc:first ;"
    )
    (none,) = asked(NAME, first, later, as_at="2024-06-01")
    assert none["not_told"] == "no scrutineer shown in the text held"
    (before,) = asked(
        NAME,
        exampleshire.document(),
        exampleshire.document(parts, name="x", since="2025-01-15"),
        as_at="2024-06-01",
    )
    assert before["not_told"] == "no scrutineer shown in the text held"
