"""What a release says of itself in words: how to read it, how to cite it, under which terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from masagraph import __version__
from masagraph.assessment.names import choose_editions, list_areas, list_editions, lookup
from masagraph.release.content import NOTE, PEOPLE, Entry, Listed
from masagraph.release.licences import Terms
from masagraph.release.tables import TABLES, Table
from masagraph.report.words import CAVEAT, day
from masagraph.resources import Resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of

_TEXTS = (
    ("README.md", "What this release is, and what it is not", "text/markdown"),
    ("CITATION.cff", "How to cite it", "application/yaml"),
    ("REUSE.toml", "Under which terms each file stands", "application/toml"),
)


def texts(
    opened: Opened,
    resources: Resources,
    terms: Terms,
    tables: Sequence[Table],
    files: Sequence[Listed],
) -> Iterator[Entry]:
    """Yield the texts of a release.

    Args:
        opened: the store.
        resources: where the queries are.
        terms: the terms of the dataset.
        tables: its tables.
        files: what has been written before.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - text, and no HTML
    )
    told = _told(opened, resources, terms, tables, files)
    for path, title, media_type in _TEXTS:
        text = environment.get_template(f"{path}.jinja").render(told)
        yield Entry(path, text.encode(), title, media_type, terms.whole)
    if told["names"]:
        text = environment.get_template(f"{NOTE}.jinja").render(told)
        title = "What is told of names of people, and under which terms"
        yield Entry(NOTE, text.encode(), title, "text/markdown", told["names"].iri)


def _told(
    opened: Opened,
    resources: Resources,
    terms: Terms,
    tables: Sequence[Table],
    files: Sequence[Listed],
) -> dict[str, Any]:
    areas = list_areas(opened.store)
    words = select(opened.store, resources.read_query("questions/outcome-words.rq"))
    held = lookup(opened.store, "documents-held")[0]
    licences = {file.path: file.licence for file in files if file.licence}
    names = next((terms for path, terms in licences.items() if path.startswith(PEOPLE)), "")
    if names:
        licences[NOTE] = names
    return {
        "data_version": opened.data_version,
        "data_date": opened.data_date.isoformat(),
        "day": day(opened.data_date),
        "software_version": __version__,
        "caveat": CAVEAT,
        "areas": areas,
        "held": [area for area in areas if area.has_document],
        "documents": text_of(held["documents"]),
        "editions": list_editions(opened.store),
        "remark": choose_editions(opened.store, None, opened.data_date).remark,
        "outcomes": [{name: text_of(term) for name, term in row.items()} for row in words],
        "tables": [table for table in tables if table.folder == TABLES],
        "answers": [table for table in tables if table.folder != TABLES],
        "files": {file.path: file for file in files},
        "names": terms.known.get(names),
        "by_licence": _by_licence(terms, licences),
        "whole": terms.known[terms.whole],
        "rights": terms.rights,
    }


def _by_licence(terms: Terms, licences: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the licences that are used, each with its files, by short name."""
    found: dict[str, dict[str, Any]] = {}
    for path, iri in licences.items():
        licence = terms.known[iri]
        said = found.setdefault(licence.identifier, {"title": licence.title, "files": []})
        said["files"].append(path)
    return dict(sorted(found.items()))
