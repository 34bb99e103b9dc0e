"""``masagraph build``."""

from __future__ import annotations

from masagraph.cli.context import DataOption, StoreOption, progress, put
from masagraph.questions.opening import build_store, folder_of


def build_command(store: StoreOption = None, data: DataOption = None) -> None:
    """Build the store from the ontology, the data and the shapes.

    The new store takes the place of the old one whole, or not at all.

    Example: masagraph build
    """
    folder = folder_of(store)
    with progress() as tell:
        built = build_store(folder, data or (), tell)
    put(
        f"Built {folder}: data {built.data_version}, {built.triples:,} triples in "
        f"{built.graphs} graphs.\n"
        f"{built.areas_with_documents} of {built.areas} areas have a document; "
        f"{built.assessments} assessments stored."
    )
