"""From what a user types to what the dataset holds; a near miss names its neighbours."""

from __future__ import annotations

from datetime import date

import pytest

from masagraph.assessment.names import (
    Area,
    choose_editions,
    find_area,
    list_areas,
    list_editions,
    parse_date,
)
from masagraph.errors import BadValue, UnknownName
from masagraph.store.embedded import EmbeddedStore


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("sefton", "sefton"),
        ("Brighton-and-Hove", "brighton-and-hove"),
        ("E08000014", "sefton"),
        ("e10000031", "warwickshire"),
    ],
)
def test_an_area_is_found_by_slug_and_by_code(areas: list[Area], name: str, slug: str) -> None:
    assert find_area(areas, name).slug == slug


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("warwikshire", "warwickshire"),
        ("brighton", "brighton-and-hove"),
        ("Brighton & Hove", "brighton-and-hove"),
        ("west sussex", "west-sussex"),
    ],
)
def test_a_near_miss_names_the_area_meant(areas: list[Area], name: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_area(areas, name)
    assert f'there is no area "{name}"' in caught.value.what
    assert nearest in caught.value.mend


@pytest.mark.parametrize("name", ["", "zzzzzz", "E99999999", "area/sefton", "../sefton", "100"])
def test_an_unknown_area_still_gets_a_mend(areas: list[Area], name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        find_area(areas, name)
    assert caught.value.mend
    assert "\n" not in caught.value.line()


def test_areas_say_whether_a_document_is_held(areas: list[Area]) -> None:
    held = {area.slug for area in areas if area.has_document}
    assert {"warwickshire", "sefton", "brighton-and-hove", "east-sussex", "west-sussex"} <= held
    kent = find_area(areas, "kent")
    assert (kent.has_document, kent.arrangement) == (False, None)


def test_areas_are_listed_once_and_by_name(store: EmbeddedStore) -> None:
    found = list_areas(store)
    assert len({area.slug for area in found}) == len(found)
    assert [area.label for area in found] == sorted(area.label for area in found)


def test_a_date_is_read() -> None:
    assert parse_date("2024-06-01") == date(2024, 6, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-6-1",
        "2024-06-1",
        "20240601",
        "2024-W22-6",
        " 2024-06-01",
        "2024-06-01T00:00",
        "2024-02-30",
        "2024-13-01",
        "1 June 2024",
        "01/06/2024",
        "today",
        "0000-00-00",
        "٢٠٢٤-٠٦-٠١",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadValue, match="is not a date") as caught:
        parse_date(text)
    assert "2024-06-01" in caught.value.mend


def test_editions_are_listed_oldest_first(store: EmbeddedStore) -> None:
    found = list_editions(store)
    assert {"wt2018", "wt2023", "wt2026", "ca2004", "regs2018", "ea2002", "cwsa2026"} == {
        edition.id for edition in found
    }
    since = [edition.since for edition in found if edition.since]
    assert since == sorted(since)
    assert {e.id for e in found if e.succession} == {"wt2018", "wt2023", "wt2026"}
    assert all(edition.duties > 0 for edition in found)


def test_the_default_is_the_newest_guidance_held_in_full(store: EmbeddedStore) -> None:
    """A newer one is held only in summary, and the user is told so."""
    chosen = choose_editions(store, None, date(2026, 11, 22))
    assert [edition.id for edition in chosen.editions] == ["wt2023"]
    assert chosen.name == "wt2023"
    assert "Working Together 2026" in chosen.remark
    assert "only in summary" in chosen.remark


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-07-04", "wt2018"),
        ("2021-01-01", "wt2018"),
        ("2023-12-14", "wt2018"),
        ("2023-12-15", "wt2023"),
        ("2026-03-18", "wt2023"),
    ],
)
def test_the_default_of_an_earlier_date_is_that_days_guidance(
    store: EmbeddedStore, day: str, expected: str
) -> None:
    chosen = choose_editions(store, None, date.fromisoformat(day))
    assert [edition.id for edition in chosen.editions] == [expected]
    assert chosen.remark == ""


@pytest.mark.parametrize("name", [None, "in-force"])
def test_before_the_first_guidance_there_is_no_default(
    store: EmbeddedStore, name: str | None
) -> None:
    with pytest.raises(BadValue, match="no edition of the guidance was in force by 2018-07-03"):
        choose_editions(store, name, date(2018, 7, 3))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-01-01", {"wt2018", "ca2004", "regs2018", "ea2002"}),
        ("2024-06-01", {"wt2023", "ca2004", "regs2018", "ea2002"}),
        ("2026-11-22", {"wt2023", "ca2004", "regs2018", "ea2002", "cwsa2026"}),
    ],
)
def test_in_force_adds_acts_and_regulations(
    store: EmbeddedStore, day: str, expected: set[str]
) -> None:
    chosen = choose_editions(store, "in-force", date.fromisoformat(day))
    assert {edition.id for edition in chosen.editions} == expected
    assert chosen.name == "in-force"


def test_an_edition_may_be_asked_for_at_any_date(store: EmbeddedStore) -> None:
    """How would an older arrangement stand by newer guidance? That is a fair question."""
    chosen = choose_editions(store, "wt2023", date(2019, 1, 1))
    assert [edition.id for edition in chosen.editions] == ["wt2023"]


@pytest.mark.parametrize("name", ["wt2020", "WT2023", "", "2023"])
def test_an_unknown_edition_names_those_that_are_known(store: EmbeddedStore, name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        choose_editions(store, name, date(2026, 11, 22))
    assert "wt2018" in caught.value.mend
    assert "in-force" in caught.value.mend
