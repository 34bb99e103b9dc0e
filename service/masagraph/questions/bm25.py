"""The library that ranks by words shared, imported in silence.

It would draw a bar of progress in a notebook, and warns there of what it lacks for that.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import bm25s
    from bm25s.stopwords import STOPWORDS_EN_PLUS

__all__ = ["STOPWORDS_EN_PLUS", "bm25s", "index_terms", "scores_of"]


def index_terms(listed: Iterable[Sequence[str]]) -> bm25s.BM25:
    """Return an index of texts, each given as its terms."""
    made = bm25s.BM25(b=0.5)
    made.index([list(terms) or ["="] for terms in listed], show_progress=False)
    return made


def scores_of(index: bm25s.BM25, terms: Sequence[str]) -> list[float]:
    """Return how well each text of an index fits some terms; those that none has count nothing."""
    known = [term for term in terms if term in index.vocab_dict]
    if not known:
        return [0.0] * int(index.scores["num_docs"])
    return [float(score) for score in index.get_scores(known)]
