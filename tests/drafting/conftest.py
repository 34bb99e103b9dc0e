"""An invented document in each form that is read."""

from __future__ import annotations

import html
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
import typst

from masagraph.assessment.names import Area, find_area
from masagraph.dataset.assemble import Assembled
from masagraph.drafting.cues import Cues, read_cues
from masagraph.drafting.draft import Drafted, make_draft
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore

PARTS: list[tuple[str, str]] = [
    ("head", "Safeguarding arrangements for children in Kent"),
    ("text", "This page tells how the partners work together in Kent. Published on 3 March 2025."),
    ("head", "Who leads"),
    ("text", "The Kent Safeguarding Children Partnership (KSCP) is led by three partners: Kent "
             "County Council, Kent Police and NHS Kent and Medway Integrated Care Board. They "
             "have equal and joint responsibility for the arrangements. The lead safeguarding "
             "partners in Kent are:"),
    ("item", "Police: Quillon Vantreese, Chief Constable, Kent Police"),
    ("item", "Local authority: Chief Executive, Kent County Council"),
    ("item", "Health: Chief Executive, NHS Kent and Medway Integrated Care Board"),
    ("text", "Each of them has delegated functions to a senior officer of the same organisation, "
             "who is known as a delegated safeguarding partner."),
    ("head", "Independent scrutiny"),
    ("text", "The KSCP has appointed an independent scrutineer, who reports to the Kent Executive "
             "Board twice a year. The scrutineer reads audits and meets children and families "
             "in Kent. Safeguarding partners must ensure that there are arrangements for "
             "effective independent scrutiny in place for their local area."),
    ("head", "Money"),
    ("text", "Kent County Council, Kent Police and the integrated care board agree the funding "
             "of the KSCP each year. A new formula for what each pays will be agreed by the "
             "autumn. The budget of the business unit is published in the yearly report."),
    ("head", "Reporting to families"),
    ("text", "The yearly report should be transparent and easily accessible to families and "
             "professionals. The KSCP publishes its yearly report on its website each September. "
             "There is currently no version of it for young people."),
    ("head", "Schools: Quillon Vantreese"),
    ("text", "Schools and colleges in Kent sit on the Education Safeguarding Group, which is "
             "chaired by a headteacher and reports to the Kent Executive Board. Early years "
             "settings are asked for their views each term."),
]  # fmt: skip
"""The document: the kind of each part, and its words. No one of that name is known."""


@pytest.fixture(scope="session")
def cues(resources: Resources) -> Cues:
    """What is looked for."""
    return read_cues(resources)


@pytest.fixture(scope="session")
def plain() -> bytes:
    """The document as a plain text."""
    marks = {"item": "- "}
    return "\n\n".join(f"{marks.get(kind, '')}{words}" for kind, words in PARTS).encode()


@pytest.fixture(scope="session")
def as_pdf() -> bytes:
    """The document as a PDF with narrow lines, and a head and a foot on each page."""
    marks = {"head": "= ", "item": "- "}
    lines = [f"{marks.get(kind, '')}{words}" for kind, words in PARTS]
    source = (
        "#set page(height: 9cm, width: 12cm, header: [Partnership papers, version 2], "
        "footer: context [Page #counter(page).display() of 9])\n#set text(size: 10pt)\n"
    )
    return typst.compile((source + "\n\n".join(lines)).encode())


@pytest.fixture(scope="session")
def as_word() -> bytes:
    """The document as a Word document."""
    book = docx.Document()
    styles = {"head": "Heading 1", "item": "List Bullet", "text": "Normal"}
    for kind, words in PARTS:
        book.add_paragraph(words, style=styles[kind])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def as_page() -> bytes:
    """The document as a web page, with what is on every page of a site."""
    tags = {"head": "h2", "item": "li", "text": "p"}
    body = "\n".join(f"<{tags[kind]}>{html.escape(words)}</{tags[kind]}>" for kind, words in PARTS)
    return (
        "<!doctype html><html><head><title>Safeguarding in Kent</title></head><body>"
        "<nav><ul><li>Home</li><li>Contact us</li></ul></nav>"
        f"<main>{body}</main><footer>Cookies</footer><script>alert(1)</script></body></html>"
    ).encode()


@pytest.fixture(scope="session")
def forms(plain: bytes, as_pdf: bytes, as_word: bytes, as_page: bytes) -> dict[str, bytes]:
    """The document in each form, by the name of its file."""
    return {
        "page.txt": plain, "page.pdf": as_pdf, "page.docx": as_word, "page.html": as_page,
    }  # fmt: skip


@pytest.fixture(scope="session")
def draft(
    store: EmbeddedStore, areas: list[Area], assembled: Assembled, resources: Resources
) -> Callable[[bytes, str], Drafted]:
    """Draft a workbook for an area of which nothing is held."""
    kent = [find_area(areas, "kent")]

    def made(data: bytes, file: str = "page.txt") -> Drafted:
        return make_draft(store, data, file, kent, "wt2023", assembled.data_date, resources)

    return made


@pytest.fixture(scope="session")
def drafted(draft: Callable[..., Drafted], plain: bytes) -> Drafted:
    """A workbook drafted from the plain text."""
    return draft(plain)
