"""The pack in a browser: taken away as a PDF, printed, and opened from a disk."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
from playwright.sync_api import Browser

from masagraph.assessment.names import find_area, list_areas
from masagraph.report.pack import Told
from masagraph.report.pack_made import make_pack
from masagraph.store.opened import Opened
from masagraph.web.printed import packs_file

from .test_accessibility import violations

if TYPE_CHECKING:
    from browsing import Visit

PACK = "/areas/sefton/pack"


def test_it_downloads_as_a_pdf_without_javascript(visit: Visit, tmp_path: Path) -> None:
    page = visit(PACK, java_script_enabled=False, accept_downloads=True)
    with page.expect_download() as coming:
        page.get_by_role("link", name="This pack as a PDF, to print").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name == "masagraph-sefton-wt2023-2026-11-22.pdf"
    assert len(pypdf.PdfReader(file).pages) > 5


def test_the_page_prints_as_a_pack(visit: Visit) -> None:
    """The summary is one page; no gap is torn apart; what is for a screen is left out."""
    printed = pypdf.PdfReader(io.BytesIO(visit(PACK).pdf(prefer_css_page_size=True)))
    texts = [" ".join(page.extract_text().split()) for page in printed.pages]
    assert "1. Summary" in texts[0]
    assert "What this is not" in texts[0]
    assert "2. Gaps, by topic" in texts[1]
    for text in texts[1:]:
        assert text.count("It asks") == text.count("Closed by"), "a gap goes over two pages"
    assert not any("Check a draft" in text or "Download:" in text for text in texts)
    across = [page for page in printed.pages if page.mediabox.width > page.mediabox.height]
    assert len(across) == 1, "the chart, which is wide, lies across"
    assert "4. Who answers to whom" in across[0].extract_text()


def test_a_file_of_packs_opens_from_a_disk(
    browser: Browser, opened: Opened, tmp_path: Path
) -> None:
    known = list_areas(opened.store)
    packs = [
        make_pack(opened, find_area(known, name), None, opened.data_date, Told())
        for name in ("sefton", "kent")
    ]
    for number, each in enumerate(([packs[0]], [replace(pack) for pack in packs])):
        file = tmp_path / f"{number}.html"
        file.write_text(packs_file(each), encoding="utf-8")
        page = browser.new_page(viewport={"width": 320, "height": 800})
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()], "it needs no other file"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert violations(page) == []
        page.close()
