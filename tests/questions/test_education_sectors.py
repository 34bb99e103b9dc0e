"""education-sectors: each sector of education on the list of relevant agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "education-sectors"


def entry(name: str, mode: str, paragraph: int) -> str:
    """An entry of a list of relevant agencies."""
    return f"""
        <https://w3id.org/masagraph/id/designation/exampleshire/{paragraph}>
            a masa:RelevantAgencyDesignation ;
            masa:inArrangement arrangement:exampleshire ;
            masa:statedName "{name}"@en ;
            masa:designationMode masa:{mode} ;
            masa:scheduleParagraph
                <http://www.legislation.gov.uk/id/uksi/2018/789/schedule/paragraph/{paragraph}> .
    """


def test_seftons_list_has_all_but_higher_education(rows: Rows) -> None:
    schools = "Primary, Secondary, Academies, Alternative Provision, Independent Schools"
    found = rows(NAME, area="sefton", as_at="2022-01-01")
    assert [(r["sector"], r["listed"], r["entries"] or None, r["said_as"]) for r in found] == [
        ("early years", "listed",
         "Childcare Providers/Nurseries/Childminders; Children's Centres", "by category"),
        ("schools", "listed", schools, "by category"),
        ("independent schools", "listed", schools, "by category"),
        ("further education", "listed", "FE Colleges (Hugh Baird and Southport)", "by name"),
        ("higher education", "not found in the text held", None, None),
    ]  # fmt: skip


def test_documents_without_a_list(rows: Rows) -> None:
    """The Sussex page repeats the guidance on education and lists no agency."""
    found = rows(NAME, area="west-sussex", as_at="2025-01-01")
    assert len(found) == 5
    assert {(r["listed"], r["words_on_education"]) for r in found} == {
        ("not found in the text held", "guidance restated: 1")
    }
    (kent,) = rows(NAME, area="kent")
    assert (kent["listed"], kent["sector"]) == ("no document held", None)


def test_an_entry_counts_for_its_sector_only(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        entry("Example College", "ByName", 10), entry("Prison", "ByCategory", 21)
    )
    found = {r["sector"]: r for r in asked(NAME, document)}
    assert [s for s, r in found.items() if r["listed"] == "listed"] == ["further education"]
    assert found["further education"]["entries"] == "Example College"
