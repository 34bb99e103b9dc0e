"""duties-of-a-bearer: what falls on one bearer, alone or with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, Graph, URIRef

from masagraph.errors import BadValue, UnknownName
from masagraph.resources import Resources
from masagraph.vocab import ID, MASA, local_name

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "duties-of-a-bearer"


@pytest.fixture(scope="module")
def law(resources: Resources) -> Graph:
    """The duties as they stand in the data."""
    graph = Graph()
    for path in sorted((resources.folder("data") / "guidance" / "duties").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.mark.parametrize(
    "bearer",
    ["safeguarding-partners", "delegated-safeguarding-partners", "local-authority", "parliament"],
)
def test_what_names_the_bearer_itself_is_told(rows: Rows, law: Graph, bearer: str) -> None:
    found = [r for r in rows(NAME, bearer=bearer) if r["bound_as"] == r["bearer_name"]]
    concept = URIRef(f"{ID}concept/bearer/{bearer}")
    expected = sorted(local_name(str(duty)) for duty in law.subjects(MASA.bearer, concept))
    assert sorted(r["duty"] for r in found) == expected
    assert expected


def test_what_falls_on_several_is_told_for_each(rows: Rows) -> None:
    for bearer in ("safeguarding-partners", "bearer/relevant-agencies"):
        told = {r["duty"]: r["bound_as"] for r in rows(NAME, bearer=bearer, edition="ca2004")}
        assert told["ca2004-s16k-have-regard"] == "Safeguarding partners and relevant agencies"
    assert "ca2004-s16g-publish" not in told


def test_it_is_not_told_the_other_way_round(rows: Rows) -> None:
    """What falls on the partners alone does not fall on the partners with the scrutineer."""
    found = rows(NAME, bearer="safeguarding-partners-and-scrutineer")
    assert [r["duty"] for r in found] == ["wt2018-scrutiny-objective"]


def test_one_edition(rows: Rows) -> None:
    found = rows(NAME, bearer="independent-scrutineer", edition="wt2018")
    (row,) = found
    assert row["duty"] == "wt2018-scrutiny-objective"
    assert row["bound_as"] == "Safeguarding partners and independent scrutineer"
    assert "edition" not in row


def test_how_it_binds_where_it_stands_and_how_it_is_known(rows: Rows) -> None:
    found = rows(NAME, bearer="bearer/lead-safeguarding-partner", edition="wt2023")
    told = {r["duty"]: r for r in found}
    columns = ("modality", "norm", "provision", "status", "content", "locator")
    assert [told["wt2023-lsp-is-agency-head"][c] for c in columns] == [
        "should", "recommendation", "chapter 2, paragraph 48", "superseded",
        "seen in a reproduction", "locator seen",
    ]  # fmt: skip
    assert [told["wt2023-funding-equitable"][c] for c in columns] == [
        "should", "recommendation", "place not seen", "superseded",
        "recalled", "locator not verified",
    ]  # fmt: skip
    assert found[0]["duty"] == "wt2023-lsp-retains-accountability"
    assert [r["modality"] for r in found] == ["must"] + ["should"] * (len(found) - 1)


def test_a_definition_binds_nobody_and_says_so(rows: Rows) -> None:
    (row,) = rows(NAME, bearer="secretary-of-state")
    assert (row["duty"], row["norm"]) == ("regs2018-r18-schedule", "definition")


def test_without_a_bearer_every_duty_is_told_once_for_each(rows: Rows, law: Graph) -> None:
    found = rows(NAME)
    duties = set(law.subjects(RDF.type, MASA.Duty))
    assert {r["duty"] for r in found} == {local_name(str(duty)) for duty in duties}
    pairs = [(r["bearer"], r["duty"]) for r in found]
    assert len(pairs) == len(set(pairs)) > len(duties)


def test_a_name_that_is_a_topic_too_must_be_told_apart(ask: Ask, rows: Rows) -> None:
    with pytest.raises(BadValue, match="bearer/partnership-chair, topic/partnership-chair"):
        ask(NAME, bearer="partnership-chair")
    assert {r["duty"] for r in rows(NAME, bearer="bearer/partnership-chair")} == {
        "wt2023-dispute-escalation",
        "wt2023-partnership-chair-functions",
    }
    assert rows(NAME, bearer="topic/partnership-chair") == []


def test_a_bearer_that_is_not_held(ask: Ask) -> None:
    with pytest.raises(UnknownName, match='no bearer "safeguarding-partner"'):
        ask(NAME, bearer="safeguarding-partner")
