"""The library that ranks by words shared, imported in silence.

It would draw a bar of progress in a notebook, and warns there of what it lacks for that.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import bm25s
    from bm25s.stopwords import STOPWORDS_EN_PLUS

__all__ = ["STOPWORDS_EN_PLUS", "bm25s"]
