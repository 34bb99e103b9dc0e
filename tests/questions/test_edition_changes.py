"""edition-changes: what became of each duty between two editions, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, Graph

from masagraph.errors import BadValue, UnknownName
from masagraph.resources import Resources
from masagraph.vocab import MASA, local_name

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "edition-changes"
KINDS = {
    "new": "New",
    "widened": "Widened",
    "narrowed": "Narrowed",
    "merged": "Merged",
    "split off": "SplitOff",
    "carried": "Carried",
    "dropped": "Dropped",
}
Change = tuple[str | None, str | None, str, str]


def slug(node: object) -> str | None:
    return None if node is None else local_name(str(node))


@pytest.fixture(scope="module")
def changes(resources: Resources) -> list[Change]:
    """Older duty, newer duty, kind and reason of each change, as they stand in the data."""
    data = Graph().parse(resources.folder("data") / "guidance" / "changes.ttl")
    words = {kind: word for word, kind in KINDS.items()}
    return [
        (
            slug(data.value(change, MASA.fromDuty)),
            slug(data.value(change, MASA.toDuty)),
            words[local_name(str(data.value(change, MASA.changeKind)))],
            str(data.value(change, RDFS.comment)),
        )
        for change in data.subjects(RDF.type, MASA.EditionChange)
    ]


def test_every_change_of_the_data_is_told_once(rows: Rows, changes: list[Change]) -> None:
    found = [(r["older"], r["newer"], r["kind"], r["why"]) for r in rows(NAME)]
    assert Counter(found) == Counter(changes)
    assert len(found) > 80


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind(rows: Rows, changes: list[Change], kind: str) -> None:
    found = rows(NAME, from_edition="wt2018", to_edition="wt2023", kind=kind)
    expected = {
        (older, newer)
        for older, newer, its_kind, _ in changes
        if its_kind == kind and not (newer or "").startswith("wt2026")
    }
    assert {(r["older"], r["newer"]) for r in found} == expected


def test_what_was_dropped_has_only_an_older_duty(rows: Rows) -> None:
    (row,) = rows(NAME, kind="dropped")
    assert (row["older"], row["newer"]) == ("wt2018-processes-beyond-boundaries", None)
    assert row["to_edition"].endswith("/wt2023")
    assert row["topic"] == "Purpose of the arrangements"
    assert row["why"]


def test_a_new_duty_may_have_no_older_one(rows: Rows) -> None:
    new = {r["newer"]: r for r in rows(NAME, kind="new", to_edition="wt2023")}
    assert new["wt2023-lsp-sign-off"]["older"] is None
    assert new["wt2023-lsp-sign-off"]["newer_label"] == "Lead partners sign off the key documents"
    assert new["wt2023-report-costs"]["older"] == "wt2018-funding-transparent"


def test_several_duties_became_one(rows: Rows) -> None:
    merged = [
        r["older"] for r in rows(NAME, kind="merged") if r["newer"] == "wt2023-pub-statutory-three"
    ]
    assert merged == [
        "wt2018-pub-identify-respond",
        "wt2018-pub-lcspr-arrangements",
        "wt2018-pub-scrutiny",
    ]


def test_the_newest_edition_is_held_in_part(rows: Rows) -> None:
    found = rows(NAME, from_edition="wt2023", to_edition="wt2026")
    assert [r["kind"] for r in found] == ["new"] * 4
    assert "wt2026-accountability-inspection" in {r["newer"] for r in found}
    for given in ({"from_edition": "wt2023"}, {"to_edition": "wt2026"}):
        assert [r["newer"] for r in rows(NAME, **given)] == [r["newer"] for r in found]


def test_the_kinds_stand_apart_and_in_order(rows: Rows) -> None:
    kinds = [r["kind"] for r in rows(NAME, from_edition="wt2018", to_edition="wt2023")]
    order = list(KINDS)
    assert kinds == sorted(kinds, key=order.index)
    assert len(set(kinds)) == 6


def test_editions_that_are_no_neighbours_have_no_rows(rows: Rows) -> None:
    assert rows(NAME, from_edition="wt2018", to_edition="wt2026") == []
    assert rows(NAME, from_edition="wt2023", to_edition="wt2018") == []


def test_bad_values(ask: Ask, rows: Rows) -> None:
    with pytest.raises(UnknownName, match='no from_edition "wt2019"'):
        ask(NAME, from_edition="wt2019")
    with pytest.raises(BadValue, match='no parameter "edition"'):
        ask(NAME, edition="wt2018")
    assert rows(NAME, kind="abolished") == []
