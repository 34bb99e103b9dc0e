"""What commands write for paper: packs and matrices, as files that need nothing else."""

from __future__ import annotations

import io
import re
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Cli


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def pdf_text(file: Path) -> str:
    pages = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages
    return words(" ".join(page.extract_text() for page in pages))


def html_text(file: Path) -> str:
    """The text of a file that needs nothing else: no script, no file beside it."""
    html = file.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    assert "<link" not in html
    assert not re.findall(r"""(?:src|href)=["'](?!#|https?://|mailto:)""", html)
    assert "@page" in html
    return words(unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_assess_writes_a_pack(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"pack.{form}"
    ran = cli("assess", "sefton", "--format", form, "--output", file)
    assert (ran.code, ran.out) == (0, "")
    made = cli("assess", "sefton", "--format", "json").json()
    text = pdf_text(file) if form == "pdf" else html_text(file)
    assert f"{made['tested']} of {len(made['findings'])} duties were tested" in text
    gaps = [f for f in made["findings"] if f["earl_class"] in ("CannotTell", "Fail")]
    assert f"{len(gaps)} of {made['tested']} duties tested" in text
    assert "5. Seats" in text
    again = tmp_path / f"again.{form}"
    cli("assess", "sefton", "--format", form, "--output", again)
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_several_areas_are_one_file(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"packs.{form}"
    names = ("sefton", "warwickshire", "kent")
    assert cli("assess", *names, "--format", form, "--output", file).code == 0
    text = pdf_text(file) if form == "pdf" else html_text(file)
    for name in ("Sefton", "Warwickshire", "Kent"):
        assert f"{name}: what the documents show" in text
    if form == "html":
        ids = re.findall(r' id="([^"]+)"', file.read_text(encoding="utf-8"))
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_compare_writes_a_matrix(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"matrix.{form}"
    ran = cli("compare", "sefton", "warwickshire", "kent", "--format", form, "--output", file)
    assert (ran.code, ran.out) == (0, "")
    made = cli("compare", "sefton", "warwickshire", "kent", "--format", "json").json()
    text = pdf_text(file) if form == "pdf" else html_text(file)
    assert "2 areas with a document. No document in view, so in no count: Kent." in text
    assert "no ranking" in text
    for duty in made["duties"]:
        if duty["tested"]:
            assert words(duty["label"]) in text
    evidenced = sum(d["counts"].get("Evidenced") == 1 for d in made["duties"])
    assert len(re.findall(r"\b1 of 2\b", text)) == evidenced
    assert f"Duties tested in no area: {sum(not d['tested'] for d in made['duties'])}" in text


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_compare_writes_a_change_of_edition(cli: Cli, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"changes.{form}"
    across = ("compare", "--from", "wt2018", "--to", "wt2023", "sefton")
    assert cli(*across, "--format", form, "--output", file).code == 0
    (made,) = cli(*across, "--format", "json").json()
    text = pdf_text(file) if form == "pdf" else html_text(file)
    altered = sum(change["altered"] for change in made["changes"])
    assert f"{altered} of {len(made['changes'])} changes alter what is shown" in text
    assert "Sefton: from Working Together 2018 to Working Together 2023" in text


def test_a_setting_makes_its_links_whole(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASAGRAPH_BASE_URL", "https://masagraph.example")
    monkeypatch.setenv("MASAGRAPH_CONTACT", "corrections@masagraph.example")
    file = tmp_path / "pack.html"
    cli("assess", "sefton", "--format", "html", "--output", file)
    html_text(file)
    html = file.read_text(encoding="utf-8")
    assert 'href="https://masagraph.example/areas/sefton/gaps' in html
    assert 'href="mailto:corrections@masagraph.example"' in html


def test_a_pack_tells_of_all_documents(cli: Cli) -> None:
    ran = cli("assess", "sefton", "--format", "pdf", "--document", "sefton-council-2024")
    assert "--document" in ran.problem()


def test_a_terminal_gets_no_pdf(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda self: True, raising=False)
    for command in ("assess", "compare"):
        assert "--output FILE.pdf" in cli(command, "sefton", "--format", "pdf").problem()


def test_before_any_document_there_is_no_pack(cli: Cli) -> None:
    ran = cli("assess", "--as-at", "2018-08-01", "--format", "pdf")
    assert ran.code == 2
    assert "no area has a document in view" in ran.err
