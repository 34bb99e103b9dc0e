"""Open the store of a folder, with what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from masagraph.dataset.snapshot import Current, open_snapshot, read_current, read_pointer
from masagraph.errors import StoreError
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.own import OwnArea, own_areas
from masagraph.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that is open, and what it holds.

    Attributes:
        store: the store.
        data_date: the date of the data, the default as-at date.
        data_version: that date and 8 hexadecimal digits of the data's hash; it ends in
            :data:`masagraph.vocab.OWN_DATA` where further data folders are held.
        inputs: hash of the files it was built from.
        extra_data: further data folders it was built from.
        snapshot: the name of the snapshot on disk, or of what an endpoint holds; else empty.
        published: whether a service may show the same; a draft has no address, and is not
            cited as data.
        own_areas: the areas that come from further data folders.
    """

    store: Store
    data_date: date
    data_version: str
    inputs: str
    extra_data: tuple[Path, ...]
    snapshot: str = ""
    published: bool = True
    own_areas: tuple[OwnArea, ...] = ()


def open_store(folder: Path, in_memory: bool = False) -> Opened:
    """Open the current snapshot of a store folder, for reading only.

    Args:
        folder: the store's folder.
        in_memory: copy it into memory first, as a service does. It is read whole then, so
            every byte is checked.

    Raises:
        StoreError: when there is none, it is damaged, or it cannot be read.
    """
    for last in (False, False, True):
        current = read_current(folder)
        if current is None:
            raise StoreError(f"there is no store in {folder}", "Run: masagraph build")
        try:
            return _opened(_open(folder, current, in_memory), current)
        except StoreError:
            # A build may have taken the snapshot away since the pointer was read.
            if last or read_pointer(folder) == current.snapshot:
                raise
    raise AssertionError("the loop returns or raises")


def _open(folder: Path, current: Current, in_memory: bool) -> Store:
    source = open_snapshot(folder, current, thorough=in_memory)
    if not in_memory:
        return EmbeddedStore(source, merged=True)
    try:
        return EmbeddedStore.in_memory(source)
    except OSError as error:
        raise StoreError(f"the store in {folder} cannot be read", "Run: masagraph build") from error


def _opened(store: Store, current: Current) -> Opened:
    return Opened(
        store,
        date.fromisoformat(current.data_date),
        current.data_version,
        current.inputs,
        tuple(Path(path) for path in current.extra_data),
        current.snapshot,
        own_areas=own_areas(store) if current.extra_data else (),
    )
