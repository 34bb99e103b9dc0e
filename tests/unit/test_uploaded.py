"""How deep a draft is nested, counted without being fooled and without taking long."""

from __future__ import annotations

import time

import pytest

from masagraph.dataset.draft import _depth


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("", 0),
        ("1", 0),
        ("{}", 1),
        ('{"a": [1, [2]], "b": {}}', 3),
        ('{"a": "[[[["}', 1),
        ('{"a": "]]]]]]", "b": [[]]}', 3),
        (r'{"a": "\"[[[", "b": []}', 2),
        (r'{"a": "\\", "b": [[]]}', 3),
        ('{"a": "[[[', 1),
        ("]]]]{[", 2),
    ],
)
def test_depth(text: str, depth: int) -> None:
    assert _depth(text) == depth


@pytest.mark.parametrize(
    "text", ['"' + '\\"' * 2_000_000, '"' * 4_000_000, "[" * 4_000_000, "\\" * 4_000_000]
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()
    _depth(text)
    assert time.perf_counter() - begun < 10
