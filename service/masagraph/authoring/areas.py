"""Which areas a workbook is for, and the files that are held of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from masagraph.assessment.names import (
    Area,
    choose_editions,
    find_area,
    list_areas,
    parse_date,
)
from masagraph.authoring.rows import Held
from masagraph.dataset.files import RdfFile
from masagraph.dataset.integrity import SOURCE_DOCUMENT, TYPE
from masagraph.errors import DataError, MasagraphError, Place
from masagraph.store.protocol import Store, text_of
from masagraph.vocab import GRAPH, MASA

AREAS = str(GRAPH + "areas/")
_COVERS, _DESCRIBES = str(MASA.coversArea), str(MASA.describes)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a workbook is about; its first sheet says so.

    Attributes:
        areas: the areas.
        folder: the name of the folder of their files.
        edition: id of the edition whose duties it asks about.
        as_at: the day on which the register was asked.
        version: of the layout.
    """

    areas: tuple[Area, ...]
    folder: str
    edition: str
    as_at: date
    version: str

    @property
    def slug(self) -> str:
        """The short name of the first area."""
        return self.areas[0].slug

    def lines(self) -> list[tuple[str, str]]:
        """Return name and text of each line, as the first sheet has them."""
        areas = "; ".join(f"{area.slug} {area.gss}" for area in self.areas)
        texts = (areas, self.folder, self.edition, self.as_at.isoformat(), self.version)
        return list(zip(LINES, texts, strict=True))


LINES = ("Areas", "Folder", "Edition", "As at", "Layout")
"""The names of the lines that say what a workbook is about."""


def read_scope(facts: Mapping[str, str], store: Store, file: str, version: str) -> Scope:
    """Read from its first sheet what a workbook is about.

    Raises:
        DataError: when it does not say so, or names an area, an edition or a day that there
            is not.
    """
    place = Place(f"{file} Read me")
    missing = [name for name in LINES if not facts.get(name)]
    if missing:
        raise DataError(
            f"the sheet does not say {' and '.join(missing)}",
            "Copy the rows into a new template.",
            place,
        )
    if facts["Layout"] != version:
        raise DataError(
            f"the workbook has layout {facts['Layout']}, and layout {version} is read",
            "Copy the rows into a new template.",
            place,
        )
    known = list_areas(store)
    areas = []
    for text in facts["Areas"].split(";"):
        slug, _, code = text.strip().partition(" ")
        try:
            area = find_area(known, slug)
        except MasagraphError as error:
            raise DataError(error.what, error.mend, place) from error
        if code and code.strip() != area.gss:
            raise DataError(
                f"the code {code.strip()} is not that of {area.label}, which is {area.gss}",
                "Correct the line Areas.",
                place,
            )
        areas.append(area)
    if not SLUG.fullmatch(facts["Folder"]):
        raise DataError(
            f'"{facts["Folder"]}" is no name of a folder',
            "Use small letters, digits and hyphens.",
            place,
        )
    try:
        day = parse_date(facts["As at"].split(" ")[0])
        choose_editions(store, facts["Edition"], day)
    except MasagraphError as error:
        raise DataError(error.what, f"{error.mend} Correct the first sheet.", place) from error
    return Scope(tuple(areas), facts["Folder"], facts["Edition"], day, version)


def held_files(
    files: Iterable[RdfFile], store: Store, areas: Sequence[Area]
) -> tuple[str, list[Held], list[Area]]:
    """Return the files that are held of some areas.

    Args:
        files: the files of the data folders.
        store: the dataset.
        areas: the areas.

    Returns:
        the name of their folder, empty when nothing is held; what stays the same, then each
        document; and the areas that all this covers, those that were asked for first.
    """
    arrangements = {area.arrangement for area in areas if area.arrangement}
    found = [file for file in files if file.graph.startswith(AREAS)]
    # Documents that lie with another arrangement, and tell of this one too, are the other's.
    mine = _folders(found, _covers, arrangements) or _folders(found, _describes, arrangements)
    if not mine:
        return "", [], list(areas)
    held = [Held(_document(f), f.triples) for f in found if _folder(f) in mine]
    same = [triple for each in held if not each.document for triple in each.triples]
    covered = {text_of(triple.object) for triple in same if triple.predicate.value == _COVERS}
    others = [area for area in list_areas(store) if area.iri in covered and area not in areas]
    documents = [each for each in held if each.document]
    return sorted(mine)[0], [Held("", tuple(same)), *documents], [*areas, *others]


def _folder(file: RdfFile) -> str:
    return file.graph.removeprefix(AREAS).split("/")[0]


def _folders(
    files: Iterable[RdfFile],
    tells: Callable[[ox.Triple, Collection[str]], bool],
    arrangements: Collection[str],
) -> set[str]:
    return {_folder(file) for file in files if any(tells(t, arrangements) for t in file.triples)}


def _covers(triple: ox.Triple, arrangements: Collection[str]) -> bool:
    return triple.predicate.value == _COVERS and text_of(triple.subject) in arrangements


def _describes(triple: ox.Triple, arrangements: Collection[str]) -> bool:
    return triple.predicate.value == _DESCRIBES and text_of(triple.object) in arrangements


def _document(file: RdfFile) -> str:
    return next(
        (
            text_of(triple.subject)
            for triple in file.triples
            if triple.predicate == TYPE and triple.object == SOURCE_DOCUMENT
        ),
        "",
    )
