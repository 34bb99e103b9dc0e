"""Whether the phrases of a workbook stand in the text from which they were taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masagraph.dataset.quotes import places_of
from masagraph.errors import DataError, Place

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text in which phrases are looked for.

    Attributes:
        file: its name, for messages.
        data: its bytes.
    """

    file: str
    data: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its bytes, as the sheet of documents has it."""
        return hashlib.sha256(self.data).hexdigest()

    def has(self, phrase: str) -> bool:
        """Return whether a phrase stands in it, as ``masagraph quotes`` finds it."""
        return bool(places_of(phrase, self.data.decode("utf-8", errors="replace")))


def stands_in(passage: str, phrase: str) -> bool:
    """Return whether a phrase stands in a passage.

    How lines are wrapped is not compared, nor whether quotation marks are curly: spreadsheet
    programs change both.
    """
    return bool(places_of(phrase.translate(_MARKS), passage.translate(_MARKS)))


def texts_by_fingerprint(
    texts: Sequence[SourceText], fingerprints: Iterable[str], file: str
) -> dict[str, SourceText]:
    """Return the texts by their fingerprints.

    Args:
        texts: the texts.
        fingerprints: those of the documents of a workbook.
        file: the name of the workbook, for messages.

    Raises:
        DataError: for a text that is that of no document.
    """
    known = {each.casefold() for each in fingerprints}
    for text in texts:
        if text.fingerprint not in known:
            raise DataError(
                f"no document that is accepted in {file} has the fingerprint of this text",
                "Give the text from which the workbook was made: that of area draft --text.",
                Place(text.file),
            )
    return {text.fingerprint: text for text in texts}
