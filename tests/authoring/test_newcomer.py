"""Somebody new makes a workbook, fills ten rows, checks it, takes it in, and sees what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from masagraph.cli.main import run

ROWS: Sequence[tuple[str, dict[str, object], str]] = (
    ("Documents",
     {"Short name": "kent-page-2025", "Title": "How we work together",
      "Kind": "published arrangements",
      "Counts from": "2025-03-01", "The date is": "issued", "Says it follows": "wt2023",
      "Read": "whole text"}, ""),
    *(
        ("Posts",
         {"Short name": name, "Document": "kent-page-2025", "Name of the post": label,
          "Organisation": organisation, "Place": "head of the organisation"}, "")
        for name, label, organisation in (
            ("chief-constable", "Chief Constable", "Kent Police"),
            ("chief-executive", "Chief Executive", "Kent County Council"),
            ("icb-chief", "Chief Executive", "NHS Kent and Medway Integrated Care Board"),
        )
    ),
    *(
        ("Seats",
         {"Document": "kent-page-2025", "Post": post, "Holder": "post only"}, seat)
        for post, seat in (
            ("chief-constable", "lead-police"),
            ("chief-executive", "lead-local-authority"),
            ("icb-chief", "lead-health"),
        )
    ),
    ("Statements",
     {"Document": "kent-page-2025", "Section": "Who leads",
      "Phrase": "The three chiefs are our lead safeguarding partners",
      "Standing": "local arrangement",
      "Answers it": "wholly", "Shows": "lead-police; lead-local-authority; lead-health",
      "Decision": "accept"}, "wt2023-lsp-is-agency-head"),
    ("Statements",
     {"Document": "kent-page-2025", "Section": "Homes", "Answers it": "wholly",
      "Phrase": "Each home in Kent is visited by the board every year",
      "Standing": "local arrangement",
      "Decision": "accept"}, "wt2023-pub-custody-residential"),
    ("Statements",
     {"Document": "kent-page-2025", "Section": "Where we work", "Answers it": "wholly",
      "Phrase": "Our arrangements cover all of Kent and nowhere else",
      "Standing": "local arrangement",
      "Decision": "accept"}, "wt2023-pub-boundaries"),
)  # fmt: skip
"""Ten rows: sheet, cells, and what the row has in it already."""

SHOWN = {
    "wt2023-lsp-is-agency-head", "wt2023-pub-custody-residential", "wt2023-pub-boundaries",
}  # fmt: skip


@pytest.fixture
def said(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    """Run a command, and return what it says on standard output and error."""

    def ran(*arguments: str, stored: bool = True) -> tuple[str, str]:
        store = ["--store", str(store_folder)] if stored else []
        with pytest.raises(SystemExit) as ended:
            run([*arguments, *store])
        told = capsys.readouterr()
        assert ended.value.code == 0, told.err
        return told.out, told.err

    return ran


def fill(file: Path, rows: Sequence[tuple[str, dict[str, object], str]] = ROWS) -> None:
    from_template = openpyxl.load_workbook(BytesIO(file.read_bytes()))
    for sheet, cells, at in rows:
        page: Any = from_template[sheet]
        heads = {cell.value: cell.column for cell in page[3] if cell.value}
        row = 4
        while True:
            there = [page.cell(row, column).value for column in heads.values()]
            if at in there if at else not any(there):
                break
            row += 1
        for head, value in cells.items():
            page.cell(row, heads[head]).value = value
    from_template.save(file)


def test_from_an_empty_workbook_to_what_it_shows(
    said: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    file, data = tmp_path / "kent.xlsx", tmp_path / "mydata"
    assert len(ROWS) == 10
    said("area", "template", "--area", "E10000016", "--output", str(file))
    fill(file)

    out, err = said("check", str(file), "--format", "json", "--edition", "wt2023")
    checked = {f["duty"]: f["outcome"] for f in json.loads(out)["findings"]}
    assert {duty for duty, outcome in checked.items() if outcome == "Evidenced"} == SHOWN
    assert "nothing of it was stored" in err

    out, _ = said("area", "import", str(file), "--data", str(data))
    assert "3 rows of Seats, 3 rows of Statements" in out
    assert str(data / "areas" / "kent" / "page-2025.ttl") in out

    out, _ = said("assess", "kent", "--edition", "wt2023", "--format", "json", "--data", str(data),
                  stored=False)  # fmt: skip
    (found,) = json.loads(out) if out.startswith("[") else [json.loads(out)]
    assert {f["duty"]: f["outcome"] for f in found["findings"]} == checked
    (words,) = {
        rest["exact"]
        for f in found["findings"]
        if f["duty"] == "wt2023-pub-boundaries"
        for rest in f["rests_on"]
    }
    assert words == "Our arrangements cover all of Kent and nowhere else"

    said("area", "import", str(file), "--data", str(data))  # the same again changes nothing


def test_a_workbook_that_is_there_is_not_written_over(
    said: Callable[..., tuple[str, str]], tmp_path: Path, store_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    file = tmp_path / "kent.xlsx"
    made = ("area", "template", "--area", "kent", "--output", str(file))
    said(*made)
    empty = file.read_bytes()
    fill(file)
    filled = file.read_bytes()
    with pytest.raises(SystemExit) as ended:
        run([*made, "--store", str(store_folder)])
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "kent.xlsx is there already, and what you filled in would be lost" in line
    assert "--replace" in line
    assert file.read_bytes() == filled
    said(*made, "--replace")
    assert file.read_bytes() == empty


def test_the_edition_and_the_day_of_a_workbook_are_those_of_its_check(
    said: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    file = tmp_path / "kent.xlsx"
    said("area", "template", "--area", "kent", "--output", str(file), "--edition", "wt2018",
         "--as-at", "2025-06-01")  # fmt: skip
    fill(file, [row for row in ROWS if row[0] != "Statements"])
    out, _ = said("check", str(file), "--format", "json")
    made = json.loads(out)
    assert (made["edition"], made["as_at"]) == ("wt2018", "2025-06-01")
    assert {finding["duty"].split("-")[0] for finding in made["findings"]} == {"wt2018"}
    asked = ("--edition", "wt2023", "--as-at", "2026-01-02")
    out, _ = said("check", str(file), "--format", "json", *asked)
    made = json.loads(out)
    assert (made["edition"], made["as_at"]) == ("wt2023", "2026-01-02")


def test_a_workbook_of_several_areas_is_told_area_by_area(
    said: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    file = tmp_path / "sussex.xlsx"
    slugs = ["brighton-and-hove", "east-sussex", "west-sussex"]
    named = [word for slug in slugs for word in ("--area", slug)]
    said("area", "template", *named, "--filled", "--output", str(file), "--edition", "wt2023")
    out, _ = said("check", str(file), "--format", "json")
    made = json.loads(out)
    assert [each["area"] for each in made] == slugs
    for each in made:
        assert each["edition"] == "wt2023"
        out, _ = said("assess", each["area"], "--edition", "wt2023", "--format", "json")
        held = json.loads(out)["findings"]
        found = {f["duty"]: f["outcome"] for f in each["findings"]}
        assert found == {f["duty"]: f["outcome"] for f in held}


def test_files_that_say_something_else_stay_unless_they_may_go(
    said: Callable[..., tuple[str, str]],
    tmp_path: Path,
    store_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, data = tmp_path / "kent.xlsx", tmp_path / "mydata"
    said("area", "template", "--area", "kent", "--output", str(file))
    fill(file)
    folder = data / "areas" / "kent"
    folder.mkdir(parents=True)
    (folder / "page-2025.ttl").write_text("# mine\n", "utf-8")
    (folder / "notes.txt").write_text("keep me", "utf-8")
    command = ["area", "import", str(file), "--data", str(data), "--store", str(store_folder)]
    with pytest.raises(SystemExit) as ended:
        run(command)
    assert ended.value.code == 2
    assert "page-2025.ttl is there already" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "page-2025.ttl"]
    assert (folder / "page-2025.ttl").read_text("utf-8") == "# mine\n"
    said("area", "import", str(file), "--data", str(data), "--replace")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["arrangement.ttl", "notes.txt", "page-2025.ttl"]
    assert [path.name for path in (data / "areas").iterdir()] == ["kent"]
