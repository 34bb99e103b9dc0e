"""A release: the dataset as dated files, the same bytes whenever and wherever it is made."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from masagraph import __version__
from masagraph.assessment.names import lookup
from masagraph.errors import BadValue, DataError
from masagraph.release.content import FORMAT, MANIFEST, WORKBOOK, Entry
from masagraph.release.counts import is_earlier
from masagraph.release.description import describe_release
from masagraph.release.folder import Writing, check_free, whole_or_not
from masagraph.release.graphs import divide, graph_files
from masagraph.release.licences import Terms, licence_files, licences_of, read_terms
from masagraph.release.private import check_nameless, names_of_people
from masagraph.release.quads import canonical_graphs, in_order
from masagraph.release.tables import Table, read_tables, table_files
from masagraph.release.terms import check_terms
from masagraph.release.texts import texts
from masagraph.release.workbook import release_workbook
from masagraph.report.workbook import MEDIA_TYPE as XLSX
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import OWN_DATA

PUBLISHER = "masagraph contributors"

Tell = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""

_STEPS = 5


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the version of the data, and how many files, tables and graphs."""

    data_version: str
    files: int
    tables: int
    graphs: int


def export(opened: Opened, resources: Resources, folder: Path, tell: Tell) -> Exported:
    """Write a release.

    Args:
        opened: the store, with findings.
        resources: where the queries and the texts of licences are.
        folder: where to; it must not be there, or be empty.
        tell: told of each step.

    Raises:
        BadValue: when the store holds data of one's own, or the folder is not free or cannot be
            written; nothing is left there then.
        DataError: when a term that was released is gone, a name of a person stands where none
            may, or a table is not what it must be.
    """
    check_free(folder)
    _check_published(opened)
    check_terms(opened, resources)
    with whole_or_not(folder) as writing:
        tell("graphs", 0, _STEPS)
        graphs = canonical_graphs(opened.store)
        earlier = frozenset(name for name in graphs if is_earlier(name, opened.data_date))
        opened = replace(opened, store=in_order(graphs, earlier))
        terms = read_terms(opened)
        kept = divide(graphs, licences_of(opened, terms, graphs), earlier)
        names = names_of_people(kept)

        def put(entry: Entry) -> None:
            """Write a file that names nobody it should not."""
            check_nameless(entry, names)
            writing.put(entry)

        for entry in graph_files(kept, terms.whole):
            put(entry)
        tell("tables", 1, _STEPS)
        tables = list(read_tables(opened, resources))
        for entry in table_files(tables, terms.whole, opened.data_version, PUBLISHER):
            put(entry)
        tell("workbook", 2, _STEPS)
        put(_workbook(opened, tables, terms))
        tell("description", 3, _STEPS)
        for entry in licence_files(terms, {f.licence for f in writing.listed}, resources):
            put(entry)
        versions = _versions(opened)
        for entry in texts(opened, resources, terms, tables, writing.listed):
            put(entry)
        put(describe_release(opened, writing.listed, terms.whole, versions["shapes_version"]))
        put(_manifest(opened, writing, versions))
        tell("checksums", 4, _STEPS)
        writing.put_sums()
        return Exported(opened.data_version, len(writing.listed), len(tables), len(graphs))


def _check_published(opened: Opened) -> None:
    """Check that all data are of the project, under its terms and to be cited as its own.

    Raises:
        BadValue: when others were added to them.
    """
    if opened.data_version.endswith(OWN_DATA):
        raise BadValue(
            f"the store holds data of your own (version {opened.data_version}), and those are no "
            "part of any release",
            "Build a store without them: masagraph build --store DIR, then name it with --store.",
        )


def _workbook(opened: Opened, tables: Sequence[Table], terms: Terms) -> Entry:
    made = release_workbook(opened, tables, lambda what, done, of: None)
    title = "The tables as one workbook, for Excel and LibreOffice"
    return Entry(WORKBOOK, made.content, title, XLSX, terms.whole)


def _versions(opened: Opened) -> dict[str, str]:
    """Return the versions of the program and of the shapes that made the findings.

    Raises:
        DataError: when the store holds no findings, or such of several versions.
    """
    found = lookup(opened.store, "versions")
    if len(found) != 1:
        raise DataError(
            f"the findings were made by {len(found)} versions of the program and must be by one",
            "Run: masagraph build",
        )
    return {f"{name}_version": text_of(found[0][name]) for name in ("software", "shapes")}


def _manifest(opened: Opened, writing: Writing, versions: dict[str, str]) -> Entry:
    said = {
        "format": FORMAT,
        "title": f"masagraph, release {opened.data_version}",
        "data_date": opened.data_date.isoformat(),
        "data_version": opened.data_version,
        "exported_by": __version__,
        **versions,
        "files": [asdict(file) for file in writing.listed],
    }
    content = (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()
    return Entry(MANIFEST, content, "The list of files, for programs", "application/json", "")
