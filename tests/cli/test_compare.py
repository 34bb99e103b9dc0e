"""``masagraph compare``: areas side by side, and what a change of edition alters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

AREAS = ("sefton", "warwickshire", "kent")
ACROSS = ("compare", "--from", "wt2018", "--to", "wt2023")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_matrix_holds_what_assess_finds(cli: Cli) -> None:
    matrix = cli("compare", *AREAS, "--edition", "wt2023", "--format", "json").json()
    assert [area["area"] for area in matrix["areas"]] == ["sefton", "warwickshire"]
    for area in ("sefton", "warwickshire"):
        report = cli("assess", area, "--edition", "wt2023", "--format", "json").json()
        outcomes = {f["duty"]: f["outcome"] for f in report["findings"]}
        assert {row["duty"]: row["areas"][area] for row in matrix["duties"]} == outcomes


def test_an_area_without_a_document_is_told_apart_and_counted_nowhere(cli: Cli) -> None:
    matrix = cli("compare", *AREAS, "--edition", "wt2023", "--format", "json").json()
    assert matrix["without_document"] == ["kent"]
    for row in matrix["duties"]:
        counts = Counter(row["areas"].values())
        assert row["counts"] == counts
        assert row["tested"] == 2 - counts["NotTested"]
    assert "No document in view, so in no count: Kent." in " ".join(
        cli("compare", *AREAS).out.split()
    )


def test_without_areas_it_takes_all_that_have_a_document(cli: Cli) -> None:
    matrix = cli("compare", "--format", "json").json()
    assert matrix["areas_known"] == 153
    assert len(matrix["areas"]) == 5
    ran = cli("compare")
    assert "148 of 153 areas have none and are left out" in ran.out
    assert "no ranking" in ran.out
    assert ran.widest() <= 100


def test_the_csv_has_a_column_an_area_and_the_denominator(cli: Cli) -> None:
    matrix = cli("compare", *AREAS, "--format", "json").json()
    rows = rows_of(cli("compare", *AREAS, "--format", "csv").out)
    assert [row["duty"] for row in rows] == [row["duty"] for row in matrix["duties"]]
    for row, expected in zip(rows, matrix["duties"], strict=True):
        assert row["E08000014 sefton"] == expected["areas"]["sefton"]
        assert row["tested"] == str(expected["tested"])
        assert sum(int(row[outcome]) for outcome in matrix["outcomes"]) == 2


def test_no_area_with_a_document(cli: Cli) -> None:
    ran = cli("compare", "kent", "essex")
    assert ran.code == 0
    assert "0 areas with a document" in ran.out


@pytest.mark.parametrize("area", ["sefton", "warwickshire"])
def test_a_change_of_edition_sets_both_findings_side_by_side(cli: Cli, area: str) -> None:
    (across,) = cli(*ACROSS, area, "--format", "json").json()
    before, after = (
        {
            f["duty"]: f
            for f in cli("assess", area, "--edition", e, "--format", "json").json()["findings"]
        }
        for e in ("wt2018", "wt2023")
    )
    newer = [change["to_duty"] for change in across["changes"] if change["to_duty"]]
    assert set(newer) == set(after)
    for change in across["changes"]:
        if change["from_duty"]:
            assert change["from_outcome"] == before[change["from_duty"]]["outcome"]
        if change["to_duty"]:
            assert change["to_outcome"] == after[change["to_duty"]]["outcome"]
        assert change["altered"] == (change["from_outcome"] != change["to_outcome"])
        assert change["why"]
        if change["statements_carried"]:
            assert change["from_duty"]
            assert change["to_duty"]


def test_a_duty_that_is_new_is_not_passed_by_an_older_one(cli: Cli) -> None:
    (across,) = cli(*ACROSS, "sefton", "--format", "json").json()
    kinds = {change["change"]: change["evidence_carries"] for change in across["changes"]}
    assert kinds["New"] is False
    assert kinds["Carried"] is True
    for change in across["changes"]:
        if change["change"] in ("Merged", "Widened") and change["to_outcome"] == "Evidenced":
            # More than the older duty's words must stand behind it.
            explained = cli("explain", "sefton", change["to_duty"], "--format", "json").json()
            assert len(explained["finding"]["rests_on"]) > change["statements_carried"]


def test_the_table_of_a_change_says_why(cli: Cli) -> None:
    ran = cli(*ACROSS, "sefton", "warwickshire")
    assert ran.widest() <= 100
    text = " ".join(ran.out.split())
    assert "related only" in text
    assert "Words that stand behind both" in text
    assert "changes alter what is shown" in text


def test_the_csv_of_a_change_has_a_row_an_area_and_change(cli: Cli) -> None:
    found = cli(*ACROSS, "sefton", "kent", "--format", "json").json()
    rows = rows_of(cli(*ACROSS, "sefton", "kent", "--format", "csv").out)
    assert len(rows) == sum(len(across["changes"]) for across in found)
    assert {row["area"] for row in rows} == {"sefton", "kent"}


def test_an_area_without_a_document_shows_no_change(cli: Cli) -> None:
    assert "nothing was tested" in cli(*ACROSS, "kent").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "--from", "wt2018"), "--from and --to go together"),
        (("compare", "--to", "wt2023"), "--from and --to go together"),
        ((*ACROSS, "--edition", "wt2023"), "does not go with"),
        (("compare", "--from", "wt2023", "--to", "wt2018"), "no change of duties"),
        (("compare", "--from", "wt2018", "--to", "in-force"), "one edition each"),
        (("compare", "--from", "wt2018", "--to", "wt2019"), 'no edition "wt2019"'),
        (("compare", "atlantis"), 'no area "atlantis"'),
        (("compare", "--as-at", "yesterday"), "is not a date"),
    ],
)
def test_bad_usage_is_one_line(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    assert said in cli(*arguments).problem()
