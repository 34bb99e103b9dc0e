"""duties-new-in-newer-documents: duties of which only documents of the newer edition speak.

The key names eight subjects, by reading; the answer lists more than forty duties. Six of the eight
are among those of which no document of the older edition speaks: lead partners so named, education
at strategic level, the day by which a report is out, copies to national bodies, data by protected
characteristics, violence reduction units (in the duty to link with boards). The seventh, the
chair, is told with the older document that bears on it in part, as that one rotates the chair of
its top body; so is the named delegate. Restraint is carried unchanged, so it is not new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "duties-new-in-newer-documents"
ONLY_IN_NEWER = {
    "wt2023-lsp-is-agency-head",
    "wt2023-education-strategic-inclusion",
    "wt2023-report-deadline",
    "wt2023-report-distribution",
    "wt2023-data-protected-characteristics",
    "wt2023-link-boards",
}


def test_what_only_the_newer_documents_speak_of(rows: Rows) -> None:
    found = [r for r in rows(NAME) if not r["in_older_ones_in_part"]]
    assert {r["duty"] for r in found} > ONLY_IN_NEWER
    assert len(found) > len(ONLY_IN_NEWER)
    assert {d for r in found for d in r["in_newer_documents"].split(", ")} == {
        "sussex-procedures-2024",
        "warwickshire-masa",
    }


def test_what_older_documents_bear_on_in_part_comes_last_and_is_marked(rows: Rows) -> None:
    found = rows(NAME)
    marked = [bool(r["in_older_ones_in_part"]) for r in found]
    assert marked == sorted(marked)
    partly = {r["duty"]: r["in_older_ones_in_part"] for r in found if r["in_older_ones_in_part"]}
    assert partly["wt2023-partnership-chair"] == "sefton-arrangements-2021"
    assert "wt2023-dsp-appointed-named" in partly


def test_carried_duties_are_not_new(rows: Rows) -> None:
    duties = {r["duty"] for r in rows(NAME)}
    assert "wt2023-report-restraint" not in duties
    assert "wt2023-pub-voice" not in duties


def test_a_widened_duty_is_told_with_the_older_one(rows: Rows) -> None:
    (boards,) = [r for r in rows(NAME) if r["duty"] == "wt2023-link-boards"]
    assert (boards["kind"], boards["older_duties"]) == ("widened", "wt2018-link-boards")
    assert "sefton-arrangements-2021" in boards["older_ones_on_the_older_duty"].split(", ")
    assert {r["kind"] for r in rows(NAME)} == {"new", "split off", "widened"}


def test_a_pair_of_editions(rows: Rows) -> None:
    pair = {"from_edition": "wt2018", "to_edition": "wt2023"}
    assert [r["duty"] for r in rows(NAME, **pair)] == [r["duty"] for r in rows(NAME)]
    assert rows(NAME, to_edition="wt2026") == [], "no document held follows it"
    assert rows(NAME, from_edition="wt2023", to_edition="wt2018") == []
    with pytest.raises(UnknownName, match='no to_edition "wt2021"'):
        rows(NAME, to_edition="wt2021")
