"""The short name of a row, and the IRI that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from masagraph.authoring.layout import Table
from masagraph.vocab import ID, local_name

_PLACE = re.compile(r"\{([a-z-]+)\}")
_FULL = re.compile(r"<([^<>\s]+)>")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)*")
"""What a short name may be: parts of an address, parted by slashes."""


def key_iri(table: Table, name: str, places: Mapping[str, str]) -> str:
    """Return the IRI for which a short name stands.

    Args:
        table: the sheet.
        name: the short name; with a slash, the end of an IRI; in angle brackets, a whole one.
        places: what stands for the places of the sheet's pattern, but the name.
    """
    full = _FULL.fullmatch(name)
    if full:
        return full[1]
    if "/" in name:
        return f"{ID}{table.folder}/{name.removeprefix(f'{table.folder}/')}"
    given = {**places, "name": name}
    return f"{ID}{_PLACE.sub(lambda place: given[place[1]], table.pattern)}"


def key_name(table: Table, iri: str, places: Mapping[str, str]) -> str:
    """Return the short name that stands for an IRI; the inverse of :func:`key_iri`."""
    short = local_name(iri)
    if short and key_iri(table, short, places) == iri:
        return short
    start = f"{ID}{table.folder}/"
    if iri.startswith(start) and "/" in iri.removeprefix(start):
        return iri.removeprefix(start)
    return f"<{iri}>"


def row_places(document: str, area: str, organisation: str) -> dict[str, str]:
    """Return what stands for the places of a pattern in a row.

    Args:
        document: the short name of the row's document; empty where it has none.
        area: the short name of the workbook's first area.
        organisation: the IRI of the row's organisation; empty where it has none.
    """
    return {
        "document": document or area,
        "area": area,
        "organisation": local_name(organisation) if organisation else area,
    }
