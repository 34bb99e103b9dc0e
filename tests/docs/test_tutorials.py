"""The tutorials, step by step: what a reader is told to see is there."""

from __future__ import annotations

import html
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"


def text(name: str) -> str:
    return (TUTORIALS / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), re.S | re.M)


# One area, in the browser


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each address, and what is in bold from there to the next."""
    numbered = text("one-area").partition("\n1. ")[2].replace("\n", " ")
    parts = re.split(r"`(/[^`]*)`", numbered)
    for address, words in zip(parts[1::2], parts[2::2], strict=True):
        yield address, [" ".join(bold.split()) for bold in re.findall(r"\*\*(.+?)\*\*", words)]


def seen(page: str) -> str:
    """What a reader sees of a page, on one line."""
    shown = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.S)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(html.unescape(shown).split()))


@pytest.fixture(scope="module")
def client(store_folder: Path, live: Live) -> TestClient:
    return TestClient(create_app(Settings(store=store_folder), live))


def test_there_are_steps() -> None:
    told = list(steps())
    assert len(told) > 9
    assert sum(len(words) for _, words in told) > 15


@pytest.mark.parametrize(
    ("address", "words"), list(steps()), ids=lambda it: it if isinstance(it, str) else ""
)
def test_a_page_shows_what_the_tutorial_says(
    client: TestClient, address: str, words: list[str]
) -> None:
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    page = seen(answer.text).casefold()
    assert [word for word in words if word.casefold() not in page] == []


# Areas in a workbook


@pytest.fixture(scope="module")
def workbook(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    """The file that the first command of the tutorial makes."""
    command, _, file = blocks("matrix-to-excel", "sh")[0].partition(" > ")
    path = tmp_path_factory.mktemp("analyst") / file.strip()
    program, *arguments = shlex.split(command)
    made = [sys.executable, "-m", program, *arguments, "--store", str(store_folder)]
    subprocess.run([*made, "--output", str(path)], capture_output=True, check=True)
    return openpyxl.load_workbook(path)


def rows(workbook: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    head, *below = workbook[sheet].iter_rows(values_only=True)
    return [{str(name): value for name, value in zip(head, row, strict=True)} for row in below]


def test_the_sheets_are_those_that_are_told(workbook: openpyxl.Workbook) -> None:
    assert re.findall(r"^\| `([^`]+)` \|", text("matrix-to-excel"), re.M) == workbook.sheetnames


def test_the_denominators_are_those_that_are_told(workbook: openpyxl.Workbook) -> None:
    said = {str(name): str(value) for name, value, *_ in workbook["Read me"].values}
    told = " ".join(text("matrix-to-excel").split())
    assert f"`{said['In England']}`" in told
    assert "`7 of 7 duties tested`" in told
    assert said["Sefton (E08000014), must"].startswith("7 of 7 duties tested")
    assert "To cite it" in said


def test_the_sentence_to_write_is_true(workbook: openpyxl.Workbook) -> None:
    musts = [row for row in rows(workbook, "Matrix") if row["Strength"] == "must"]
    assert len(musts) == 7
    assert [row["Evidenced"] for row in musts] == [0] * 7
    assert {row["Areas tested"] for row in musts} == {5}
    assert any(row["Partly evidenced"] for row in musts)
    told = " ".join(text("matrix-to-excel").split())
    assert "Of the 7 musts" in told
    assert "the documents held of 5 areas show none in full" in told


def test_a_pivot_table_finds_its_columns(workbook: openpyxl.Workbook) -> None:
    findings = rows(workbook, "Findings")
    assert {"Outcome", "Strength", "Duty"} <= findings[0].keys()
    assert "Not tested" in {row["Outcome"] for row in findings}


# From SPARQL to a notebook


def test_blocks_show_what_stands_below_them(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    pairs = re.findall(
        r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", text("sparql-to-notebook"), re.S | re.M
    )
    assert len(pairs) > 4
    names: dict[str, object] = {}
    for code, shown in pairs:
        exec(compile(code, "sparql-to-notebook.md", "exec"), names)  # noqa: S102
        said = capsys.readouterr().out
        assert said
        if shown:
            assert said.split() == shown.split()
