"""Where the RDF folders are: in the checkout, or inside the installed package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from platformdirs import user_data_path

from masagraph.errors import StoreError
from masagraph.settings import Settings

FOLDERS = ("ontology", "shapes", "data", "queries")


@dataclass(frozen=True, slots=True)
class Resources:
    """The folder that holds ``ontology/ shapes/ data/ queries/``, and what it is."""

    root: Path
    is_checkout: bool

    def folder(self, name: str) -> Path:
        """Return the path of one of the four RDF folders."""
        return self.root / name

    def read_query(self, name: str) -> str:
        """Return the text of a query file, named by its path below ``queries/``.

        It is read once: a query worker can open no file.
        """
        return read_once(self.root / "queries" / name)

    def queries(self, folder: str) -> list[Path]:
        """Return the ``.rq`` files of a folder below ``queries/``, in name order."""
        return list(_list_once(self.root / "queries" / folder, "*.rq"))


@cache
def read_once(path: Path) -> str:
    """Return the text of a file that does not change while the program runs."""
    return path.read_text(encoding="utf-8")


@cache
def _list_once(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(pattern)))


@cache
def find_resources() -> Resources:
    """Find the RDF folders.

    A checkout wins over the copy in the package: an editable install carries a copy too,
    made when it was installed, which would hide later edits.

    Raises:
        StoreError: when neither is there.
    """
    package = Path(__file__).resolve().parent
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "ontology").is_dir():
        return Resources(checkout, is_checkout=True)
    bundled = Path(str(files("masagraph"))) / "_bundled"
    if all((bundled / name).is_dir() for name in FOLDERS):
        return Resources(bundled, is_checkout=False)
    raise StoreError(
        f"the ontology, shapes, data and queries are not in {bundled}",
        "Install masagraph again: pip install --force-reinstall masagraph",
    )


def store_folder(settings: Settings) -> Path:
    """Return the folder of the store: the setting, else the checkout's, else the user's."""
    if settings.store is not None:
        return settings.store
    resources = find_resources()
    if resources.is_checkout:
        return resources.root / ".masagraph"
    return user_data_path("masagraph", appauthor=False) / "store"
