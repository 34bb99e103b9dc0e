"""The accountability chart: what is drawn, whatever names hold, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from masagraph.assessment.accountability import Accountability, accountability_of
from masagraph.assessment.appointments import Named
from masagraph.assessment.sectors import NO_SECTOR, Sector, common, sectors_of
from masagraph.report import drawing
from masagraph.report.chart import MOST_BOXES, SITS_ON, Box, Chart, chart_of, draw
from masagraph.report.downwards import Branch, downwards
from masagraph.report.drawing import DrawingError, in_lines, quoted
from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

HEALTH = Sector("health", "health")
POLICE = Sector("police", "police")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script>",
    'a "quoted" name',
    "back \\ slash \\N \\n",
    "line\nbreak and \0 nought",
    "\u202eerihselpmaxE\u202c \u200f",
    "R&amp;D &#60; & more",
    "{{ 7*7 }} | <b>",
    "]]> <!-- -->",
    "a lone half \ud800",
    "x" * 10_000,
    "",
)
PARTNERSHIP = Named(f"{ID}partnership/exampleshire", "Exampleshire Partnership")

BODIES = """
    body:team a masa:Body ; skos:prefLabel "The team" ; org:subOrganizationOf partnership:exampleshire .
    body:forum a masa:Body ; skos:prefLabel "The forum" ; org:subOrganizationOf partnership:exampleshire .
    body:group a masa:Body ; skos:prefLabel "The group" ; org:subOrganizationOf partnership:exampleshire .
    body:panel a masa:Body ; skos:prefLabel "The panel" ; org:subOrganizationOf partnership:exampleshire .
"""  # noqa: E501


def line(start: str, end: str, kind: str = "AccountableTo") -> str:
    return f"""
        line:{start}-{end}-{kind.lower()} a masa:ReportingLine ;
            masa:inArrangement arrangement:exampleshire ;
            masa:reportingBody body:{start} ; masa:reportsToBody body:{end} ;
            masa:lineKind masa:{kind} .
    """


def seat_on(body: str, name: str, role: str, organisation: str) -> str:
    """A post in a role on a body."""
    return f"""
        post:{name} a org:Post ; skos:prefLabel "Holder of {name}"@en ;
            org:postIn organisation:{organisation} .
        appointment:{name} a masa:Appointment ;
            org:organization body:{body} ; org:member post:{name} ;
            org:role masa:{role} ; masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:Named ; masa:roleMapping masa:StatedRole .
    """


def charted(exampleshire: Exampleshire, *parts: str) -> tuple[Accountability, Chart]:
    store = exampleshire.store(exampleshire.document(BODIES, *parts))
    found = accountability_of(store, exampleshire.area, date(2025, 1, 1), "version")
    sectors = sectors_of(store, exampleshire.area)
    return found, chart_of(found, sectors, {"police": ["Exampleshire Police"]}, PARTNERSHIP)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own)


def body(name: str) -> str:
    return f"{ID}body/exampleshire/{name}"


def slot(name: str) -> str:
    return f"{ID}slot/exampleshire/{name}"


# What is drawn


def test_every_body_and_every_line_is_drawn(exampleshire: Exampleshire) -> None:
    _, chart = charted(
        exampleshire,
        line("forum", "team"), line("group", "forum"), line("group", "team", "ReportsTo"),
    )  # fmt: skip
    assert {box.iri for box in chart.boxes if box.kind == "body"} == {
        body(name) for name in ("team", "forum", "group", "panel")
    }
    assert set(chart.joins) == {
        (body("forum"), body("team"), "AccountableTo"),
        (body("group"), body("forum"), "AccountableTo"),
        (body("group"), body("team"), "ReportsTo"),
    }
    svg = draw(chart, "words")
    assert svg is not None
    texts = " ".join(text.text or "" for text in parsed(svg).iter(f"{SVG}text"))
    for name in ("The team", "The forum", "The group", "The panel", "Exampleshire Police"):
        assert name in texts
    assert "No line to or from these in the text we hold" in texts


def test_who_answers_stands_below(exampleshire: Exampleshire) -> None:
    _, chart = charted(exampleshire, line("forum", "team"), line("group", "forum"))
    svg = draw(chart, "words")
    assert svg is not None
    height = {t.text: float(t.attrib["y"]) for t in parsed(svg).iter(f"{SVG}text")}
    assert height["Police"] < height["The team"] < height["The forum"] < height["The group"]
    assert height["The group"] < height["The panel"], "what has no line stands apart"


def test_a_chair_colours_its_body_and_is_named_with_its_sector(exampleshire: Exampleshire) -> None:
    _, chart = charted(
        exampleshire,
        "slot:police masa:filledBy organisation:exampleshire-police .",
        line("forum", "team"), seat_on("forum", "chief", "Chair", "exampleshire-police"),
        seat_on("team", "director", "Chair", "exampleshire-hospital"),
    )  # fmt: skip
    boxes = {box.iri: box for box in chart.boxes}
    assert boxes[body("forum")].sector.name == "police"
    assert boxes[body("forum")].texts == ("Chair: Holder of chief (police)",)
    assert boxes[body("team")].sector == NO_SECTOR, "no partner employs it"
    assert boxes[body("team")].texts == ("Chair: Holder of director",)


def test_a_partner_shows_lead_and_delegate_and_sits_where_a_document_says(
    exampleshire: Exampleshire,
) -> None:
    on_team = exampleshire.seat("chief").replace("partnership:exampleshire", "body:team")
    _, chart = charted(exampleshire, line("forum", "team"), on_team)
    police = next(box for box in chart.boxes if box.iri == slot("police"))
    assert police.texts == ("Exampleshire Police", "Lead: Holder of chief", "Delegate: not found")
    assert [join for join in chart.joins if join[2] == SITS_ON] == [
        (body("team"), slot("police"), SITS_ON)
    ]


def test_without_lines_the_partners_and_what_they_sit_on_are_drawn(
    exampleshire: Exampleshire,
) -> None:
    found, chart = charted(exampleshire, exampleshire.seat("chief"))
    assert not found.lines
    assert chart.joins == ((PARTNERSHIP.iri, slot("police"), SITS_ON),)
    assert draw(chart, "words") is not None


def test_a_seat_to_be_confirmed_is_said_to_be(exampleshire: Exampleshire) -> None:
    _, chart = charted(exampleshire, exampleshire.seat("chief", status="ToBeConfirmed"))
    police = next(box for box in chart.boxes if box.iri == slot("police"))
    assert "Lead: Holder of chief (to be confirmed)" in police.texts


def test_two_sectors_in_the_chair_are_both_named_and_colour_nothing() -> None:
    assert common([HEALTH, HEALTH]) == HEALTH
    assert common([HEALTH, POLICE]) == Sector("other", "health and police")


# As a list


def told(branches: list[Branch]) -> Iterator[str]:
    """A list as lines: a dash a level, and a star where a thing stands there already."""
    for branch in branches:
        yield branch.thing.name.removeprefix("The ") + "*" * branch.is_again
        yield from (f"-{line}" for line in told(list(branch.below)))


def test_the_list_runs_from_the_top_down(exampleshire: Exampleshire) -> None:
    found, _ = charted(exampleshire, line("forum", "team"), line("group", "forum"))
    assert list(told(downwards(found))) == ["team", "-forum", "--group"]


def test_who_has_two_masters_stands_under_both_and_is_told_once(exampleshire: Exampleshire) -> None:
    found, _ = charted(
        exampleshire,
        line("forum", "team"), line("panel", "team"),
        line("group", "forum"), line("group", "panel"),
    )  # fmt: skip
    assert list(told(downwards(found))) == ["team", "-forum", "--group", "-panel", "--group*"]


def test_a_circle_stands_in_the_list(exampleshire: Exampleshire) -> None:
    found, _ = charted(exampleshire, line("forum", "team"), line("team", "forum"),
                       line("group", "forum"))  # fmt: skip
    assert list(told(downwards(found))) == ["forum", "-group", "-team", "--forum*"]


# Whatever names hold


def hostile_chart() -> Chart:
    boxes = tuple(
        Box(f"urn:{number}", name, (name,), HEALTH, "body") for number, name in enumerate(HOSTILE)
    )
    joins = tuple((start.iri, end.iri, "AccountableTo") for start, end in pairwise(boxes))
    return Chart("Title </title><script>", boxes, joins)


def test_hostile_names_are_text() -> None:
    svg = draw(hostile_chart(), " ".join(HOSTILE[:8]).replace("\0", ""), "chart-")
    assert svg is not None
    root = parsed(svg)
    known = {"svg", "title", "desc", "g", "polygon", "path", "text", "polyline", "ellipse"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= known
    assert root.findtext(f"{SVG}title") == "Title </title><script>"
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    for whole in ("<script>alert(1)</", 'a "quoted" name', "R&amp;D &#60; &", "]]> <!-- -->",
                  "back \\ slash \\N \\n", "(no name)"):  # fmt: skip
        assert whole in texts
    assert not any(mark in text for text in texts for mark in "\u202e\u200f\0")
    assert max(map(len, texts)) < 40
    assert len(svg) < 30_000


def test_nothing_of_it_leads_elsewhere_or_needs_a_style_of_its_own() -> None:
    svg = draw(hostile_chart(), "words", "chart-")
    assert svg is not None
    for element in parsed(svg).iter():
        names = {name.rpartition("}")[2] for name in element.attrib}
        assert not names & {"href", "style", "src"}
        assert not [name for name in names if name.startswith("on")]


def test_ids_are_those_of_the_title_and_the_description_only() -> None:
    svg = draw(hostile_chart(), "words", "chart-")
    assert svg is not None
    root = parsed(svg)
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert sorted(ids) == ["chart-desc", "chart-title"]
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "chart-title"
    assert root.findtext(f"{SVG}desc") == "words"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("short", ["short"]),
        ("Learning and Development sub-group", ["Learning and", "Development…"]),
        ("y" * 500, ["y" * 16, "y" * 15 + "…"]),
    ],
)
def test_long_names_are_shortened(text: str, lines: list[str]) -> None:
    assert in_lines(text, 16, 2) == lines


def test_a_label_is_one_string_in_graphvizs_language() -> None:
    assert quoted(['"', "\\", "&"]) == r'"\"\n\\\n&amp;"'


# Where it cannot be drawn


def test_of_too_much_no_drawing_is_made() -> None:
    boxes = tuple(Box(f"urn:{n}", "A body", (), HEALTH, "body") for n in range(MOST_BOXES + 1))
    assert draw(Chart("Many", boxes, ()), "words") is None


def test_where_drawing_fails_there_is_none_and_it_fails_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []

    def fail(dot: str) -> bytes:
        calls.append(dot)
        raise DrawingError("the drawing could not be made")

    monkeypatch.setattr(drawing, "laid_out", fail)
    drawing.drawn_once.cache_clear()
    chart = Chart("One", (Box("urn:1", "A body that fails", (), HEALTH, "body"),), ())
    assert draw(chart, "words") is None
    assert draw(chart, "words") is None
    assert len(calls) == 1
    drawing.drawn_once.cache_clear()


def test_what_graphviz_cannot_read_is_an_error_of_ours() -> None:
    with pytest.raises(DrawingError):
        drawing.laid_out("digraph {")
    assert b"<svg" in drawing.laid_out("digraph { a }"), "the next drawing can be made"


def test_it_can_be_drawn_from_several_threads_at_once() -> None:
    charts = [
        Chart("Some", tuple(Box(f"urn:{n}", f"Body {n} of {many}", (), HEALTH, "body")
                            for n in range(many)), ())
        for many in range(2, 26)
    ]  # fmt: skip
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda chart: draw(chart, "words"), charts))
    for chart, svg in zip(charts, drawn, strict=True):
        assert svg is not None
        assert f"Body 0 of {len(chart.boxes)}" in svg


def test_the_same_chart_is_the_same_drawing() -> None:
    first = draw(hostile_chart(), "words")
    drawing.drawn_once.cache_clear()
    assert draw(hostile_chart(), "words") == first
