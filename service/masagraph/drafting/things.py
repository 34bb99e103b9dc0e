"""Seats, posts, bodies, lines and agencies that were found, as rows of a workbook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from masagraph.authoring.cells import Words
from masagraph.authoring.names import slug
from masagraph.authoring.rows import Row
from masagraph.drafting.document import HERE, RESTATED, Document
from masagraph.drafting.found import (
    Agency,
    Body,
    Left,
    Line,
    Seat,
    find_agencies,
    find_bodies,
    find_lines,
    find_seats,
)
from masagraph.drafting.names import is_named, said
from masagraph.drafting.proposals import BY_PROGRAM, PROPOSED, section_of
from masagraph.vocab import MASA, PREFIXES, local_name

HEAD = PREFIXES["org"] + "Head"
CATEGORY, NAME = str(MASA.ByCategory), str(MASA.ByName)
MOST_AREAS = 3
"""Other areas that a warning names."""
SHOWN = 200
"""Characters of a sentence that a row shows."""


@dataclass
class Things:
    """What was found.

    Attributes:
        seats, bodies, lines, agencies: as they were found.
        left: what was left out.
    """

    seats: Sequence[Seat] = field(default_factory=list)
    bodies: Sequence[Body] = field(default_factory=list)
    lines: Sequence[Line] = field(default_factory=list)
    agencies: Sequence[Agency] = field(default_factory=list)
    left: Left = field(default_factory=Left)

    def told(self) -> list[str]:
        """Return what to tell of what was left out, a line each."""
        lines = []
        if number := len(self.left.named):
            why = "it may name" if number == 1 else "they may name"
            lines.append(f"Posts, bodies and agencies: {number} left out, as {why} a person.")
        if number := len(self.left.elsewhere):
            why = "it is that" if number == 1 else "they are those"
            lines.append(f"Posts: {number} left out, as {why} of another area.")
        return lines


def find_things(document: Document) -> Things:
    """Return who and what a document names."""
    sentences, cues, people = document.sentences, document.cues, document.people
    left = Left()
    standings = [document.standing(place).standing for place in range(len(sentences))]
    bodies = find_bodies(sentences, people, cues, lambda place: standings[place] == RESTATED, left)
    seats = find_seats(
        sentences, people, document.elsewhere, cues, lambda place: standings[place] == HERE, left
    )
    lines = find_lines(sentences, bodies, cues)
    return Things(seats, bodies, lines, find_agencies(sentences, people, cues, left), left)


def told_places(document: Document) -> list[str]:
    """Return a warning where a document never names the area, with the areas that it names."""
    own = list(dict.fromkeys(each.name for each in document.named if each.kind == "area"))
    texts = [said(each.text) for each in document.sentences]
    missing = [name for name in own if not any(is_named(name, text) for text in texts)]
    if not missing:
        return []
    line = f"The document never names {' or '.join(missing)}."
    others = document.elsewhere.areas_in(" ".join(texts))[:MOST_AREAS]
    if others:
        line += f" It names {', '.join(others)}: is it the right document, and the right area?"
    return [line]


class ThingRows:
    """Writes rows of what was found."""

    def __init__(
        self,
        document: Document,
        name: str,
        words: Words,
        functions: Mapping[str, str],
        slots: Collection[str],
    ) -> None:
        """Begin.

        Args:
            document: the document.
            name: its short name.
            words: the words of drop-downs.
            functions: short names of the functions of partners, by IRI.
            slots: the functions whose seats have a row in the workbook.
        """
        self._document, self._name, self._words = document, name, words
        self._functions, self._slots = functions, slots

    def rows(self, things: Things) -> dict[str, list[Row]]:
        """Return the rows of each sheet, by its name."""
        return {
            "posts": self._each(self._post(seat) for seat in things.seats),
            "seats": self._each(self._seat(seat) for seat in things.seats),
            "bodies": self._each(self._body(body) for body in things.bodies),
            "lines": self._each(self._line(line) for line in things.lines),
            "agencies": [
                self._agency(agency, number) for number, agency in enumerate(things.agencies, 1)
            ],
            "statements": [row for seat in self._once(things.seats) if (row := self._shown(seat))],
        }

    def _once(self, seats: Sequence[Seat]) -> list[Seat]:
        """Return the seats that have a row of their own."""
        return list({self._seat_name(seat): seat for seat in reversed(seats)}.values())[::-1]

    def _each(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows, each short name once."""
        found: dict[str, Row] = {}
        for row in rows:
            found.setdefault(str(row["name"]), row)
        return list(found.values())

    def _found(self, place: int) -> Row:
        sentence = self._document.sentences[place]
        page = f" (page {sentence.page})" if sentence.page else ""
        text = self._document.people.masked(sentence.text)
        shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        return {
            "document": self._name,
            "decision": PROPOSED,
            "found": f"{BY_PROGRAM}{page} “{shown}”",
        }

    def _post(self, seat: Seat) -> Row:
        organisation = self._organisation(seat)
        return {
            **self._found(seat.place),
            "name": self._post_name(seat),
            "label": seat.post,
            "organisation": organisation,
            "head": self._words.labels[HEAD] if seat.is_head and organisation else None,
        }

    def _organisation(self, seat: Seat) -> str | None:
        """Return who fills the partner's seat by the register, where the words name them."""
        sentence = self._document.sentences[seat.place]
        words = said(f"{sentence.lead} | {sentence.text}")
        things = {
            each.thing
            for each in self._document.named
            if each.function == seat.function and is_named(each.name, words)
        }
        if not seat.function or len(things) != 1:
            return None
        return self._words.names.label(things.pop()) or None

    def _post_name(self, seat: Seat) -> str:
        """Return a short name, in which a post of two partners is told apart."""
        return slug(f"{seat.post} {self._functions.get(seat.function, '')}")

    def _seat_name(self, seat: Seat) -> str:
        rules = self._document.cues.lists["SeatNameRule"]
        called = (rule.proposes for rule in rules if rule.words.search(seat.role))
        kind = next(called, slug(self._words.labels[seat.role]))
        return slug(f"{kind} {self._functions.get(seat.function, '')}")

    def _seat(self, seat: Seat) -> Row:
        return {
            **self._found(seat.place),
            "name": self._seat_name(seat),
            "post": self._post_name(seat),
            "role": self._words.labels[seat.role],
            "slot": self._functions[seat.function] if seat.function in self._slots else None,
            "holder": self._words.labels[seat.holder] if seat.holder else None,
        }

    def _shown(self, seat: Seat) -> Row | None:
        """Return the statement that shows a seat, where its post may be quoted."""
        phrase = self._document.phrases.about(self._document.sentences[seat.place].text, seat.post)
        if not phrase:
            return None
        standing = self._document.standing(seat.place)
        here = self._words.labels[HERE]
        weaker = f" If they say who has the role here, it is {here}."
        return {
            "document": self._name,
            "section": section_of(self._document, seat.place),
            "phrase": phrase,
            "standing": self._words.labels[standing.standing],
            "shows": self._seat_name(seat),
            "decision": PROPOSED,
            "found": f"{BY_PROGRAM} The words show a seat: accept it, and its post, too. "
            f"Standing: {standing.why}{'' if standing.standing == HERE else weaker}",
        }

    def _body(self, body: Body) -> Row:
        return {
            **self._found(body.place),
            "name": slug(body.name),
            "label": body.name,
            "kind": self._words.labels[body.kind],
        }

    def _line(self, line: Line) -> Row:
        kind = self._words.labels[line.kind]
        return {
            **self._found(line.place),
            "name": slug(f"{line.source} {local_name(line.kind)} {line.target}"),
            "from": slug(line.source),
            "kind": kind,
            "to": slug(line.target),
        }

    def _agency(self, agency: Agency, number: int) -> Row:
        mode = NAME if self._document.local.named_in(agency.stated) else CATEGORY
        return {
            **self._found(agency.place),
            "name": None,
            "stated": agency.stated,
            "mode": self._words.labels[mode],
            "position": number,
        }
