"""time-without-scrutineer: what each document shows of a scrutineer, in order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "time-without-scrutineer"


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


def test_three_documents_of_sefton_and_none_tells_of_a_gap(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert [(r["from"], r["to"], r["shown"]) for r in sorted(found, key=lambda r: r["from"])] == [
        ("2021-10-31", "2024-04-04", "post only"),
        ("2024-04-04", "2024-05-19", "not found in the text held"),
        ("2024-05-19", None, "not found in the text held"),
    ]
    assert {r["told"] for r in found} == {"no: nothing said of such a time"}


def test_a_document_that_was_not_out_yet_ends_nothing(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton", as_at="2022-01-01")
    assert (row["from"], row["to"]) == ("2021-10-31", None)


def test_an_area_without_a_document_has_a_row(rows: Rows) -> None:
    (row,) = rows(NAME, area="kent")
    assert (row["shown"], row["told"]) == ("no document held", "no: no document held")
    assert len({r["area_name"] for r in rows(NAME)}) == 153


@pytest.mark.parametrize(
    ("seat", "told"),
    [
        (scrutineer(status="Vacant"), "yes: said to be vacant"),
        (scrutineer(status="ToBeConfirmed"), "perhaps: the holder was to be confirmed"),
        (
            scrutineer('masa:validUntil "2025-01-01"^^xsd:date ;'),
            "yes, from the end of the term unless another took over",
        ),
        (scrutineer(), "no: nothing said of such a time"),
        ("", "no: nothing said of such a time"),
    ],
)
def test_what_a_document_can_tell(
    asked: Asked, exampleshire: Exampleshire, seat: str, told: str
) -> None:
    (row,) = asked(NAME, exampleshire.document(seat))
    assert row["told"] == told
