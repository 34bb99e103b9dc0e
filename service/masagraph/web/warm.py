"""What query workers must have read before their doors are shut."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime

from rdflib import RDF, Literal

from masagraph.assessment.assess import add_assertions
from masagraph.assessment.engines import engine_of
from masagraph.assessment.names import choose_editions, list_areas, lookup
from masagraph.assessment.view import build_view
from masagraph.authoring.imported import import_workbook
from masagraph.authoring.layout import read_layout
from masagraph.authoring.template import make_template
from masagraph.authoring.written import write_template
from masagraph.dataset.files import read_file
from masagraph.dataset.integrity import file_problems, integrity_program
from masagraph.errors import MasagraphError
from masagraph.network.explained import explained
from masagraph.questions.catalogue import list_questions
from masagraph.questions.columns import shared_columns
from masagraph.questions.finding import prepare
from masagraph.resources import find_resources, read_once
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import GRAPH, PREFIXES
from masagraph.web import app as _app  # imports every module that a job may name

__all__ = ["warm"]


def warm(opened: Opened) -> None:
    """Read every file and import every module that a job over the store may need.

    Args:
        opened: the store, in memory.
    """
    assert _app
    resources = find_resources()
    read_layout(resources)
    for path in sorted(resources.folder("queries").rglob("*.rq")):
        resources.read_query(str(path.relative_to(resources.folder("queries"))))
    shared_columns(resources)
    prepare(opened.store, opened.data_version, list_questions(resources))
    explained(resources)
    for folder in ("dataset", "view", "shown", "outcome"):
        for rule in resources.queries(f"rules/{folder}"):
            read_once(rule)
    # Libraries quote what they could not read: words of a person's draft belong in no log.
    for name in ("rdflib", "pyshacl"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for datatype in (RDF.HTML, RDF.XMLLiteral):
        Literal("<p>text</p>", datatype=datatype)  # their parsers are imported when first used
    # What a draft is held against before it is assessed.
    program, _ = integrity_program(resources)
    dataset = read_file(resources.folder("data") / "dataset.ttl", f"{GRAPH}dataset")
    for problem in file_problems(dataset, program):
        raise problem
    # One duty tested from scratch: the engines load parts of themselves when first used.
    area = next(area for area in list_areas(opened.store) if area.has_document)
    (edition,) = choose_editions(opened.store, None, opened.data_date).editions
    # A workbook written and read: those libraries, too, load parts of themselves when first used.
    datetime.strptime("1 May 2025", "%d %B %Y")
    blank = make_template(opened.store, (), [area], None, opened.data_date, False, resources)
    with suppress(MasagraphError):  # nothing is filled
        import_workbook(write_template(blank), "blank", opened.store, resources)
    view = build_view(opened.store, area, opened.data_date)
    duty = next(row["name"] for row in lookup(opened.store, "duties"))
    add_assertions(view, [edition], engine_of(), [PREFIXES["duty"] + text_of(duty)])
