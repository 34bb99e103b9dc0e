"""What an import tells its user, in plain words: what was taken, what was left, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masagraph.authoring.folder import WrittenFiles
from masagraph.authoring.imported import Imported
from masagraph.authoring.taken import Note, Taken

QUOTES = (
    "Last, hold each phrase against its document: masagraph quotes --data DIR --sources FOLDER, "
    "where FOLDER has the text that was read."
)
"""What is left to do with a workbook that was taken."""
MOST_NOTES = 200
"""Lines of one kind that are told."""


def tell(imported: Imported, written: WrittenFiles | None = None) -> str:
    """Return the report on a workbook.

    Args:
        imported: the workbook.
        written: what became of its files; None where they were only looked at.
    """
    taken = imported.taken
    names = " and ".join(area.label for area in imported.scope.areas)
    counts = [
        f"{number} {'row' if number == 1 else 'rows'} of {title}"
        for title, number in taken.counts.items()
    ]
    parts = [
        [f"Workbook for {names}, as at {imported.scope.as_at}."],
        _part("Taken", [", ".join(counts)] if counts else []),
        _part("Read otherwise than written: check these cells", taken.read_as),
        _part("Proposed, not reviewed: none of it counts", _proposed(taken)),
        _part("Left out", [*taken.left, *_not_begun(taken.not_begun)]),
        _part("Not read", imported.unread),
    ]
    if written is not None:
        parts += [
            _part("Written", written.written),
            _part("There already, with the same words", written.same),
            _part("Not in the workbook, and left as it was", written.kept),
        ]
    parts.append([QUOTES])
    return "\n".join("\n".join(part) for part in parts if part) + "\n"


def notes(imported: Imported) -> list[Note]:
    """Return what to tell of single cells and rows: how they were read, and why they were left."""
    return [*imported.taken.read_as, *imported.taken.left, *imported.unread]


def _proposed(taken: Taken) -> list[str]:
    """Tell what waits, and that a duty that is not found may only not have been looked at."""
    waiting = [
        f"{number} {'row' if number == 1 else 'rows'} of {title}"
        for title, number in taken.proposed.items()
    ]
    if taken.proposed_for:
        waiting.append(
            f"Duties of such rows: {len(taken.proposed_for)}. A gap there may only mean that "
            "nobody has decided yet: review the rows first."
        )
    return waiting


def _not_begun(number: int) -> Iterable[str]:
    if number:
        yield f"{number} {'row that is' if number == 1 else 'rows that are'} not begun"


def _part(head: str, lines: Sequence[Note | object]) -> list[str]:
    if not lines:
        return []
    more = len(lines) - MOST_NOTES
    told = [f"  {line}" for line in lines[:MOST_NOTES]]
    return [f"{head}:", *told, *([f"  and {more} more"] if more > 0 else [])]
