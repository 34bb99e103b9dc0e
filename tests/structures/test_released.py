"""Every table of a release can be made of every structure: each key tells its rows apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from masagraph.release.tables import read_tables
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of

if TYPE_CHECKING:
    from tests.structures.conftest import World


def test_each_table_can_be_made_and_a_document_has_one_row(
    world: World, resources: Resources
) -> None:
    """One of the documents has two in its place, as its area became two."""
    opened = Opened(world.merged, date(2026, 1, 1), "test", "", ())
    tables = {table.name: table for table in read_tables(opened, resources)}
    documents = tables["documents"]
    at = {column.name: number for number, column in enumerate(documents.columns)}
    names = [text_of(row[at["document"]]) for row in documents.rows]
    assert len(names) == len(set(names)) > 30
    after = [text_of(row[at["superseded_by"]]).split("; ") for row in documents.rows]
    split = [each for each in after if len(each) == 2]
    assert split
    assert all(each == sorted(set(each)) for each in split)
    assert {name for each in split for name in each} <= set(names)
