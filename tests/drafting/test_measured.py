"""What docs/drafting.md tells of how well documents are read holds, where their texts are held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafting import PAGE, SOURCES
from drafting_measures import HELD_OUT, Measured, measure, sources_of
from drafting_tables import danger
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def measured(store: EmbeddedStore, resources: Resources) -> list[Measured]:
    files = sources_of(store, Path(SOURCES))
    if HELD_OUT not in files:
        pytest.skip("the texts of the documents are not held here")
    return measure(store, files, resources)


def test_right_passages_are_found_as_often_as_the_page_tells(measured: list[Measured]) -> None:
    told = PAGE.read_text(encoding="utf-8")
    for each in measured:
        begin = rf"^\| (?:\*\*)?`{each.name}`[^|]*"
        number_of = r"\| (\d+) \| (\d+) \(\d+ %\) \| (\d+) "
        rows = re.findall(begin + number_of, told, re.MULTILINE)
        for which, (number, first, third) in zip(("any words", "local words"), rows, strict=True):
            counts = each.duties[which]
            assert counts["all"] == int(number)
            assert counts["1"] >= int(first)
            assert counts["3"] >= int(third)


def test_guidance_is_hardly_ever_proposed_as_a_local_arrangement(measured: list[Measured]) -> None:
    apart = [each for each in measured if each.name == HELD_OUT]
    for group in (apart, [each for each in measured if each not in apart]):
        wrong, there = danger(group)
        assert there > 40
        assert wrong <= 0.03 * there


def test_forty_pages_take_less_than_ten_seconds(measured: list[Measured]) -> None:
    (apart,) = [each for each in measured if each.name == HELD_OUT]
    assert 40 * apart.seconds / apart.pages < 10
