"""No name of a person comes out of a document, and names of posts, bodies and places do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl
import pytest

from masagraph.authoring.written import write_template
from masagraph.drafting.draft import Drafted
from masagraph.drafting.names import MASK

LINES = (
    "Police: {Quillon Vantreese}, Chief Constable, Kent Police",
    "Local authority: {QUILLON VANTREESE}, Chief Executive, Kent County Council",
    "Health: Chief Executive {Mary-Anne O’Vantreese-Quillon}, NHS Kent and Medway "
    "Integrated Care Board",
    "Director of Children's Services {Quillon Vantreese} leads the work in Kent.",
    "Director of Education {Mark Brown}",
    "Executive Director for Children and Young People {Grace Hope}, Kent County Council",
    "Chair: {May Young}",
    "Chair: {Vantreese}",
    "Chair - {Quillon}",
    "Chair of the Kent Executive Board: {Justice Early}",
    "Independent Scrutineer: {Dr Q. Vantreese}",
    "The Independent Scrutineer is {Vantreese, Quillon} and she meets the Board.",
    "The Kent Police delegate is Det Supt {Zoë Müllerin}.",
    "The Kent business unit is led by {Xi Quan} and by {Ng Wuu}, with {van der "
    "Bergen}, {McQuillon} and {de Vantreese} attending.",
    "Kent County Council is represented by {Quillon}.",
    "Kent Police is represented by {Rose}.",
    "The {Quillon Vantreese} Group reports to the Kent Executive Board.",
    "She chairs the Kent {Quillon Vantreese} Task Group.",
    "Kent Police is represented by {Rose Hill} and by {Will Hunt}, who sign the "
    "report with {Grace Head} and {Mark Young}.",
    "The yearly report of the Kent partnership is signed by {Abdul-Rahman "
    "Al-Vantreese} and by {Ó Quillon Seán}.",
    "Contact: {Quillon Vantreese}, Business Manager, {quillon.vantreese@kent.example}",
    "Contact {Quillon} on {07700 900123} or {+44 1622 696 677} or {(01622) 696677}.",
    "Write to {quillon.vantreese (at) kent.example} or see "
    "{https://kent.example/quillon-vantreese} today.",
    "{Vantreese Quillon} (Director of Public Health)",
    "{Mx Quillon Vantreese}, Head of Safeguarding",
    "{Cllr Grace Young}, Lead Member for Children",
    "Councillor {Hope} is the lead member.",
    "{Sir Quillon Vantreese KBE QPM} is the chair of the Kent board.",
    "{Quillon} is the chair.",
    "{Vantreese} chairs the Kent group.",
    "The chair, {Quillon Vantreese}, thanks all partners in Kent.",
    "Our chair {(Quillon Vantreese)} thanks all partners in Kent.",
    "Prepared by {Quillon Vantreese} for Kent County Council",
    "Author: {Q Vantreese}",
    "Author: {QV Vantreese}",
    "Owner: {Vantreese, Q}.",
    "Signed: {Quillon}",
    "Signed by {Brown}",
    "The group is led by {Young} and meets each month.",
    "The group is chaired by {Mark}.",
    "Chief Constable {Justice}",
    "Chief Executive {Grace}, Kent County Council",
    "{Mark}, Chief Executive, Kent County Council",
    "{Rose} | Director of Nursing | NHS Kent and Medway",
    "{Hope} | Kent Police | each term",
    "Kent Police | {Rose} | {Grace}",
    "{Grace}",
    "Name: {Mark Brown} | Post: Head of Service | Agency: Kent Police",
    "| {Quillon Vantreese} | Service Manager | Kent County Council |",
    "{Lady Vantreese} opened the Kent board.",
    "{Quillon-Rose Vantreese-Brown} attends for Kent Police.",
    "{Łukasz Wójcikowski} attends for Kent Police.",
    "{Åsa Östbergh} attends for Kent Police.",
    "{Çelikk Şahinn} attends for Kent Police.",
    "{Nguyễnn Thịi} attends for Kent Police.",
    "{Елена Иванова} attends for Kent Police.",
    "{DeShawnn LaTanyaa} attends for Kent Police.",
    "{D’Artagnann} attends for Kent Police.",
    "{Vantreese's} team meets each month.",
    "Business Manager {Sue Brook} answers the telephone of the Kent unit.",
    "Head Teacher {Miss Lily Field} is the education lead in Kent.",
    "Detective Chief Inspector {Hunter}, Kent Police",
    "Superintendent {Young} for Kent Police",
    "{MISS ROSE BROOK}, HEAD TEACHER",
    "{DS Frank Wood} of Kent Police",
    "Approved by: {Grace Page} and {Dean Knight}, June 2031",
    "Deputised for by {Quillon Vantreese}.",
    "Minutes: {Vantreese}",
    "Terms of reference were drafted by {Robin Nightingale} in May 2031.",
    "Kent and Medway {Quillon} Board",
    "{Quillon} Safeguarding Forum",
    "The {Rose Brown} Panel meets each month.",
    "Director of {Vantreese}, Kent County Council",
    "Director of Early Help and {Justice Grace Young}, Kent County Council",
    "Lead Member for {Quillon Vantreese}",
    "Associate Director {Grace May Hill} (NHS Kent and Medway)",
    "{Sarahh Constable}, Chief Executive, Kent County Council",
    "{Jonn Nurse} is the chair.",
    "{Mr Constable} is the chair of the Kent group.",
    "{Sue} (chair)",
    "{Grace} chairs the group.",
    "{Rose} has been appointed.",
    "{Mark's} team meets in Kent.",
    "CHAIR: {QUILLON VANTREESE}",
    "Vice-Chair: {Grace}",
    "Safeguarding lead {Vantreese}",
    "Minuted by {Dawn}; agreed by {Quillon}/{Vantreese}.",
    "{Quillon_Vantreese}, Kent Police",
    "1. {Quillon Vantreese}",
    "{(Quillon)}",
    "{“Vantreese”}",
    "{quillon.vantreese@kent.example}",
    "Kent County Council: {Q. V. Vantreese}",
    "Tel. {01622 696677}, {Quillon}",
    "{@quillonv}",
    "Independent Scrutineer {Rose}, who reports to the Kent Executive Board",
    "Designated Nurse: {Sr. Quillon O'Vantreese-van Dyke}",
    "Head of Safeguarding {Jean}",
    "Chief Constable {(Frank)}",
    "Kent Police {(Grace Hill)}",
)
"""Lines with invented names, which stand in braces."""
KEPT = (
    "The Chief Constable of Kent Police and the Chief Executive of Kent County Council meet.",
    "Executive Director for Children and Young People, Kent County Council",
    "Director of Early Help and Youth Justice, Kent County Council",
    "Early Help, Youth Justice and the Young People's Forum report to the Kent Executive Board.",
    "The Board meets in May 2031 and in June 2032.",
    "NHS Kent and Medway Integrated Care Board (ICB) pays a third.",
    "Sussex Police and Medway Council send observers.",
    "KSCP, the MACE panel and the LADO read the audits.",
    "LEAD SAFEGUARDING PARTNERS AND DELEGATED SAFEGUARDING PARTNERS",
    "The Independent Scrutineer, who is appointed by Kent County Council, reads audits.",
    "Early | Kent Police | Justice",
    "Read the plan at kent.example, section 4.",
)
"""Lines without any, of which nothing is left out."""


def bare(line: str) -> str:
    return re.sub(r"[{}]", "", line)


def names_in(line: str) -> list[str]:
    return re.findall(r"{(.*?)}", line)


@pytest.fixture(scope="module")
def full(draft: Callable[..., Drafted]) -> Drafted:
    """A workbook drafted from all lines, of a file that is called by a name."""
    opening = (
        "Safeguarding arrangements for children in Kent",
        "The Kent Safeguarding Children Partnership tells here how it works.",
        "The lead safeguarding partners in Kent are:",
    )
    items = [f"- {bare(line)}" for line in LINES]
    agencies = (
        "Relevant agencies in Kent are:",
        "- Quillon Vantreese, childminder",
        "- VANTREESE Q, childminder",
        "- Kent Fire and Rescue Service",
    )
    text = "\n\n".join((*opening, *items, *map(bare, LINES), *agencies))
    return draft(text.encode(), "papers/quillon_Vantreese arrangements-2031.txt")


def cells(drafted: Drafted) -> Iterator[str]:
    """Yield what stands in each sheet, hidden or not, and what the file says of itself."""
    book = openpyxl.load_workbook(BytesIO(write_template(drafted.filled)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                yield str(cell.value)
                yield cell.comment.text if cell.comment else ""
    yield from (str(value) for _, value in book.properties)


@pytest.mark.parametrize("line", LINES)
def test_a_name_is_left_out_of_a_line(full: Drafted, line: str) -> None:
    assert names_in(line)
    masked = full.document.people.masked(bare(line))
    assert MASK in masked
    words = set(re.findall(r"\w+", masked))
    for name in names_in(line):
        assert name not in masked
        assert not {w for w in re.findall(r"\w+", name) if w[0].isupper()} & words - {"Kent"}


def test_no_name_is_in_any_cell(full: Drafted) -> None:
    every = "\n".join(cells(full))
    assert "Kent Executive Board" in every
    assert not re.findall(r"(?i)quillon|vantreese|wójcik|östbergh|07700|696 ?677", every)
    found = {name for line in LINES for name in names_in(line) if name in every and " " in name}
    assert not found


def test_the_name_of_a_file_gives_only_known_words(full: Drafted) -> None:
    kind = next(t.kind for t in full.filled.layout.tables if t.title == "Documents")
    (row,) = full.filled.rows[kind]
    assert row["name"] == "kent-arrangements-2031"


def test_a_file_with_no_known_words_is_a_document(draft: Callable[..., Drafted]) -> None:
    text = "The partners in Kent work together for all the children who live there. " * 3
    made = draft(text.encode(), "Quillon.txt")
    kind = next(t.kind for t in made.filled.layout.tables if t.title == "Documents")
    (row,) = made.filled.rows[kind]
    assert row["name"] == "kent-document"
    assert "Quillon" not in str(row["title"])


@pytest.mark.parametrize("line", KEPT)
def test_a_line_without_names_is_kept_as_it_is(full: Drafted, line: str) -> None:
    assert full.document.people.masked(line) == line


@pytest.mark.parametrize("line", ["", " ", "{}", "- – —", "1.1", "[…]", "(", "A", "é"])
def test_a_line_of_next_to_nothing_is_no_name(full: Drafted, line: str) -> None:
    assert full.document.people.masked(line) == " ".join(line.split())
