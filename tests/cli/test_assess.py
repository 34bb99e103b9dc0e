"""``masagraph assess``: the gap report of areas, in every form."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Graph, Namespace

from masagraph.assessment.names import list_areas, list_editions
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.cli.conftest import Cli, Edited

EARL = Namespace("http://www.w3.org/ns/earl#")


def by_duty(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {finding["duty"]: finding for finding in report["findings"]}


def outcomes(report: dict[str, Any]) -> Counter[str]:
    return Counter(finding["outcome"] for finding in report["findings"])


def phrases(finding: dict[str, Any]) -> str:
    return " | ".join(words["exact"] for words in finding["rests_on"])


@pytest.fixture
def warwickshire(cli: Cli) -> dict[str, Any]:
    ran = cli("assess", "warwickshire", "--edition", "wt2023", "--format", "json")
    assert ran.err == ""
    report = ran.json()
    assert isinstance(report, dict)
    return report


# What is found in the real areas


@pytest.mark.parametrize("duty", ["wt2023-lsp-is-agency-head", "wt2023-dsp-appointed-named"])
def test_warwickshire_shows_leads_and_delegates(warwickshire: dict[str, Any], duty: str) -> None:
    """Evidenced for the council, the health board and the police, each by words of the page."""
    finding = by_duty(warwickshire)[duty]
    assert finding["outcome"] == "Evidenced"
    for partner in ("County Council", "Integrated Care Board", "Warwickshire Police"):
        assert partner in phrases(finding)
    assert {words["document"] for words in finding["rests_on"]} == {"warwickshire-masa"}
    assert all(words["section"] for words in finding["rests_on"])


def test_warwickshire_education_lead_is_to_be_confirmed(
    warwickshire: dict[str, Any], cli: Cli
) -> None:
    """It is told as a note, and is no fault: education is not a statutory partner."""
    finding = by_duty(warwickshire)["wt2023-lsp-is-agency-head"]
    assert finding["faults"] == []
    assert any("to be confirmed" in note["message"] for note in finding["notes"])
    assert "to be confirmed" in cli("assess", "warwickshire", "--edition", "wt2023").out


def test_warwickshire_only_repeats_the_guidance_on_the_chair(warwickshire: dict[str, Any]) -> None:
    finding = by_duty(warwickshire)["wt2023-partnership-chair"]
    assert finding["outcome"] == "OnlyRestated"
    assert {words["standing"] for words in finding["rests_on"]} == {"GuidanceRestated"}
    assert finding["fault"]
    assert finding["would_close"]


def test_warwickshire_is_missing_nothing(cli: Cli, opened: Opened) -> None:
    """The page is not the published arrangement, so what it leaves out may stand there."""
    for edition in list_editions(opened.store):
        report = cli("assess", "warwickshire", "--edition", edition.id, "--format", "json").json()
        assert len(report["findings"]) == edition.duties
        assert report["counts"]["Missing"] == outcomes(report)["Missing"] == 0


def test_brighton_only_repeats_the_guidance_on_scrutiny(cli: Cli) -> None:
    report = cli("assess", "brighton-and-hove", "--edition", "wt2023", "--format", "json").json()
    findings = by_duty(report)
    assert findings["wt2023-independent-scrutiny"]["outcome"] == "OnlyRestated"
    assert findings["wt2023-lsp-is-agency-head"]["outcome"] != "Evidenced"


@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "ca2004", "in-force"])
def test_kent_has_no_document_and_nothing_is_tested(cli: Cli, edition: str) -> None:
    report = cli("assess", "kent", "--edition", edition, "--format", "json").json()
    assert report["documents_read"] == []
    assert report["tested"] == 0
    assert {finding["outcome"] for finding in report["findings"]} == {"NotTested"}
    assert all("No document" in finding["description"] for finding in report["findings"])
    assert all(finding["would_close"] is None for finding in report["findings"])


def test_the_table_of_kent_says_that_nothing_follows(cli: Cli) -> None:
    out = cli("assess", "kent").out
    assert "No document is held" in out
    assert "says nothing about the area" in out


# What a report holds


def test_json_of_one_area_has_every_key_and_every_duty(
    warwickshire: dict[str, Any], opened: Opened
) -> None:
    assert {
        "area", "arrangement", "edition", "as_at", "data_version", "documents_read", "counts",
        "findings",
    } <= set(warwickshire)  # fmt: skip
    assert warwickshire["edition"] == "wt2023"
    assert warwickshire["as_at"] == opened.data_date.isoformat()
    assert warwickshire["data_version"] == opened.data_version
    assert [d["id"] for d in warwickshire["documents_read"]] == ["warwickshire-masa"]
    editions = {edition.id: edition for edition in list_editions(opened.store)}
    duties = len(warwickshire["findings"])
    assert duties == len(by_duty(warwickshire)) == editions["wt2023"].duties
    # Each outcome is counted, those that were not found too.
    found, counts = outcomes(warwickshire), warwickshire["counts"]
    assert set(found) < set(counts)
    assert all(found[outcome] == count for outcome, count in counts.items())


def test_every_pass_rests_on_words_and_every_fault_is_named(warwickshire: dict[str, Any]) -> None:
    for finding in warwickshire["findings"]:
        if finding["outcome"] == "Evidenced":
            assert finding["rests_on"]
            assert finding["fault"] is None
        elif finding["outcome"] != "NotTested":
            assert finding["fault"]
            assert finding["would_close"]


def test_table_is_no_wider_than_100_columns_and_names_every_gap(
    cli: Cli, warwickshire: dict[str, Any]
) -> None:
    ran = cli("assess", "warwickshire", "--edition", "wt2023")
    assert ran.code == 0
    assert ran.widest() <= 100
    for finding in warwickshire["findings"]:
        if finding["outcome"] != "NotTested":
            assert finding["duty"] in ran.out
    assert "A gap in a document is not a gap in protection" in ran.out


def test_csv_has_one_row_a_duty(cli: Cli, warwickshire: dict[str, Any]) -> None:
    ran = cli("assess", "warwickshire", "--edition", "wt2023", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert {row["duty"]: row["outcome"] for row in rows} == {
        duty: finding["outcome"] for duty, finding in by_duty(warwickshire).items()
    }
    assert len(rows) == len(warwickshire["findings"])
    assert {(row["area"], row["edition"]) for row in rows} == {("warwickshire", "wt2023")}


def test_turtle_has_one_assertion_a_duty(cli: Cli, warwickshire: dict[str, Any]) -> None:
    ran = cli("assess", "warwickshire", "--edition", "wt2023", "--format", "turtle")
    graph = Graph().parse(data=ran.out, format="turtle")
    found = Counter(
        str(outcome).rsplit("#", 1)[-1]
        for result in graph.objects(None, EARL.result)
        for outcome in graph.objects(result, EARL.outcome)
    )
    assert found == outcomes(warwickshire)


# Which areas


def test_an_area_can_be_given_by_code_or_in_capitals(
    cli: Cli, warwickshire: dict[str, Any]
) -> None:
    for name in ("E10000031", "e10000031", "Warwickshire"):
        assert cli("assess", name, "--edition", "wt2023", "--format", "json").json() == warwickshire


def test_several_areas_give_a_list_in_the_order_asked(
    cli: Cli, warwickshire: dict[str, Any]
) -> None:
    ran = cli("assess", "sefton", "kent", "warwickshire", "--edition", "wt2023", "--format", "json")
    reports = ran.json()
    assert [report["area"] for report in reports] == ["sefton", "kent", "warwickshire"]
    assert reports[2] == warwickshire


def test_without_area_the_areas_with_a_document_and_how_many_have_none(
    cli: Cli, opened: Opened
) -> None:
    areas = list_areas(opened.store)
    held = {area.slug for area in areas if area.has_document}
    none = len(areas) - len(held)
    assert held
    assert none
    as_json = cli("assess", "--format", "json")
    assert {report["area"] for report in as_json.json()} == held
    assert f"{none} of {len(areas)} areas" in as_json.err
    table = cli("assess")
    assert f"{none} of {len(areas)} areas have none" in table.out
    assert table.widest() <= 100
    for area in areas:
        assert (area.label in table.out) == area.has_document


def test_without_area_csv_on_stdout_is_csv_and_nothing_else(cli: Cli) -> None:
    ran = cli("assess", "--edition", "ca2004", "--format", "csv")
    rows = list(csv.reader(io.StringIO(ran.out, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "have no document" in ran.err


# Dates and editions


@pytest.mark.parametrize("area", ["sefton", "warwickshire"])
def test_before_every_document_nothing_is_tested(cli: Cli, area: str) -> None:
    ran = cli("assess", area, "--edition", "wt2018", "--as-at", "2019-06-01", "--format", "json")
    report = ran.json()
    assert report["as_at"] == "2019-06-01"
    assert report["documents_read"] == []
    assert set(outcomes(report)) == {"NotTested"}


def test_before_every_document_without_area(cli: Cli) -> None:
    options = ("--edition", "wt2018", "--as-at", "2019-06-01")
    table = cli("assess", *options)
    assert table.code == 0
    assert "No area has a document in view on 2019-06-01" in table.out
    assert cli("assess", *options, "--format", "json").json() == []


def test_a_date_on_which_nothing_is_stored_is_assessed_anew(cli: Cli) -> None:
    """A document counts from its date on, and not on the day before."""
    options = ("assess", "warwickshire", "--edition", "wt2023", "--format", "json", "--as-at")
    day_before, first_day = (cli(*options, day).json() for day in ("2023-12-14", "2023-12-15"))
    assert set(outcomes(day_before)) == {"NotTested"}
    assert by_duty(first_day)["wt2023-lsp-is-agency-head"]["outcome"] == "Evidenced"


def test_the_default_edition_is_told_with_the_newer_one_held_in_summary(
    cli: Cli, warwickshire: dict[str, Any]
) -> None:
    ran = cli("assess", "warwickshire")
    assert re.search(r"2026.{0,40}held only in summary", " ".join(ran.out.split()))
    told = cli("assess", "warwickshire", "--format", "json").json()
    assert "held only in summary" in told["remark"]
    assert {**told, "remark": None} == warwickshire
    assert "held only in summary" in cli("assess", "warwickshire", "--format", "csv").err
    assert "held only in summary" not in cli("assess", "warwickshire", "--edition", "wt2023").out


def test_in_force_is_the_guidance_with_the_acts_and_regulations(cli: Cli) -> None:
    report = cli("assess", "warwickshire", "--edition", "in-force", "--format", "json").json()
    editions = {finding["source"]["edition"] for finding in report["findings"]}
    assert {"wt2023", "ca2004", "regs2018"} <= editions
    assert "wt2018" not in editions


# One document


def test_the_only_document_by_name_gives_the_same(cli: Cli, warwickshire: dict[str, Any]) -> None:
    named = cli("assess", "warwickshire", "--edition", "wt2023", "--document",
                "warwickshire-masa", "--format", "json").json()  # fmt: skip
    assert named == warwickshire


def test_a_document_of_another_area_is_refused(cli: Cli) -> None:
    line = cli("assess", "warwickshire", "--document", "sefton-arrangements-2021").problem()
    assert '"sefton-arrangements-2021"' in line
    assert "warwickshire-masa" in line


# Failing on a gap


@pytest.mark.parametrize(
    ("area", "edition", "severity", "code"),
    [
        ("warwickshire", "wt2023", "violation", 1),
        ("warwickshire", "wt2023", "warning", 1),
        ("kent", "wt2023", "warning", 0),
        ("warwickshire", "cwsa2026", "warning", 0),
    ],
)
def test_fail_on_a_gap(cli: Cli, area: str, edition: str, severity: str, code: int) -> None:
    """What was not tested is no gap. The report is the same with the option and without."""
    command = ("assess", area, "--edition", edition)
    ran = cli(*command, "--fail-on", severity)
    assert ran.code == code
    assert ran.out == cli(*command).out


def test_fail_on_violation_lets_warnings_pass(
    cli: Cli, edited: Callable[[str, str], Edited]
) -> None:
    """Where local words show every "must" wholly, only the "should" gaps are left."""
    every = cli("assess", "kent", "--edition", "wt2023", "--format", "json").json()["findings"]
    musts = " , ".join(f"duty:{f['duty']}" for f in every if f["severity"] == "Violation")
    data = edited("duty:wt2023-publish-arrangements", musts).folder
    ran = cli("assess", "exampleshire", "--edition", "wt2023", "--data", data, "--fail-on",
              "violation", "--format", "json")  # fmt: skip
    assert ran.code == 0
    gaps = [finding for finding in ran.json()["findings"] if finding["fault"]]
    assert {finding["severity"] for finding in gaps} == {"Warning", "Info"}


# One's own data


def test_own_data_stands_beside_the_shipped(cli: Cli, own_data: Path) -> None:
    ran = cli("assess", "exampleshire", "kent", "--edition", "wt2023", "--data", own_data,
              "--format", "json")  # fmt: skip
    own, kent = ran.json()
    assert [document["id"] for document in own["documents_read"]] == ["exampleshire-leaflet"]
    findings = by_duty(own)
    assert findings["wt2023-publish-arrangements"]["outcome"] == "Evidenced"
    assert findings["wt2023-dispute-escalation"]["outcome"] == "OnlyRestated"
    # The leaflet is a published arrangement, held whole and of this edition.
    assert findings["wt2023-lsp-is-agency-head"]["outcome"] == "Missing"
    assert set(outcomes(kent)) == {"NotTested"}


def test_own_data_changes_the_version_and_never_the_store(
    cli: Cli, own_data: Path, store_folder: Path, opened: Opened
) -> None:
    before = (store_folder / "current.json").read_bytes()
    ran = cli("assess", "exampleshire", "--edition", "wt2026", "--data", own_data, "--format",
              "json")  # fmt: skip
    assert ran.json()["data_version"] != opened.data_version
    assert (store_folder / "current.json").read_bytes() == before
    assert '"exampleshire"' in cli("assess", "exampleshire").problem()


def test_the_data_date_is_the_default_date_and_never_the_clock(
    cli: Cli, own_data: Path, opened: Opened
) -> None:
    ran = cli("assess", "kent", "--data", own_data, "--format", "json")
    assert date.fromisoformat(ran.json()["as_at"]) == opened.data_date


@pytest.mark.parametrize("edition", ["wt2018", "wt2023"])
def test_both_engines_find_what_the_build_found(cli: Cli, edition: str) -> None:
    asked = ("assess", "sefton", "--edition", edition, "--format", "json")
    stored = cli(*asked).json()
    for engine in ("compiled", "pyshacl"):
        assert cli(*asked, "--engine", engine).json() == stored


def test_an_engine_that_is_not_there(cli: Cli) -> None:
    ran = cli("assess", "sefton", "--engine", "magic")
    assert ran.code == 2
    assert "compiled" in ran.err
