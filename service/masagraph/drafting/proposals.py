"""What a document may say, as rows of a workbook: proposed, with no decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masagraph.assessment.duties import Duty
from masagraph.authoring.cells import Words
from masagraph.authoring.rows import Row
from masagraph.drafting.about import About
from masagraph.drafting.document import Document
from masagraph.drafting.ranking import Likely
from masagraph.vocab import MASA

PROPOSED = "proposed"
PARTLY = "partly"
BY_PROGRAM = "By a program."
EXTENT = str(MASA.Excerpt)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that is proposed for a duty.

    Attributes:
        duty: the duty.
        likely: the passage.
        place: the sentence of which words are quoted.
        phrase: these words; empty where none may be quoted.
    """

    duty: Duty
    likely: Likely
    place: int
    phrase: str


def propose(document: Document, duty: Duty) -> list[Proposal]:
    """Return what is proposed for a duty, the likest first."""
    numbers = document.cues.numbers
    found = []
    for likely in like_enough(document.likely(duty, int(numbers["most-passages"])), numbers):
        place, phrase = _quoted(document, duty, likely)
        found.append(Proposal(duty, likely, place, phrase))
    return found


def like_enough(ranked: Sequence[Likely], numbers: Mapping[str, float]) -> list[Likely]:
    """Return the passages that are proposed of the likeliest, by the likeness that is shown.

    Args:
        ranked: the likeliest passages, the best first.
        numbers: how like they must be.

    Returns:
        them, the likest first; of two that are as like, the one that ranks higher.
    """
    least, more = numbers["least-like"], numbers["least-like-more"]
    kept = [each for n, each in enumerate(ranked) if each.sense >= (more if n else least)]
    return sorted(kept, key=lambda each: -shown(each))


def shown(likely: Likely) -> int:
    """Return how like a duty a passage is, of 100, as the workbook shows it."""
    return round(100 * min(max(likely.sense, 0.0), 1.0))


def _quoted(document: Document, duty: Duty, likely: Likely) -> tuple[int, str]:
    """Return the sentence of a passage that is quoted, and its words: the likest that may be."""
    rest = [n for n in range(likely.passage.start, likely.passage.end) if n != likely.sentence]
    for place in (likely.sentence, *rest):
        phrase = document.phrase(duty, place)
        if phrase:
            return place, phrase
    return likely.sentence, ""


def statement_rows(
    document: Document, name: str, proposals: Sequence[Proposal], words: Words
) -> list[Row]:
    """Return the rows of statements that are proposed.

    Args:
        document: the document.
        name: its short name.
        proposals: what is proposed.
        words: the words of drop-downs.
    """
    return [_statement(document, name, each, words) for each in proposals]


def _statement(document: Document, name: str, proposal: Proposal, words: Words) -> Row:
    likely, passage = proposal.likely, proposal.likely.passage
    standing = document.standing(proposal.place)
    part = document.sentences[passage.start : passage.end]
    return {
        "question": proposal.duty.question_to_ask or proposal.duty.looked_for,
        "duty": proposal.duty.duty,
        "document": name,
        "section": section_of(document, proposal.place),
        "phrase": proposal.phrase or None,
        "passage": "\n".join(document.people.masked(each.text) for each in part),
        "score": shown(likely),
        "standing": words.labels[standing.standing],
        "how-far": PARTLY,
        "decision": PROPOSED,
        "found": f"{BY_PROGRAM} Standing: {standing.why}",
    }


def section_of(document: Document, place: int) -> str:
    """Return where a sentence stands: its heading, without a person's name, and its page."""
    sentence = document.sentences[place]
    page = f", page {sentence.page}" if sentence.page else ""
    return f"{document.people.masked(sentence.section) or 'Opening'}{page}"


def counted(number: int, thing: str) -> str:
    """Return a number with the name of what is counted, in the plural unless there is one."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def document_row(document: Document, about: About, name: str, sha256: str, words: Words) -> Row:
    """Return the row of the document itself.

    That it was read whole is never said: a program has read it, and nobody else.
    """
    pages = document.text.pages
    read = counted(pages, "page") if pages else counted(len(document.passages), "passage")
    text = "the file" if document.text.as_stands else "the text made of the file"
    return {
        "name": name,
        "title": document.people.masked(about.title),
        "kind": words.labels[about.kind],
        "from": about.day,
        "basis": words.labels[about.basis],
        "precision": words.labels[about.precision] if about.precision else None,
        "review": about.review,
        "claims": "; ".join(about.editions) or None,
        "extent": words.labels[EXTENT],
        "fingerprint": sha256,
        "comment": f"Read by a program: {read}. The fingerprint is that of {text}.",
        "decision": PROPOSED,
        "found": f"{BY_PROGRAM} {about.why}",
    }
