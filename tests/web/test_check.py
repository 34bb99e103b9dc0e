"""Checking a draft on its page: findings, faults at their line, and nothing that is kept."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from drafts import GOOD
from fastapi.testclient import TestClient

from masagraph.assessment.names import list_areas
from masagraph.authoring.template import make_template
from masagraph.authoring.written import write_template
from masagraph.dataset.files import read_folder
from masagraph.resources import find_resources
from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app
from masagraph.web.drafts import Draft
from masagraph.web.pages.check import EXAMPLE, LONGEST_SHOWN

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

WRITTEN = EXAMPLE.read_text(encoding="utf-8")
Read = Callable[[str], "Page"]


@pytest.fixture
def check(client: TestClient, read_page: Read) -> Callable[..., Page]:
    """Send the form: a text, and a file where one is given; answer with the page."""

    def send(text: str = "", file: tuple[str, bytes] | None = None, **fields: str) -> Page:
        # A browser sends an empty file where none was chosen.
        files = {"file": file or ("", b"")}
        answer = client.post("/check", data={"text": text, **fields}, files=files)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        page = read_page(answer.text)
        return type(page)(answer.status_code, page.html, page.root)

    return send


def written(page: Page) -> str:
    """What stands in the box."""
    return "".join(page.root.one("textarea", id="text").texts()).removeprefix("\n")


def outcomes(page: Page) -> dict[str, str]:
    """The outcome of each finding on the page, by duty."""
    return {
        article.attributes["id"]: next(
            e.attributes["class"].split()[1]
            for e in article.all("span")
            if e.attributes.get("class", "").startswith("outcome")
        )
        for article in page.root.all("article")
    }


def alert(page: Page) -> Element:
    return page.root.one("div", role="alert")


# Findings


def test_the_findings_are_those_of_the_service(
    client: TestClient, check: Callable[..., Page]
) -> None:
    page = check(GOOD, edition="wt2023")
    assert page.status == 200
    assert page.root.one("h1").text == "What the draft shows"
    assert (
        "Kent, against Working Together 2023, as at 15 January 2027" in page.root.one("main").text
    )
    assert "No fault was found" in page.root.one("main").text
    answer = client.post(
        "/api/check?edition=wt2023", content=GOOD, headers={"content-type": "text/turtle"}
    )
    tested = {
        f["duty"]: f["outcome"] for f in answer.json()["findings"] if f["outcome"] != "NotTested"
    }
    assert outcomes(page) == tested
    assert tested["wt2023-pub-voice"] == "Evidenced"
    assert written(page) == GOOD


def test_a_draft_is_not_cited_nor_said_to_be_wrong(check: Callable[..., Page]) -> None:
    page = check(GOOD)
    hrefs = [a.attributes["href"] for a in page.root.one("main").all("a")]
    assert not [href for href in hrefs if href.startswith(("/corrections", "/areas/kent"))]
    assert "To cite it" not in page.root.one("article", id="wt2023-pub-voice").text


def test_the_example_says_what_a_page_says(get: Get, check: Callable[..., Page]) -> None:
    """Its phrases stand in the data of that page, and it shows something of each kind."""
    page = get("/check", example="1")
    assert written(page) == WRITTEN
    held = (find_resources().folder("data") / "areas/warwickshire/masa.ttl").read_text("utf-8")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    phrases = [
        q.object.value
        for q in ox.parse(WRITTEN, format=ox.RdfFormat.TURTLE)
        if q.predicate == exact and isinstance(q.object, ox.Literal)
    ]
    assert len(phrases) == 3
    for phrase in phrases:
        assert f'"{phrase}"' in held
    found = outcomes(check(written(page), edition="wt2023"))
    assert found["wt2023-pub-boundaries"] == "PartlyEvidenced"
    assert found["wt2023-independent-scrutiny"] == "Promised"
    assert found["wt2023-partnership-chair"] == "OnlyRestated"


@pytest.mark.parametrize(
    ("name", "form"),
    [("draft.ttl", ox.RdfFormat.TURTLE), ("draft.nt", ox.RdfFormat.N_TRIPLES),
     ("draft.trig", ox.RdfFormat.TRIG), ("draft.jsonld", ox.RdfFormat.JSON_LD),
     ("draft.txt", ox.RdfFormat.TURTLE), ("draft", ox.RdfFormat.JSON_LD)],
)  # fmt: skip
def test_a_file_in_every_form(check: Callable[..., Page], name: str, form: ox.RdfFormat) -> None:
    data = bytes(ox.serialize(ox.parse(GOOD, format=ox.RdfFormat.TURTLE), format=form) or b"")
    page = check("", (name, data), edition="wt2026")
    assert page.status == 200
    assert outcomes(page)
    assert written(page) == data.decode()
    assert f"Read from {name}" in page.root.one("main").text


def test_a_file_is_read_before_the_text(check: Callable[..., Page]) -> None:
    assert check("nonsense", ("draft.ttl", GOOD.encode()), edition="wt2026").status == 200


def test_line_ends_of_a_browser(check: Callable[..., Page]) -> None:
    page = check(GOOD.replace("\n", "\r\n"), edition="wt2026")
    assert page.status == 200
    assert written(page) == GOOD


def test_a_form_without_files(client: TestClient) -> None:
    answer = client.post("/check", data={"text": GOOD, "edition": "wt2026"})
    assert answer.status_code == 200
    assert "What the draft shows" in answer.text


def test_a_draft_whose_documents_do_not_count_yet(check: Callable[..., Page]) -> None:
    page = check(GOOD, as_at="2027-01-14")
    assert page.status == 200
    assert "Nothing was tested" in page.root.one("main").text


# Findings as files


@pytest.mark.parametrize("form", ["json", "csv", "excel", "turtle"])
def test_the_findings_as_a_file(client: TestClient, form: str) -> None:
    answer = client.post(
        "/check", data={"text": GOOD, "edition": "wt2023", "format": form},
        files={"file": ("", b"")},
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.headers["cache-control"] == "no-store"
    api = client.post(
        "/api/check?edition=wt2023", content=GOOD, headers={"content-type": "text/turtle"}
    ).json()
    if form == "json":
        assert answer.json() == api
    elif form == "turtle":
        assert list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    else:
        assert answer.content.startswith(b"\xef\xbb\xbf") is (form == "excel")
        rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
        assert {r["duty"]: r["outcome"] for r in rows} == {
            f["duty"]: f["outcome"] for f in api["findings"]
        }


def test_a_file_of_what_is_wrong_is_a_page_that_says_so(check: Callable[..., Page]) -> None:
    page = check("nonsense", format="json")
    assert page.status == 400
    assert "cannot be parsed" in alert(page).text
    assert written(page) == "nonsense"


# What is wrong with a draft


def test_every_fault_is_told_with_its_line(check: Callable[..., Page]) -> None:
    faulty = GOOD.replace("masa:standing masa:LocalArrangement", "masa:standing masa:Local")
    faulty = faulty.replace("masa:dateBasis masa:Issued ;", "")
    page = check(faulty)
    assert page.status == 400
    box = alert(page)
    assert "2 things in it must be put right" in box.text
    lines = faulty.split("\n")
    starts = [lines.index("doc:kent-draft a masa:SourceDocument ;") + 1,
              lines.index("statement:voice a masa:Statement ;") + 1]  # fmt: skip
    assert [a.attributes["data-line"] for a in box.all("a")] == [str(line) for line in starts]
    assert [pre.text for pre in box.all("pre")] == [lines[line - 1] for line in starts]
    assert "Choose one masa:standing" in box.text
    assert written(page) == faulty
    assert outcomes(page) == {}


def test_what_cannot_be_parsed_is_shown_at_its_place(check: Callable[..., Page]) -> None:
    page = check("<x:a> <x:b>\n  1 ; ; xx .")
    link = alert(page).one("a")
    assert link.text == "Line 2, column 9"
    assert link.attributes["href"] == "#text"
    line, caret = "".join(alert(page).one("pre").texts()).split("\n")
    assert line[caret.index("^") :] == "xx ."


OTHER = """
arrangement:b a masa:Arrangement ; skos:prefLabel "B"@en ; masa:coversArea area:essex .
"""
SHACL = """
<x:shape> a <http://www.w3.org/ns/shacl#NodeShape> ;
    <http://www.w3.org/ns/shacl#targetClass> masa:ArrangementInView ;
    <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#minCount> 99 ;
        <http://www.w3.org/ns/shacl#path> skos:note ] .
"""
DEEP = '{"x:b": ' * 20_000 + "1" + "}" * 20_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no draft"),
        (" \n\t", "there is no draft"),
        ("Dear council, this is our draft.", "cannot be parsed as Turtle"),
        ('{"@context": "https://x.example/c.jsonld", "@id": "x:a"}', "nothing is fetched"),
        (DEEP, "nested more than 100 deep"),
        ("<x:a> <x:b> " + "<<( <x:a> <x:b> " * 5_000 + "1 .", "nested more than 100 deep"),
        ("<!DOCTYPE x [ <!ENTITY a 'ha'> ]><x>&a;</x>", "a web page, or XML"),
        ('<?xml version="1.0"?><rdf:RDF/>', "XML, which is not read"),
        (GOOD.replace("area:kent", "area:atlantis"), "area/atlantis"),
        (GOOD.replace("describes arrangement:kent", "describes arrangement:kent, arrangement:b")
         + OTHER, "describes 2 arrangements"),
        (GOOD + "duty:wt2023-pub-voice masa:severity 1 .", "says something of duty/"),
        ("<x:g> { <x:a> <x:b> 1 }", "no source document"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_kept(check: Callable[..., Page], text: str, said: str) -> None:
    page = check(text, edition="wt2023", as_at="2027-02-01")
    assert page.status == 400
    assert said in alert(page).text
    assert written(page) == ("" if len(text) > LONGEST_SHOWN else text)
    chosen = [o for o in page.root.one("select", id="edition").all("option")
              if "selected" in o.attributes]  # fmt: skip
    assert [o.attributes["value"] for o in chosen] == ["wt2023"]
    assert page.root.one("input", id="as_at").attributes["value"] == "2027-02-01"


def test_the_area_that_a_draft_names_is_told(check: Callable[..., Page]) -> None:
    page = check(GOOD.replace("area:kent", "area:sefton"), edition="wt2026")
    assert page.status == 200
    assert "Sefton, against" in page.root.one("main").text
    assert [d for d in page.root.all("li") if "kent-draft" in d.text]
    assert "sefton-arrangements-2021" not in page.html  # what we hold of it is left out


def test_shapes_in_a_draft_change_nothing(check: Callable[..., Page]) -> None:
    plain, with_shapes = check(GOOD, edition="wt2026"), check(GOOD + SHACL, edition="wt2026")
    assert outcomes(plain) == outcomes(with_shapes)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("draft.xlsx", b"PK\x03\x04" + bytes(50), "not an Excel workbook"),
        ("draft.ttl", b"PK\x03\x04" + bytes(50), "not an Excel workbook"),
        ("draft.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("draft.NQ", b"<http://a> <http://b> <http://c> <http://d> .\n", "is N-Quads"),
        ("draft.doc", b"\xd0\xcf\x11\xe0" + bytes(9), "old Office file"),
        ("draft.ttl", GOOD.encode("utf-16"), "not UTF-8"),
        ("draft.ttl", "# £\n".encode("latin-1") + GOOD.encode(), "not UTF-8"),
        ("draft.ttl", b"", "there is no draft"),
        ("draft.jsonld", GOOD.encode(), "cannot be parsed as JSON-LD"),
    ],
)
def test_files_that_are_none(check: Callable[..., Page], name: str, data: bytes, said: str) -> None:
    page = check("", (name, data))
    assert page.status == 400
    assert said in alert(page).text
    assert "Traceback" not in page.html


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [({"edition": "wt2099"}, 404, "wt2099"), ({"as_at": "soon"}, 400, "is not a date")],
)
def test_fields_that_are_wrong(
    check: Callable[..., Page], fields: dict[str, str], status: int, said: str
) -> None:
    page = check(GOOD, **fields)
    assert page.status == status
    assert said in alert(page).text
    assert written(page) == GOOD


def test_markup_in_a_draft_is_text(check: Callable[..., Page]) -> None:
    text = '</textarea><script>alert(1)</script> <x:a> "'
    page = check(text, ("<b>.ttl", text.encode()))
    assert written(page) == text
    assert [s.attributes["src"] for s in page.root.all("script")] == ["/static/editor.js"]


def test_a_long_draft_is_read_but_not_shown_again(check: Callable[..., Page]) -> None:
    page = check("", ("long.ttl", (GOOD + "\n# " + "x" * LONGEST_SHOWN).encode()), edition="wt2026")
    assert page.status == 200
    assert written(page) == ""
    assert "long.ttl is too long to be shown here" in page.root.one("main").text


@pytest.fixture(scope="module")
def narrow(store_folder: Path, live: Live) -> Iterator[TestClient]:
    """A service that reads little, and has no time."""
    with TestClient(create_app(Settings(store=store_folder, max_body=2_000), live)) as client:
        yield client


def test_a_draft_that_is_too_large(narrow: TestClient, read_page: Read) -> None:
    answer = narrow.post("/check", data={"text": "x" * 3_000}, files={"file": ("", b"")})
    assert answer.status_code == 413
    page = read_page(answer.text)
    assert "larger than 2,000 bytes" in alert(page).text
    assert page.root.one("textarea", id="text")


@pytest.mark.parametrize("body", [b"", b"--x\r\nnonsense", b"\xff\xfe"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data",
                                  "application/x-www-form-urlencoded", "text/turtle"])  # fmt: skip
def test_a_form_that_is_none(client: TestClient, kind: str, body: bytes) -> None:
    answer = client.post("/check", content=body, headers={"content-type": kind})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_check_that_takes_too_long_keeps_the_draft(slow: TestClient, read_page: Read) -> None:
    answer = slow.post("/check", data={"text": GOOD, "edition": "wt2018"})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert written(read_page(answer.text)) == GOOD
    edition = read_page(answer.text).root.one("select", id="edition")
    (chosen,) = [o for o in edition.all("option") if "selected" in o.attributes]
    assert chosen.attributes["value"] == "wt2018"
    assert slow.get("/check").status_code == 503


# Nothing is kept

TELLTALE = "Our youth board meets the partners"
"""Words of the draft that must be found nowhere afterwards."""

_opened: list[str] | None = None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note each file that this process opens to write, while somebody listens."""
    if _opened is None or event != "open":
        return
    path, mode, flags = arguments
    writes = (mode and set(str(mode)) & set("wax+")) or (
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )
    if writes:
        _opened.append(str(path))


sys.addaudithook(_watch)


@pytest.fixture
def written_to() -> Iterator[list[str]]:
    """The files that this process opens to write, from now to the end of the test."""
    global _opened
    _opened = []
    yield _opened
    _opened = None


def files_below(*folders: Path) -> dict[str, str]:
    """Each file with a hash of what is in it."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("large", [False, True], ids=["small", "over a megabyte"])
def test_nothing_of_a_draft_is_written_anywhere(
    check: Callable[..., Page],
    client: TestClient,
    store_folder: Path,
    tmp_path: Path,
    written_to: list[str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    large: bool,
) -> None:
    """No file is opened to write, none is new or changed, and no line of the log has its words.

    Query workers cannot open a file at all; their tests show that.
    """
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = files_below(store_folder)
    written_to.clear()  # pytest itself has files of its own for what is said
    caplog.set_level(logging.DEBUG)
    draft = GOOD + ("\n# filling " * 200_000 if large else "")
    assert TELLTALE in draft
    for page in (
        check("", ("draft.ttl", draft.encode()), edition="wt2026"),
        check(GOOD, edition="wt2026"),
        check(GOOD.replace("masa:standing", "masa:standng"), edition="wt2026"),
        check("nonsense " + TELLTALE),
    ):
        assert page.status in (200, 400)
    assert written_to == []
    assert files_below(store_folder) == before
    assert list(tmp_path.iterdir()) == []
    said = caplog.text + "".join(capfd.readouterr())
    assert TELLTALE not in said
    assert "kent-draft" not in said
    asked = json.dumps(
        client.get("/sparql", params={"query": "ASK { doc:kent-draft ?p ?o }"}).json()
    )
    assert '"boolean": false' in asked


def test_the_watch_sees_a_file_that_is_written(written_to: list[str], tmp_path: Path) -> None:
    """So that silence above is not that of a watch that sleeps."""
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with tempfile.SpooledTemporaryFile(max_size=1, dir=tmp_path) as file:
        file.write(b"xx")
    assert written_to[0] == str(tmp_path / "x")
    assert str(tmp_path) in written_to[1]


# Which form a draft is in


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<x:a> <x:b> 1 .", "text/turtle"),
        ("[ <x:b> 1 ] <x:c> 2 .", "text/turtle"),
        ("<x:g> { <x:a> <x:b> 1 }", "application/trig"),
        ("{ <x:a> <x:b> 1 }", "application/trig"),
        ('\ufeff {"@id": "x:a"}', "application/ld+json"),
        ("[{}]", "application/ld+json"),
        ('[ "x" ]', "application/ld+json"),
    ],
)
def test_the_form_is_found_out(text: str, form: str) -> None:
    assert Draft(text.encode(), "", text).media_type == form


def test_a_workbook_is_checked_and_told_cell_by_cell(
    check: Callable[..., Page], client: TestClient, opened: Opened
) -> None:
    area = next(a for a in list_areas(opened.store) if a.slug == "warwickshire")
    files = read_folder(find_resources().folder("data"), "data")
    made = make_template(
        opened.store, files, [area], "wt2018", opened.data_date, True, find_resources()
    )
    seats = next(table for table in made.layout.tables if table.title == "Seats")
    made.rows[seats.kind][0]["holder"] = "Tbc"
    page = check("", ("warwickshire.xlsx", write_template(made)))
    assert page.status == 200
    answer = client.post("/check", data={"text": "", "format": "json"},
                         files={"file": ("warwickshire.xlsx", write_template(made))})  # fmt: skip
    (note,) = answer.json()["notes"]
    assert note["address"] == "Seats!G4"
    assert note["what"] == '"Tbc" read as to be confirmed'
    assert "Warwickshire, against Working Together 2018" in page.root.one("main").text
    assert 'Seats!G4: "Tbc" read as to be confirmed' in page.root.one("main").text
    made.rows[seats.kind][0]["holder"] = "somebody"
    page = check("", ("warwickshire.xlsx", write_template(made)))
    assert page.status == 400
    assert 'Seats!G4: "somebody" is not in the list' in alert(page).text


def test_the_form_tells_that_workbooks_are_read(get: Get) -> None:
    told = get("/check").root.one("main").text
    assert "Or the workbook of an area" in told
    assert "Word, PDF and other Excel files are not read" in told
