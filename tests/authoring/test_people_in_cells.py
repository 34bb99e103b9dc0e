"""A cell that tells of a person is refused, as far as its form shows."""

from __future__ import annotations

import pytest

from masagraph.authoring.cells import CellFault, Words, read_words
from masagraph.authoring.layout import read_layout
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def words(store: EmbeddedStore, resources: Resources) -> Words:
    """What cells are read with."""
    return read_words(store, read_layout(resources), resources)


@pytest.mark.parametrize(
    "text",
    [
        "Dr Quillon, chief nurse",
        "Ms. Östbergh",
        "Mx Łukin",
        "Cllr Ó Vantreese",
        "quillon@kent.example",
        "quillon (at) kent.example",
        "quillon[at]kent.example",
        "Ask the chair: Q.Vantreese ( AT ) kent.example",
    ],
)
def test_a_person_is_refused_and_not_repeated(words: Words, text: str) -> None:
    with pytest.raises(CellFault) as caught:
        words.refuse_people(text)
    assert "Write posts, not people" in caught.value.mend
    assert text not in caught.value.what


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Chief Constable",
        "Dr on call",
        "A board (at county level).",
        "Costs @ 5.5 each",
        "x" * 30_000,
    ],
)
def test_other_words_are_taken(words: Words, text: str) -> None:
    words.refuse_people(text)
