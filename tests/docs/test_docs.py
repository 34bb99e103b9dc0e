"""Nothing that a user can meet is left out of the docs, and nothing is told that is not there."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from fastapi import FastAPI
from rdflib import RDF, SH, SKOS, Graph, URIRef
from typer.main import get_command

import generate
import masagraph
from _generate import served
from masagraph.assessment.names import list_areas, list_editions
from masagraph.cli import main as cli
from masagraph.questions.catalogue import list_questions
from masagraph.resources import Resources
from masagraph.session.session import Session
from masagraph.settings import Settings
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of
from masagraph.store.workers.live import Live
from masagraph.vocab import MASA, PEOPLE_GRAPH, PREFIXES, local_name
from masagraph.web.app import create_app
from masagraph.web.pages import page_routes

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def leaves(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Each command that does something, by its whole name, such as ``area import``."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
    for each, part in (below or {}).items():
        yield from leaves(part, f"{name} {each}".strip())


COMMANDS: dict[str, Any] = dict(leaves(get_command(cli.app)))


def options_of(name: str) -> set[str]:
    """The options of a command."""
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


def text(name: str) -> str:
    """A page, by its path."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str, level: str = "##") -> str:
    """The text below a heading, up to the next of its level or above."""
    match = re.search(
        rf"^{level} {re.escape(heading)}\n(.*?)(?=^#{{2,{len(level)}}} |\Z)", page, re.S | re.M
    )
    assert match, f'there is no heading "{level} {heading}"'
    return match[1]


@pytest.fixture(scope="module")
def app(store_folder: Path, live: Live) -> FastAPI:
    """The service over the built store."""
    return create_app(Settings(store=store_folder), live)


# Commands, settings, routes


def told_of(name: str) -> str:
    """What the page of commands tells of one; those of a group stand below its heading."""
    level = "###" if " " in name else "##"
    return section(text("docs/cli.md"), f"masagraph {name}", level)


@pytest.mark.parametrize("name", COMMANDS)
def test_command_and_its_options_are_told(name: str) -> None:
    told = told_of(name)
    for option in options_of(name):
        if option.startswith("--") and option != "--help":
            assert f"`{option}" in told, option


@pytest.mark.parametrize("name", COMMANDS)
def test_choices_of_options_are_told(name: str) -> None:
    told = told_of(name)
    kinds = [
        kind
        for hint in get_type_hints(inspect.unwrap(COMMANDS[name].callback)).values()
        for kind in (hint, *get_args(hint))
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    ]
    assert [choice for kind in kinds for choice in kind if f"`{choice}`" not in told] == []


def test_some_options_have_choices() -> None:
    """Else the test above would look at nothing."""
    hints = get_type_hints(inspect.unwrap(COMMANDS["release diff"].callback))
    assert any(isinstance(h, type) and issubclass(h, StrEnum) for h in hints.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_told_that_the_command_lacks(name: str) -> None:
    """In its table, and in the lines that name the rest; other text may name those of others."""
    lines = told_of(name).splitlines()
    table = [found for line in lines for found in re.findall(r"^\| `(--[a-z-]+)", line)]
    rest = [line for line in lines if re.match(r"And `|Options?: `|.* Option: `", line)]
    told = {*table, *re.findall(r"`(--[a-z-]+)`", " ".join(rest))}
    assert told <= options_of(name)


def test_every_command_is_told_and_no_other() -> None:
    told = re.findall(r"^##(#?) masagraph ([a-z ]+)$", text("docs/cli.md"), re.M)
    groups = {name.split()[0] for name in COMMANDS if " " in name}
    assert [name for below, name in told if below or name not in groups] == list(COMMANDS)
    assert [name for below, name in told if not below and name in groups] == sorted(
        groups, key=[name.split()[0] for name in COMMANDS].index
    )


def test_exit_codes_are_told() -> None:
    codes = re.findall(r"(?:^|[:;] )\s*(\d+) ", " ".join((cli.run.__doc__ or "").split()))
    assert {"0", "1", "2", "70", "130"} == set(codes)
    for code in codes:
        assert f"| {code} | " in text("docs/cli.md")


def test_known_prefixes_are_told() -> None:
    told = section(text("docs/cli.md"), "masagraph query")
    assert [prefix for prefix in PREFIXES if f"`{prefix}`" not in told] == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_is_told(name: str) -> None:
    assert f"| `MASAGRAPH_{name.upper()}` |" in text("docs/settings.md")


def test_no_setting_is_told_that_is_not_there() -> None:
    known = {f"MASAGRAPH_{name.upper()}" for name in Settings.model_fields}
    for page in PAGES:
        told = set(re.findall(r"\bMASAGRAPH_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
        assert told <= known, page.name


def test_routes_and_their_parameters_are_told(app: FastAPI, resources: Resources) -> None:
    api, sparql, questions = map(text, ("docs/api.md", "docs/sparql.md", "docs/questions.md"))
    stored = {f"/api/questions/{q.name}": q for q in list_questions(resources)}
    paths = app.openapi()["paths"]
    assert set(stored) <= set(paths)
    for path, methods in paths.items():
        for method, operation in methods.items():
            if path in stored:
                told = section(questions, stored[path].name, "###")
                assert f"GET {path}" in told
                told += section(api, "GET /api/questions/{name}")
            else:
                told = sparql if path == "/sparql" else section(api, f"{method.upper()} {path}")
            for parameter in operation.get("parameters", ()):
                assert f"`{parameter['name']}`" in told, f"{path} {parameter['name']}"


def test_pages_and_what_they_take_are_told() -> None:
    told = text("docs/pages.md")
    for route in page_routes():
        about = section(told, f"GET {route.path}")
        for parameter in route.dependant.query_params:
            assert f"`{parameter.alias}`" in about or f"`{parameter.alias}=" in about, route.path
    headings = set(re.findall(r"^## GET (/.*)$", told, re.M))
    assert headings == {route.path for route in page_routes()}


def test_every_format_of_every_route_is_shown(app: FastAPI) -> None:
    """With an answer, which the page's own test asks for."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/questions/"):
                continue
            if path == "/sparql":
                told = text("docs/sparql.md")
            else:
                told = section(text("docs/api.md"), f"{method.upper()} {path}")
            for media_type in operation["responses"]["200"]["content"]:
                lead = "303 See Other" in told
                assert lead or re.search(rf"^content-type: {re.escape(media_type)}", told, re.M)


def test_no_route_is_told_that_is_not_there(app: FastAPI) -> None:
    served = {path for path in app.openapi()["paths"] if not path.startswith("/api/questions/")}
    told = set(re.findall(r"^## (?:GET|POST) (/.*)$", text("docs/api.md"), re.M))
    assert told == served - {"/sparql"} | {"/api/questions/{name}"}


def test_what_the_service_answers_is_fresh(app: FastAPI) -> None:
    for name, fresh in served.pages(app).items():
        stale = f"docs/{name} is stale; run: masagraph build, then python docs/served.py"
        assert text(f"docs/{name}") == fresh, stale


def test_statuses_are_told(app: FastAPI) -> None:
    told = section(text("docs/http.md"), "Errors")
    for methods in app.openapi()["paths"].values():
        for operation in methods.values():
            for status in operation["responses"]:
                assert status == "200" or f"| {status} | " in told, status


def test_developer_commands_are_those_of_dev_py() -> None:
    script = ROOT / "dev.py"
    usage = subprocess.run(
        [sys.executable, script, "--help"], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r"\{([a-z,]+)\}", usage)
    assert match
    known = set(match[1].split(","))
    told = {
        name
        for page in PAGES
        for name in re.findall(r"python3 dev\.py ([a-z]+)", page.read_text(encoding="utf-8"))
    }
    assert {"run", "test"} <= told <= known


# What the terms mean


def terms(resources: Resources, name: str) -> Graph:
    return Graph().parse(resources.root / name)


def test_every_shape_is_told(resources: Resources) -> None:
    """Those of duties with their faults, and those that the data itself must keep."""
    duties = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "duties").glob("*.md"))
    rules = text("docs/integrity.md")
    for path in resources.folder("shapes").rglob("*.ttl"):
        graph = Graph().parse(path)
        of_duty = "duties" in path.parts
        for shape in graph.subjects(SH.message):
            name = local_name(str(shape))
            if (shape, MASA.tests, None) in graph:
                assert f"### {name}\n" in duties, name
            elif of_duty and isinstance(shape, URIRef):
                assert f"`{name}`" in duties, name
            elif path.name != "evidence.ttl" and isinstance(shape, URIRef):
                assert f"| `{name}` |" in rules, name
    for query in (resources.folder("queries") / "integrity").glob("*.rq"):
        assert f"`{query.stem}`" in rules


def test_the_words_of_the_glossary_are_told(resources: Resources) -> None:
    glossary = terms(resources, "ontology/concepts/glossary.ttl")
    told = text("docs/glossary.md")
    for term in glossary.subjects(SKOS.inScheme):
        label, meaning = glossary.value(term, SKOS.prefLabel), glossary.value(term, SKOS.definition)
        assert str(meaning) in section(told, f"{str(label)[0].upper()}{str(label)[1:]}")


def test_what_python_is_offered_is_told() -> None:
    told = text("docs/python-api.md")
    for name in masagraph.__all__:
        assert f"## masagraph.{name.replace('_', chr(92) + '_')}\n" in told
    for name, member in vars(Session).items():
        if not name.startswith("_"):
            given = getattr(member, "__code__", None)
            about = section(told, name, "###")
            assert (getattr(member, "fget", member).__doc__ or "").split("\n")[0] in about
            for parameter in inspect.signature(member).parameters if given else ():
                assert parameter == "self" or f"- `{parameter}`: " in about, name


def test_every_decision_is_listed() -> None:
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert [name[:4] for name in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    assert re.findall(r"^- \[.+\]\((.+)\)$", text("docs/decisions/README.md"), re.M) == records
    for name in records:
        record = text(f"docs/decisions/{name}")
        assert re.findall(r"^## (.+)$", record, re.M) == ["Why", "What it costs", "Where it shows"]


def test_outcomes_are_told_with_their_meaning(resources: Resources) -> None:
    graph = terms(resources, "ontology/assessment.ttl")
    outcomes = set(graph.subjects(MASA.precedence))
    assert len(outcomes) == 11
    for outcome in outcomes:
        name, label = local_name(str(outcome)), graph.value(outcome, SKOS.prefLabel)
        meaning = graph.value(outcome, SKOS.definition)
        assert f"| {label} | `{name}` | {meaning} |" in text("README.md")
        assert f"| {label} | `{name}` | " in text("docs/method.md")


def names_to_tell(resources: Resources) -> Iterator[str]:
    assessment = terms(resources, "ontology/assessment.ttl")
    yield from (local_name(str(s)) for s in assessment.subjects(RDF.type, MASA.ReasonNotTested))
    faults = terms(resources, "shapes/evidence.ttl")
    yield from (local_name(str(s)) for s in faults.subjects(RDF.type, SH.ConstraintComponent))
    standings = terms(resources, "ontology/concepts/standing.ttl")
    yield from (local_name(str(s)) for s in standings.subjects(MASA.evidenceRank))


def test_reasons_faults_and_standings_are_told(resources: Resources) -> None:
    names = list(names_to_tell(resources))
    assert len(names) > 15
    assert [name for name in names if f"`{name}`" not in text("docs/method.md")] == []


# What is held


def test_duties_held_and_tested_are_as_the_readme_says(opened: Opened) -> None:
    rows = select(
        opened.store,
        "SELECT ?edition (COUNT(?shape) AS ?tested) "
        "WHERE { ?shape masa:tests/masa:edition/skos:notation ?edition } GROUP BY ?edition",
    )
    tested = {text_of(row["edition"]): text_of(row["tested"]) for row in rows}
    editions = list_editions(opened.store)
    for e in editions:
        row = f"| {e.label} | `{e.id}` | {e.duties} | {tested.get(e.id, 0)} |"
        assert row in text("README.md"), f"README.md, What is held, lacks: {row}"
    assert f"Of the {sum(e.duties for e in editions)} duties" in text("README.md")


def test_documents_and_areas_are_as_the_readme_says(opened: Opened) -> None:
    held = section(text("README.md"), "What is held")
    rows = select(
        opened.store,
        "SELECT ?document ?area ?extent WHERE { ?document masa:describes/masa:coversArea "
        "/skos:prefLabel ?area ; masa:extentHeld ?extent }",
    )
    for row in rows:
        name, area = local_name(text_of(row["document"])), text_of(row["area"])
        line = next((line for line in held.splitlines() if line.startswith(f"| `{name}` |")), "")
        assert area in line, f"README.md, What is held, lacks a row for {name} of {area}"
        assert ("the whole" in line) == (local_name(text_of(row["extent"])) == "WholeText")
    assert set(re.findall(r"^\| `([^`]+)` \|", held, re.M)) == {
        local_name(text_of(row["document"])) for row in rows
    }
    areas = list_areas(opened.store)
    without = [area for area in areas if not area.has_document]
    assert f"all {len(areas)} areas" in held
    assert f"For the other {len(without)} no document is held" in held


def test_no_area_has_a_missing_duty_as_the_docs_say(opened: Opened) -> None:
    rows = select(opened.store, "SELECT ?a WHERE { ?a earl:result/earl:outcome masa:Missing }")
    assert rows == []
    assert "today no area has that verdict" in " ".join(text("README.md").split())


def test_names_are_as_few_as_the_docs_say(opened: Opened) -> None:
    """Twelve names, in one graph, each from a document of its area."""
    rows = select(
        opened.store,
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
        "SELECT ?graph ?source WHERE { GRAPH ?graph { ?holder foaf:name ?name ; "
        "dcterms:source ?source } }",
    )
    if not (ROOT / "data" / "people").is_dir():
        assert rows == []  # whoever removes the folder serves no name
        return
    told = " ".join(text("docs/privacy.md").split())
    assert "these are twelve: seven in Warwickshire and five in Sefton" in told
    assert {text_of(row["graph"]) for row in rows} == {str(PEOPLE_GRAPH)}
    assert Counter(local_name(text_of(row["source"])) for row in rows) == {
        "warwickshire-masa": 7,
        "sefton-arrangements-2021": 5,
    }


# Pages and their links


def test_written_pages_are_fresh() -> None:
    written = generate.pages()
    for path, fresh in written.items():
        assert path.is_file(), f"{path.name} is missing; run: python docs/generate.py"
        stale = f"{path.name} is stale; run: python docs/generate.py"
        assert path.read_text(encoding="utf-8") == fresh, stale
    assert generate.left_over(written) == [], "no longer written; run: python docs/generate.py"


def test_every_question_has_its_section(resources: Resources) -> None:
    for question in list_questions(resources):
        assert question.question in section(text("docs/questions.md"), question.name, "###")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        assert not re.match(r"https?:", target), f"{target}: name it in words"
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_page_can_be_reached(page: Path) -> None:
    linked = {
        (other.parent / target).resolve()
        for other in PAGES
        if other != page
        for target in re.findall(r"\]\(([^)\s#]+)", other.read_text(encoding="utf-8"))
    }
    assert page in linked


def test_dependencies_are_told_and_no_others() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    groups = {
        "To run": project["dependencies"],
        "To develop (`pip install masagraph[dev]`)": project["optional-dependencies"]["dev"],
    }
    for heading, wanted in groups.items():
        told = section(text("docs/dependencies.md"), heading)
        names = {re.split(r"[^\w.-]", name)[0] for name in wanted}
        assert set(re.findall(r"^\| `([^`]+)` \|", told, re.M)) == names


def test_version_is_in_the_changelog() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert re.search(
        rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", text("CHANGELOG.md"), re.M
    )
