"""``masagraph build``."""

from __future__ import annotations

from masagraph.assessment.publish import unchanged
from masagraph.cli.context import DataOption, StoreOption, progress, put
from masagraph.questions.opening import build_store, folder_of
from masagraph.resources import find_resources


def build_command(store: StoreOption = None, data: DataOption = None) -> None:
    """Build the store from the ontology, the data and the shapes.

    The new store takes the place of the old one whole, or not at all. Where nothing has
    changed and no byte of the store is damaged, nothing is done.

    Example: masagraph build
    """
    folder, resources = folder_of(store), find_resources()
    current = unchanged(resources, folder, data or ())
    if current is not None:
        put(f"Nothing has changed: {folder} is whole, with data {current.data_version}.")
        return
    with progress() as tell:
        built = build_store(folder, data or (), tell)
    put(
        f"Built {folder}: data {built.data_version}, {built.triples:,} triples in "
        f"{built.graphs} graphs.\n"
        f"{built.areas_with_documents} of {built.areas} areas have a document; "
        f"{built.assessments} assessments stored."
    )
