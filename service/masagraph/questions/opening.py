"""The store that is asked for, built first where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from masagraph.assessment.publish import Built, Progress, build
from masagraph.dataset.assemble import assemble, inputs_hash, merge_graphs
from masagraph.dataset.snapshot import read_current
from masagraph.questions.as_rdf import questions_graph
from masagraph.resources import find_resources, store_folder
from masagraph.settings import read_settings
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened, open_store

Say = Callable[[str], None]
"""Told a line for the user."""
Work = Callable[[], AbstractContextManager[Progress]]
"""Surrounds work that takes long, and is told how far it is."""


@contextmanager
def in_silence() -> Iterator[Progress]:
    """Surround work, and tell nobody of it."""
    yield lambda what, done, of: None


def folder_of(store: Path | None) -> Path:
    """Return the store's folder: the one that is named, else the setting, else the default."""
    return store if store is not None else store_folder(read_settings())


def build_store(folder: Path, data: Sequence[Path] = (), tell: Progress | None = None) -> Built:
    """Build the store in a folder, with the catalogue of questions beside the findings.

    Args:
        folder: the store's folder.
        data: further folders of data.
        tell: told of each step.

    Raises:
        DataError: for a file that is not what it must be.
        StoreError: when the store cannot be written.
        EngineError: when an outcome could not be proved.
    """
    base = read_settings().base_url
    beside = partial(questions_graph, endpoint=f"{base}/sparql" if base else "")
    return build(find_resources(), folder, data, tell, beside=beside)


def open_or_build(
    store: Path | None,
    data: Sequence[Path],
    built: Say,
    changed: Say,
    work: Work = in_silence,
) -> Opened:
    """Open a store, and build it first when there is none.

    With further data folders the dataset is read into memory instead; no store is written.

    Args:
        store: its folder; None for that of the settings.
        data: further folders of data.
        built: told that a store is going to be built.
        changed: told that the files have changed since it was built.
        work: surrounds what takes long.

    Raises:
        DataError: for a file that is not what it must be.
        StoreError: when the store cannot be read or written.
    """
    resources = find_resources()
    if data:
        with work() as tell:
            tell("reading and checking the files", 0, 1)
            assembled = assemble(resources, data)
        merge_graphs(assembled.store)
        return Opened(
            EmbeddedStore(assembled.store, merged=True),
            assembled.data_date,
            assembled.data_version,
            assembled.inputs,
            tuple(data),
        )
    folder = folder_of(store)
    if read_current(folder) is None:
        built(f"There is no store in {folder} yet; building it.")
        with work() as tell:
            build_store(folder, (), tell)
    current = open_store(folder)
    extra = [path for path in current.extra_data if path.is_dir()]
    if inputs_hash(resources, extra) != current.inputs:
        changed("The files have changed since the store was built. To use them: masagraph build")
    return current
