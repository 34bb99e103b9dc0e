"""``masagraph network``."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from masagraph.cli.context import (
    AreasArgument,
    AsAtOption,
    DataOption,
    EndpointOption,
    ExcelOption,
    OutputOption,
    StoreOption,
    check_output,
    csv_for,
    date_or,
    deliver,
    opened,
)
from masagraph.errors import BadValue
from masagraph.report.csvfile import to_csv
from masagraph.report.terminal import stdout_console
from masagraph.report.words import held_extent

if TYPE_CHECKING:
    from masagraph.network.gathered import Network
    from masagraph.network.measured import Measured
    from masagraph.store.opened import Opened

PICTURE = "The drawing could not be made: Graphviz is not there, or it would be too large to read"


class NetworkFormat(StrEnum):
    """Forms of a network."""

    table = "table"
    graphml = "graphml"
    gexf = "gexf"
    json = "json"
    csv = "csv"
    svg = "svg"


class NetworkTable(StrEnum):
    """What CSV has a row for."""

    edges = "edges"
    nodes = "nodes"
    measures = "measures"


def network_command(
    areas: AreasArgument = None,
    as_at: AsAtOption = None,
    output: Annotated[
        NetworkFormat, typer.Option("--format", help="Form of the network; a table of measures.")
    ] = NetworkFormat.table,
    table: Annotated[
        NetworkTable, typer.Option("--table", help="What CSV has a row for.")
    ] = NetworkTable.edges,
    file: OutputOption = None,
    excel: ExcelOption = False,
    store: StoreOption = None,
    data: DataOption = None,
    endpoint: EndpointOption = None,
) -> None:
    """Measure who answers to whom and who sits where; or write it as a network.

    Example: masagraph network sefton

    Example: masagraph network sefton --format graphml > sefton.graphml
    """
    check_output(output, file, excel)
    if table is not NetworkTable.edges and output is not NetworkFormat.csv:
        raise BadValue("--table is for --format csv", "Add that, or leave it out.")
    if output is NetworkFormat.svg and len(areas or []) != 1:
        raise BadValue("a picture is of one area", "Name one, such as sefton.")
    source = opened(store, data, endpoint)
    if output is NetworkFormat.svg:
        deliver(_picture(source, (areas or [""])[0], as_at or ""), file)
        return
    # Imported when needed: no other command waits for networkx.
    from masagraph.network.made import read_network
    from masagraph.network.written import FORMS, TABLES

    day = date_or(as_at, source.data_date)
    network = read_network(source.store, areas or None, day)
    if output is NetworkFormat.table:
        _show(source, network, stdout_console())
    elif output is NetworkFormat.csv:
        heads, rows = TABLES[table.value](network)
        deliver(csv_for(to_csv(heads, rows), excel), file)
    else:
        deliver(FORMS[output.value](network), file)


def _picture(source: Opened, area: str, as_at: str) -> str:
    """Return the chart of the page of an area."""
    from masagraph.report.area_chart import read_chart
    from masagraph.report.chart import draw

    chart = read_chart(source, area, as_at).chart
    drawn = draw(chart, " ".join(chart.words()))
    if drawn is None:
        raise BadValue(PICTURE, "Take another format.")
    return drawn


def _show(source: Opened, network: Network, console: Console) -> None:
    """Print what is measured of each area."""
    from masagraph.assessment.names import find_area, list_areas
    from masagraph.network.made import documents_of_area
    from masagraph.network.measured import measured

    known = list_areas(source.store)
    found = groupby(measured(network), key=lambda each: each.area)
    number = 0
    for number, (name, those) in enumerate(found, start=1):
        if number > 1:
            console.rule()
        held = documents_of_area(network, name)
        console.print(Text(find_area(known, name).label, style="bold"))
        told = {0: "no document held", 1: "1 document"}.get(len(held), f"{len(held)} documents")
        on = f"as at {network.graph['as_at']}, {told}; data {source.data_version}"
        console.print(Text(on, style="dim"))
        for each in those:
            _show_measure(each, console)
    if number > 1:
        console.print(Text(f"\n{number} of {len(known)} areas.", style="dim"))


def _show_measure(measure: Measured, console: Console) -> None:
    console.print(Text(f"\n{measure.words.title}: ", style="bold") + Text(measure.sentence))
    for line in measure.told:
        console.print(Text(f"  {line}"))
    console.print(Text(f"  {measure.words.about} {measure.words.limits}", style="dim"))
    rests = "; ".join(f"{name}, {held_extent(held)}" for name, held in measure.documents.items())
    if rests:
        console.print(Text(f"  By {len(measure.documents)} held: {rests}.", style="dim"))
