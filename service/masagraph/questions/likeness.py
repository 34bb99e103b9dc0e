"""How like in meaning some words are to a question, by the vectors of their words.

The vectors come with the library: nothing is fetched. They find what shares no word with a
question; words shared count apart, see :mod:`masagraph.questions.index`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wordllama import WordLlama

BEST = 0.6
"""How much the nearest of a question's texts counts, beside the mean of the nearest two."""


class Likeness:
    """Questions as vectors, one for each way of asking them."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Turn texts into vectors.

        Args:
            texts: the ways of asking each question; each has at least one.
        """
        self._vectors = vectors_of([text for ways in texts for text in ways])
        self._starts = np.cumsum([0, *map(len, texts)])

    def of(self, words: str) -> list[float]:
        """Return for each question how like it some words are, from -1 to 1."""
        near = self._vectors @ vectors_of([words])[0]
        parts = [near[a:b] for a, b in pairwise(self._starts)]
        return [float(BEST * p.max() + (1 - BEST) * np.sort(p)[-2:].mean()) for p in parts]


def vectors_of(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the vector of each text, of length one; all noughts for a text without words.

    Raises:
        ImportError: where the library is not there.
    """
    made = np.asarray(_model().embed(list(texts)), dtype=np.float64)
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return made / np.where(lengths == 0, 1, lengths)


@cache
def _model() -> WordLlama:
    # When it is imported it sets up the log of the whole program, unless somebody has.
    root, nobody = logging.getLogger(), logging.NullHandler()
    root.addHandler(nobody)
    try:
        import wordllama
    finally:
        root.removeHandler(nobody)
    # Its files lie in the package, where it looks for them only when told that this is its cache.
    return wordllama.WordLlama.load(
        cache_dir=Path(wordllama.__file__).parent, disable_download=True
    )
