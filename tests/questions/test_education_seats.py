"""education-seats: who speaks for education, and is it a school or an officer of the council."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "education-seats"
SCHOOL, OFFICER = "school or college voice", "council education officer"


def test_warwickshires_school_voice_is_to_be_confirmed(rows: Rows) -> None:
    found = {r["voice"]: r for r in rows(NAME, area="warwickshire")}
    assert set(found) == {SCHOOL, OFFICER}
    school, officer = found[SCHOOL], found[OFFICER]
    assert (school["post"], school["holder"]) == ("Head teacher", "to be confirmed")
    assert school["role"] == "lead safeguarding partner"
    assert (officer["post"], officer["holder"]) == ("Director of Education", "named")
    assert officer["employer"] == "Warwickshire County Council"
    assert {r["level"] for r in found.values()} == {"seat beside the statutory partners"}


def test_seftons_schools_sit_on_groups(rows: Rows) -> None:
    """Twelve seats of schools and colleges, three of the council's locality managers."""
    found = rows(NAME, area="sefton")
    assert Counter(r["voice"] for r in found) == {SCHOOL: 12, OFFICER: 3}
    assert {r["level"] for r in found} == {"seat on sub-groups"}
    assert Counter(r["body"] for r in found if r["voice"] == SCHOOL) == {
        "Sefton Safeguarding Forum": 4,
        "Practice Review Group": 3,
        "Contextual Safeguarding sub-group": 2,
        "Learning and Development sub-group": 2,
        "Practice Model Group": 1,
    }
    assert "Strategic Leadership Team" not in {r["body"] for r in found}
    (open_seat,) = [r for r in found if r["holder"] == "to be confirmed"]
    assert open_seat["employer"] == "Southport College"


def test_the_others_have_none(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton", "Warwickshire"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="warwickshire", as_at="2023-12-14") == []
