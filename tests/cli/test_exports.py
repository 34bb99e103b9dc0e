"""Files that commands write: workbooks, CSV for Excel, and where they may go."""

from __future__ import annotations

import csv
import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

ROWS = "SELECT ?name WHERE { VALUES ?name { '=1+1' 'a, b' '-1' 'two\\nlines' } }"


def sheets(file: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_assess_writes_the_findings_of_the_json(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "areas.xlsx"
    ran = cli("assess", "sefton", "warwickshire", "--format", "xlsx", "--output", file)
    assert ran.code == 0
    assert ran.out == ""
    made = cli("assess", "sefton", "warwickshire", "--format", "json").json()
    heads, *rows = sheets(file)["Findings"]
    found = {(row[heads.index("Area")], row[heads.index("Duty id")]): row for row in rows}
    wanted = {(each["area_name"], f["duty"]): f for each in made for f in each["findings"]}
    assert set(found) == set(wanted)
    outcome = heads.index("Outcome id")
    assert all(found[key][outcome] == wanted[key]["outcome"] for key in wanted)


def test_all_areas_go_into_one_workbook(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    assert cli("assess", "--format", "xlsx", "--output", file).code == 0
    heads, *rows = sheets(file)["Findings"]
    assert len({row[heads.index("GSS code")] for row in rows}) == 5
    again = tmp_path / "again.xlsx"
    cli("compare", "--format", "xlsx", "--output", again)
    assert again.read_bytes() == file.read_bytes()


def test_compare_writes_a_change_of_edition(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "changes.xlsx"
    across = ("compare", "--from", "wt2018", "--to", "wt2023", "sefton")
    assert cli(*across, "--format", "xlsx", "--output", file).code == 0
    (made,) = cli(*across, "--format", "json").json()
    heads, *rows = sheets(file)["Changes"]
    assert [row[heads.index("Altered")] == "yes" for row in rows] == [
        change["altered"] for change in made["changes"]
    ]


def test_an_answer_and_a_query_of_ones_own(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "answer.xlsx"
    ask = ("ask", "leads-and-delegates", "--param", "area=sefton")
    assert cli(*ask, "--format", "xlsx", "--output", file).code == 0
    made = cli(*ask, "--format", "json").json()
    assert len(sheets(file)["Rows"]) == len(made["rows"]) + 1
    file = tmp_path / "rows.xlsx"
    assert cli("query", "-", "--format", "xlsx", "--output", file, stdin=ROWS).code == 0
    assert sheets(file)["Rows"] == [("Name",), ("=1+1",), ("a, b",), ("-1",), ("two\nlines",)]


def test_csv_is_as_it_is_and_with_excel_it_is_safe(cli: Cli) -> None:
    plain = cli("query", "-", "--format", "csv", stdin=ROWS).out
    guarded = cli("query", "-", "--format", "csv", "--excel", stdin=ROWS).out
    as_is, safe = (list(csv.reader(io.StringIO(text, newline=""))) for text in (plain, guarded))
    assert as_is[1:] == [["=1+1"], ["a, b"], ["-1"], ["two\nlines"]]
    assert safe[1:] == [["'=1+1"], ["a, b"], ["-1"], ["two\nlines"]]
    assert guarded.startswith("\ufeff")
    assert not plain.startswith("\ufeff")


def test_other_forms_go_into_a_file_too(cli: Cli, tmp_path: Path) -> None:
    for form in ("json", "csv", "turtle"):
        file = tmp_path / f"sefton.{form}"
        ran = cli("assess", "sefton", "--format", form, "--output", file)
        assert ran.code == 0
        assert ran.out == ""
        shown = cli("assess", "sefton", "--format", form).out
        assert file.read_bytes().decode().replace("\r\n", "\n") == shown.replace("\r\n", "\n")


def test_a_link_is_followed_and_a_pipe_stays_a_pipe(cli: Cli, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "target.csv", tmp_path / "link.csv", tmp_path / "pipe"
    link.symlink_to(target)
    assert cli("assess", "sefton", "--format", "csv", "--output", link).code == 0
    assert link.is_symlink()
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as readers:
        read = readers.submit(pipe.read_bytes)
        assert cli("assess", "sefton", "--format", "csv", "--output", pipe).code == 0
        assert read.result(timeout=30) == target.read_bytes()
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assess", "sefton", "--output", "x.csv"), "a table is for the terminal"),
        (("assess", "sefton", "--excel"), "--excel is for --format csv"),
        (("compare", "--format", "json", "--excel"), "--excel is for --format csv"),
        (("ask", "--format", "xlsx", "--output", "x.xlsx"), "has no xlsx form"),
        (("assess", "sefton", "--format", "csv", "--output", "no/such/x.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_refused(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    assert said in cli(*arguments).problem()


@pytest.mark.parametrize("command", ["assess", "compare", "ask"])
def test_no_workbook_goes_to_a_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "--output FILE.xlsx" in cli(command, "--format", "xlsx").problem()


def test_a_query_without_rows_has_no_workbook(cli: Cli) -> None:
    ran = cli("query", "-", "--format", "xlsx", stdin="ASK { ?a a masa:SafeguardingArea }")
    assert "no xlsx form" in ran.problem()


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    ran = cli("assess", "sefton", "--format", "csv", "--output", folder)
    assert "cannot be written" in ran.problem()
    assert list(tmp_path.iterdir()) == [folder]
