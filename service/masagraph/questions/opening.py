"""The store that is asked for, built first where there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from masagraph.assessment.publish import Built, Progress, build, unchanged
from masagraph.dataset.assemble import assemble, inputs_hash, merge_graphs
from masagraph.dataset.snapshot import read_current
from masagraph.questions.as_rdf import questions_graph
from masagraph.resources import find_resources, store_folder
from masagraph.settings import read_settings
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened, open_store
from masagraph.store.own import own_areas

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


def build_store(
    folder: Path,
    data: Sequence[Path] = (),
    tell: Progress | None = None,
    kept_in: Path | None = None,
) -> Built:
    """Build the store in a folder, with the catalogue of questions beside the findings.

    Args:
        folder: the store's folder.
        data: further folders of data.
        tell: told of each step.
        kept_in: folder of the assessments of earlier builds; by default one in the store's.

    Raises:
        DataError: for a file that is not what it must be.
        StoreError: when the store cannot be written.
        EngineError: when an outcome could not be proved.
    """
    base = read_settings().base_url
    beside = partial(questions_graph, endpoint=f"{base}/sparql" if base else "")
    return build(find_resources(), folder, data, tell, kept_in, beside)


def build_own(store: Path | None, data: Sequence[Path], say: Say, work: Work = in_silence) -> Path:
    """Build the store of the shipped data and further folders, unless it is there and up to date.

    It lies below the store that is named and is called after the folders, so that store stays
    as it is.

    Args:
        store: the folder of the store below which it lies; None for that of the settings.
        data: the further folders.
        say: told what is done.
        work: surrounds what takes long.

    Returns:
        its folder.

    Raises:
        DataError: for a folder or a file that is not what it must be.
        StoreError: when the store cannot be written.
        EngineError: when an outcome could not be proved.
    """
    base = folder_of(store)
    data = sorted(path.resolve() for path in data)
    named = ", ".join(map(str, data))
    folder = base / "own" / hashlib.sha256(named.encode()).hexdigest()[:12]
    if unchanged(find_resources(), folder, data) is not None:
        say(f"Nothing has changed in {named}: the store in {folder} is used.")
        return folder
    say(f"Building a store of the shipped data and {named} in {folder}.")
    with work() as tell:
        build_store(folder, data, tell, base / "kept")
    return folder


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
        merged = EmbeddedStore(assembled.store, merged=True)
        return Opened(
            merged,
            assembled.data_date,
            assembled.data_version,
            assembled.inputs,
            tuple(data),
            own_areas=own_areas(merged),
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
