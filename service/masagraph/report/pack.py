"""The pack: what a scrutineer takes into the room for one area, in the words that are printed.

All of it is text and numbers, so that a page, a file and a PDF say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from masagraph.report.chart import Chart
from masagraph.report.pack_findings import Gap, OutcomeCount, Shown, Topic
from masagraph.report.pack_lines import Lines
from masagraph.report.pack_seats import BodyRow, Seat
from masagraph.report.words import unpublished

NOT_THIS = (
    "It is no inspection. It tells what published documents say, not how well children are "
    "kept safe. A gap in a document is not a gap in protection.",
    "“Not found in the text we hold” does not mean absent. Another document, or another part "
    "of this one, may say it.",
    "It is no ranking. Areas hold documents of different kind, age and length, so counts of two "
    "areas do not compare.",
    "It blames nobody. Posts are told because documents name them; someone else may hold a post "
    "by now.",
)
"""What the pack is not, a sentence or two each."""

LIMITS = (
    "Only the documents listed were read, and only as much of each as is told.",
    "Words are quoted with twelve words at most. Read them where they stand before you rely on "
    "them.",
    "Where a paragraph of the law is marked as not verified, the wording was not seen in the "
    "printed source. Check it there before you cite it.",
    "Must and should are kept apart. A should may be left undone for a good reason.",
    "Each result follows from the words by a fixed rule, the same for every area.",
)
"""What limits every pack, whatever the area."""

HOW_TO_ANSWER = (
    "Say which area and which duty, and what is wrong.",
    "Name the document and the words that show it, and where they stand. A link helps most.",
    "A mistake is mended where it was made: a document that is missing, words that we misread, a "
    "rule, or the law. All areas are then tested again, and the version of the data changes.",
)
"""How an area, or anybody, answers a finding."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read.

    Attributes:
        id: its short name, by which words point at it.
        title: its title.
        publisher: who published it, where known.
        extent: how much of it is held.
        dated: from when it counts, and what that date is.
        claims: the editions that it says it follows, by name.
        address: where it stands on the web; empty where that is not known.
        licence: its licence, or that none is stated; empty where that is not held.
    """

    id: str
    title: str
    publisher: str
    extent: str
    dated: str
    claims: str
    address: str
    licence: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who tells of the pack and takes answers: nothing of it is in the data.

    Attributes:
        contact: whom corrections are sent to; empty where nobody has said so.
        base: address of the service, without a final slash; empty where it has none.
        version: version of the software.
    """

    contact: str = ""
    base: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What is printed of one area, for one edition and date.

    Attributes:
        slug, area, gss: short name, name and code of the area.
        edition: id of the edition, for addresses.
        against: the editions by their names.
        remark: a line on the edition; empty for none.
        as_at: the date, in words.
        on: the date as an ISO date.
        data_version, data_date: what the data say of themselves; the date as an ISO date.
        duties: how many duties the edition has here.
        tested: how many of them were tested: the denominator.
        strengths: each strength of a tested duty, with how many were tested.
        counts: the outcomes that occur, worst first.
        press: the five gaps to press first, of those below.
        topics: the gaps by topic, the topic with the worst first.
        shown: what is evidenced, or does not apply.
        untested: pairs of a reason and the duties that were not tested for it.
        documents: what was read.
        lines: who answers to whom; None where no document is held.
        chart: the same as boxes and lines; None where no document is held.
        seats: who leads, and who is delegated.
        roles: who chairs and scrutinises, and how education takes part; none without a document.
        bodies: boards and groups.
        tells_names: whether a name of a person is among the seats.
        unread: whether no words relied on were checked by a second reader.
        told: contact, address and version.
    """

    slug: str
    area: str
    gss: str
    edition: str
    against: str
    remark: str
    as_at: str
    on: str
    data_version: str
    data_date: str
    duties: int
    tested: int
    strengths: tuple[tuple[str, int], ...]
    counts: tuple[OutcomeCount, ...]
    press: tuple[Gap, ...]
    topics: tuple[Topic, ...]
    shown: tuple[Shown, ...]
    untested: tuple[tuple[str, tuple[str, ...]], ...]
    documents: tuple[Read, ...]
    lines: Lines | None
    chart: Chart | None
    seats: tuple[Seat, ...]
    roles: tuple[Seat, ...]
    bodies: tuple[BodyRow, ...]
    tells_names: bool
    unread: bool
    told: Told

    @property
    def gaps(self) -> int:
        """How many of the tested duties are gaps."""
        return sum(len(topic.gaps) for topic in self.topics)

    @property
    def title(self) -> str:
        """What stands on top."""
        return f"{self.area}: what the documents show"

    @property
    def press_head(self) -> str:
        """What stands over the gaps to press first."""
        number = ("No", "One", "Two", "Three", "Four", "Five")[len(self.press)]
        return f"{number} gap{'s' if len(self.press) != 1 else ''} to press first"

    @property
    def path(self) -> str:
        """Its address below that of the service."""
        return f"/areas/{self.slug}/pack?edition={self.edition}&as_at={self.on}"

    @property
    def cited(self) -> str:
        """How to cite it."""
        where = f" {self.told.base}{self.path}" if self.told.base else ""
        return (
            f"masagraph, {self.area}: pack; {self.against}, as at {self.as_at}; "
            f"data {self.data_version}.{where} {unpublished(self.data_version)}"
        ).rstrip()

    @property
    def limits(self) -> tuple[str, ...]:
        """What limits it."""
        unread = ("No words relied on here have been checked by a second reader yet.",)
        return (*LIMITS, *(unread if self.unread and self.tested else ()))
