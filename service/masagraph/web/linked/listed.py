"""The tables of linked data's pages, for those who take them away."""

from __future__ import annotations

from masagraph.release.counts import count
from masagraph.report.listing import Listing
from masagraph.report.workbook_lists import list_workbook
from masagraph.report.workbook_words import Place
from masagraph.store.formats import Format, Written
from masagraph.store.opened import Opened
from masagraph.web.linked.description import gather
from masagraph.web.linked.graphs import read_contents
from masagraph.web.linked.tables import Reading, Row, short_name


def thing_as_table(opened: Opened, iri: str, form: Format, limit: int, place: Place) -> Written:
    """Write what is said of a thing and its parts, and what points to it, a row a statement.

    Raises:
        UnknownName: when nothing is said of it.
    """
    described = gather(opened, iri, limit)
    tables = Reading(described, place.root).tables()
    rows = [_cells(t.heading, row) for t in tables.about for row in t.rows]
    rows += [_cells("What points to it", row) for row in tables.links]
    head = ("table", "property", "property_name", "value", "value_is", "link", "stands_in")
    cut = described.facts_cut or described.links_cut
    what = f"what is said of {described.label or short_name(iri)}"
    return _written(opened, Listing(head, tuple(rows)), form, place, what, cut)


def _cells(table: str, row: Row) -> tuple[str, ...]:
    places = "; ".join(place.text for place in row.places)
    return (
        table,
        row.property.text,
        row.property.note,
        row.value.text,
        row.value.note,
        row.value.href,
        places + (f" and {row.more} more" if row.more else ""),
    )


def graph_as_table(opened: Opened, name: str, form: Format, limit: int, place: Place) -> Written:
    """Write the things that a graph speaks of, a row a thing."""
    contents = read_contents(opened, name, limit)
    rows = tuple(
        (str(contents.labels.get(iri) or short_name(iri)), iri, str(number))
        for iri, number in contents.things.items()
    )
    listing = Listing(("thing", "iri", "triples"), rows)
    what = f"what the graph {short_name(name)} speaks of"
    return _written(opened, listing, form, place, what, contents.cut)


def dataset_as_table(opened: Opened, form: Format, place: Place) -> Written:
    """Write how much the dataset holds: parts, classes and properties, a row each."""
    found = count(opened)
    rows = [("part", p.title, p.iri, str(p.triples), p.licence, p.rights) for p in found.parts]
    for kind, numbers in (("class", found.classes), ("property", found.properties)):
        rows += [(kind, short_name(iri), iri, str(n), "", "") for iri, n in numbers.items()]
    listing = Listing(("kind", "name", "iri", "number", "licence", "rights"), tuple(rows))
    return _written(opened, listing, form, place, "what the dataset holds", False)


def _written(
    opened: Opened, listing: Listing, form: Format, place: Place, what: str, cut: bool
) -> Written:
    if form.name == "csv":
        return Written(listing.csv().encode(), form, cut)
    made = list_workbook(opened, place, listing, "Rows", what, cut=cut)
    return Written(made.content, form, made.cut)
