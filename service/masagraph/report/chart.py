"""The accountability chart of an area: who answers to whom, as boxes and lines, top at the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masagraph.assessment.accountability import Accountability
from masagraph.assessment.appointments import Appointment, Named, Slot
from masagraph.assessment.lines import ACCOUNTABLE
from masagraph.assessment.sectors import NO_SECTOR, Sector, Sectors, common
from masagraph.report.drawing import drawn_once, finished, in_lines, quoted

LINKED = "LinkedTo"
SITS_ON = "SitsOn"
"""A join of a partner's box and that on which one of its seats is."""

_LINE = {
    ACCOUNTABLE: "style=solid penwidth=1.8",
    "ReportsTo": "style=dashed arrowhead=vee",
    LINKED: "style=dotted penwidth=1.8 arrowhead=none weight=0",
    SITS_ON: "style=solid penwidth=0.8 arrowhead=odot",
}
_SAID = {
    ACCOUNTABLE: "answers to",
    "ReportsTo": "reports to",
    LINKED: "is linked to",
    SITS_ON: "sits with",
}
_FILL = {
    "local-authority": "#dbe7f5",
    "health": "#dcefe2",
    "police": "#ece2f3",
    "education": "#fbecd0",
}
_OTHER = "#ecedea"

KEY_OF_FILLS = (
    *((colour, name.replace("-", " ")) for name, colour in _FILL.items()),
    (_OTHER, "another, or not told"),
)
"""What the colours of boxes mean."""

KEY_OF_LINES = (
    ("solid", _SAID[ACCOUNTABLE]),
    ("dashed", _SAID["ReportsTo"]),
    ("dotted", _SAID[LINKED]),
    ("thin", _SAID[SITS_ON]),
)
"""What the kinds of lines mean: how each is drawn, and its words."""

_HEAD = """\
digraph {
  rankdir=BT; bgcolor=white; nodesep=0.16; ranksep=0.6; pad=0.1; charset="UTF-8"
  fontname="DejaVu Sans"; fontsize=13; color="#33475b"
  node [shape=box style=filled color="#33475b" height=0.35 fontname="DejaVu Sans" fontsize=13
        margin="0.09,0.06"]
  edge [color="#33475b" arrowsize=0.8]
"""
"""Boxes are measured for a wide font, so that the text fits in whichever font a reader has."""

WIDTH = 18
"""Characters of a line in a box."""

MOST_BOXES, MOST_LINES = 150, 300
"""Of more no drawing is made: nobody could read it, and it could take minutes."""

ABREAST = 5
"""How many boxes without a line stand side by side."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the chart.

    Attributes:
        iri: what it stands for.
        head: its name.
        texts: what stands below the name.
        sector: colours it.
        kind: ``partner``, ``body`` or ``other``.
    """

    iri: str
    head: str
    texts: tuple[str, ...]
    sector: Sector
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be drawn. It knows no store.

    Attributes:
        title: its title.
        boxes: its boxes.
        joins: start, end and kind of each line, by the IRIs of boxes.
    """

    title: str
    boxes: tuple[Box, ...]
    joins: tuple[tuple[str, str, str], ...]

    @property
    def is_too_large(self) -> bool:
        """Whether it is more than anybody could read."""
        return len(self.boxes) > MOST_BOXES or len(self.joins) > MOST_LINES

    def counts(self) -> str:
        """Return in one sentence what it shows."""
        kinds = Counter(box.kind for box in self.boxes)
        lines = sum(kind != SITS_ON for _, _, kind in self.joins)
        return (
            f"{kinds['partner']} partners, {len(self.boxes) - kinds['partner']} bodies and others, "
            f"and {lines} lines between them."
        )

    def words(self) -> Iterator[str]:
        """Give in sentences all that it shows."""
        names = {box.iri: box.head for box in self.boxes}
        for box in self.boxes:
            yield f"{'. '.join((box.head, *box.texts))}."
        for start, end, kind in self.joins:
            yield f"{names[start]} {_SAID[kind]} {names[end]}."

    def dot(self) -> str:
        """Return it in Graphviz's language."""
        return "\n".join([_HEAD, *self._statements(), "}"])

    def _statements(self) -> Iterator[str]:
        ids = {box.iri: f"n{number}" for number, box in enumerate(self.boxes)}
        for box in self.boxes:
            label = quoted([*_head(box), *_body(box)])
            colour = _FILL.get(box.sector.name, _OTHER)
            classes = f"{box.kind} {box.sector.name if box.sector.name in _FILL else 'other'}"
            width = " penwidth=2" if box.kind == "partner" else ""
            yield f'{ids[box.iri]} [label={label} fillcolor="{colour}" class="{classes}"{width}]'
        placed = {i for start, end, kind in self.joins for i in (start, end) if kind != LINKED}
        for start, end, kind in self.joins:
            # A link says nothing of who is above whom: it places only what nothing else does.
            free = " constraint=false" if kind == LINKED and placed >= {start, end} else ""
            yield f"{ids[start]} -> {ids[end]} [{_LINE[kind]}{free}]"
        partners = [ids[box.iri] for box in self.boxes if box.kind == "partner"]
        if partners:
            yield f"{{ rank=sink; {'; '.join(partners)} }}"
        yield from self._apart(ids)

    def _apart(self, ids: Mapping[str, str]) -> Iterator[str]:
        """Set boxes without a line below the others, a few abreast, in a frame of their own."""
        ends = {end for _, end, _ in self.joins}
        joined = ends | {start for start, _, _ in self.joins}
        alone = [ids[b.iri] for b in self.boxes if b.iri not in joined and b.kind != "partner"]
        if not alone:
            return
        label = quoted(["No line to or from these in the text we hold"])
        yield f"subgraph cluster_apart {{ label={label} labelloc=b labeljust=l style=dashed"
        yield "; ".join(alone)
        for above, below in pairwise(alone[i : i + ABREAST] for i in range(0, len(alone), ABREAST)):
            for high, low in zip(above, below, strict=False):
                yield f"{low} -> {high} [style=invis]"
        yield "}"
        lowest = [ids[b.iri] for b in self.boxes if b.iri in joined - ends]
        lowest = lowest or [ids[b.iri] for b in self.boxes if b.kind == "partner"]
        first = alone[:ABREAST]
        for number, name in enumerate(first if lowest else []):
            under = lowest[number * len(lowest) // len(first)]
            yield f"{name} -> {under} [style=invis weight=0]"

    def heads(self) -> dict[str, int]:
        """Return how many lines of each box are its name, by the name of its node."""
        return {f"n{number}": len(_head(box)) for number, box in enumerate(self.boxes)}


def _head(box: Box) -> list[str]:
    return in_lines(box.head, WIDTH, 5) or ["(no name)"]


def _body(box: Box) -> list[str]:
    return [line for text in box.texts for line in in_lines(text, WIDTH + 4, 3)]


def draw(chart: Chart, words: str, prefix: str = "") -> str | None:
    """Return a chart as the text of an SVG; None where it cannot be drawn.

    Args:
        chart: the chart.
        words: its description.
        prefix: stands before its ids, where it is a part of a page.
    """
    drawn = None if chart.is_too_large else drawn_once(chart.dot())
    return finished(drawn, chart.title, words, prefix, chart.heads()) if drawn else None


def chart_of(
    found: Accountability,
    sectors: Sectors,
    partners: Mapping[str, Sequence[str]],
    partnership: Named | None,
) -> Chart:
    """Return the chart of an area.

    Partners are joined to what stands at the top, and to the partnership, where documents say
    that one of their seats is on it.

    Args:
        found: who answers to whom.
        sectors: the sector of each post.
        partners: organisations by the label of the partner function, by the register.
        partnership: the partnership that documents name, if any.
    """
    bodies = {body.iri for body in found.bodies}
    names = {iri: thing.name for iri, thing in found.names.items()}
    on = _sat_on(found, bodies)
    if partnership and any(partnership.iri in each for each in on.values()):
        names.setdefault(partnership.iri, partnership.name)
    boxes = [_partner(slot, partners.get(slot.partner, ()), sectors) for slot in found.seats]
    boxes += [
        _box(iri, name, found, sectors, "body" if iri in bodies else "other")
        for iri, name in names.items()
        if not _had_ended(found, iri)
    ]
    kept = {box.iri for box in boxes}
    joins = dict.fromkeys((line.start.iri, line.end.iri, line.kind) for line in found.lines)
    # A box that others answer to stands above them, so a partner's box stands on what it is on.
    seats = [(iri, slot, SITS_ON) for slot, each in on.items() for iri in each]
    return Chart(
        f"Who answers to whom in {found.area.label}",
        tuple(boxes),
        tuple(join for join in (*joins, *seats) if join[0] in kept and join[1] in kept),
    )


def _had_ended(found: Accountability, iri: str) -> bool:
    """Whether a body had ended and no line speaks of it."""
    body = next((body for body in found.bodies if body.iri == iri), None)
    return bool(body and body.has_ended(found.as_at) and not found.lines_of(iri))


def _sat_on(found: Accountability, bodies: set[str]) -> dict[str, list[str]]:
    """Return the tops, and the partnership, on which a partner has a seat, by the slot."""
    tops = {top.iri for top in found.tops}
    shown = {
        body: {seat.appointment for seat in seats if not seat.expected}
        for body, seats in found.members.items()
        if body in tops or body not in bodies
    }
    on = {
        slot.slot: [b for b, seats in shown.items() if seats & {s.appointment for s in slot.seats}]
        for slot in found.seats
    }
    # Where all sit at the top, that each is of the partnership too would only clutter.
    return {slot: [b for b in each if b in tops] or each for slot, each in on.items()}


def _partner(slot: Slot, organisations: Sequence[str], sectors: Sectors) -> Box:
    texts = [", ".join(organisations)] if organisations else []
    for word, seats in (("Lead", slot.leads), ("Delegate", slot.delegates)):
        none = "kept by the lead" if word == "Delegate" and slot.retained else "not found"
        texts.append(f"{word}: {_posts(seats) or none}")
    sector = sectors.get(slot.slot, NO_SECTOR)
    return Box(slot.slot, slot.partner[:1].upper() + slot.partner[1:], tuple(texts), sector,
               "partner")  # fmt: skip


def _box(iri: str, name: str, found: Accountability, sectors: Sectors, kind: str) -> Box:
    chairs = found.chairs_of(iri)
    sector = common([sectors.get(seat.post.iri, NO_SECTOR) for seat in chairs] or [NO_SECTOR])
    texts = []
    if chairs:
        texts = [f"Chair: {_posts(chairs)}" + (f" ({sector.label})" if sector.label else "")]
    elif iri in found.rotations:
        texts = ["Chair: in rotation"]
    return Box(iri, name, tuple(texts), sector, kind)


def _posts(seats: Sequence[Appointment]) -> str:
    return " and ".join(dict.fromkeys(_post(seat) for seat in seats))


def _post(seat: Appointment) -> str:
    said = {"ToBeConfirmed": " (to be confirmed)", "Vacant": " (vacant)"}
    return seat.post.name + said.get(seat.holder_status, "")
