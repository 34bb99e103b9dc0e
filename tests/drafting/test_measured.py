"""What docs/drafting.md tells of how well documents are read holds, where their texts are held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafting import PAGE, SOURCES
from drafting_measures import HELD_OUT, Measured, Reading, measure, sources_of
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
        number_of = r"\| (\d+) \| (\d+) \(\d+ %\) \| (\d+) \("
        rows = re.findall(begin + number_of, told, re.MULTILINE)
        for which, (number, first, third) in zip(("any words", "local words"), rows, strict=True):
            counts = each.duties[which]
            assert counts["all"] == int(number)
            assert counts["1"] >= int(first)
            assert counts["3"] >= int(third)


def test_weaker_words_are_hardly_ever_proposed_as_a_local_arrangement(
    measured: list[Measured],
) -> None:
    apart = [each for each in measured if each.name == HELD_OUT]
    for group in (apart, [each for each in measured if each not in apart]):
        wrong, there = danger(group)
        assert there > 40
        assert wrong <= 0.03 * there


def test_weights_fitted_without_a_document_owe_nothing_to_it(
    store: EmbeddedStore, resources: Resources
) -> None:
    files = sources_of(store, Path(SOURCES))
    names = ["sussex-procedures-2024", "warwickshire-masa"]
    if not set(names) <= set(files):
        pytest.skip("the texts of the documents are not held here")
    one, other = (Reading(name, files[name], store, resources) for name in names)
    mine = {phrase.exact for phrase in other.truth}
    shared = [
        asked.duty.iri for asked in one.asked if mine & set(one.document.wanted(asked.duty).others)
    ]
    assert shared
    before = {asked.duty.iri: asked.signals["words-of-others"] for asked in one.asked}
    after = {asked.duty.iri: asked.signals["words-of-others"] for asked in one.without(other)}
    changed = {iri for iri, values in before.items() if values != after[iri]}
    assert changed
    assert changed <= set(shared)


def test_rows_are_told_of_beside_the_duties_that_have_no_words(measured: list[Measured]) -> None:
    told = PAGE.read_text(encoding="utf-8")
    for each in measured:
        row = re.search(
            rf"^\| `{each.name}`[^|]*\| (\d+) \| (\d+) \(\d+ %\) \| \d+ \| ", told, re.M
        )
        assert row is not None
        assert each.rows.right >= int(row[2])
        assert each.rows.proposed <= 1.05 * int(row[1])
