"""``masagraph ask``: the stored questions."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from masagraph.questions.catalogue import Question, list_questions
from masagraph.resources import find_resources
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

QUESTIONS = list_questions(find_resources())
every = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])


def examples(question: Question) -> list[str]:
    """The options that give each parameter its own example."""
    return [
        option
        for parameter in question.parameters
        if parameter.example
        for option in ("--param", f"{parameter.name}={parameter.example}")
    ]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_list_as_json(cli: Cli) -> None:
    listed = cli("ask", "--format", "json").json()
    assert [entry["name"] for entry in listed] == [question.name for question in QUESTIONS]
    for entry, question in zip(listed, QUESTIONS, strict=True):
        assert {"name", "title", "question", "audience", "parameters"} <= set(entry)
        assert entry["question"].endswith("?")
        assert entry["audience"]
        names = [parameter["name"] for parameter in entry["parameters"]]
        assert names == [parameter.name for parameter in question.parameters]


def test_list_as_table_and_csv_name_every_question_and_parameter(cli: Cli) -> None:
    table, as_csv = cli("ask"), cli("ask", "--format", "csv")
    assert table.widest() <= 100
    rows = list(csv.DictReader(io.StringIO(as_csv.out, newline="")))
    assert [row["name"] for row in rows] == [question.name for question in QUESTIONS]
    for question, row in zip(QUESTIONS, rows, strict=True):
        assert question.name in table.out
        for parameter in question.parameters:
            assert parameter.name in row["parameters"]
            assert parameter.name in table.out


@every
def test_each_with_its_own_examples(cli: Cli, question: Question, opened: Opened) -> None:
    """An example that finds nothing teaches nothing."""
    answered = cli("ask", question.name, *examples(question), "--format", "json").json()
    assert answered["question"] == question.name
    assert answered["data_version"] == opened.data_version
    assert isinstance(answered["rows"], list)
    assert all(list(row) == answered["columns"] for row in answered["rows"])


@every
def test_each_without_parameters_as_a_table(cli: Cli, question: Question) -> None:
    """All parameters have a default or may be left out, and no name is cut."""
    table = cli("ask", question.name)
    assert table.err == ""
    assert table.widest() <= 100
    assert "…" not in table.out
    assert question.question in " ".join(table.out.split())


@pytest.mark.parametrize("name", ["leads-and-delegates", "outcome-words", "statutory-partners"])
def test_the_forms_hold_the_same_rows(cli: Cli, name: str) -> None:
    answered = cli("ask", name, "--format", "json").json()
    head, *rows = csv.reader(io.StringIO(cli("ask", name, "--format", "csv").out, newline=""))
    assert head == answered["columns"]
    assert len(rows) == len(answered["rows"])


def test_leads_and_delegates_of_warwickshire(cli: Cli) -> None:
    answered = cli("ask", "leads-and-delegates", "--param", "area=warwickshire", "--format",
                   "json").json()  # fmt: skip
    seats = {(row["partner"], row["role"].split()[0]): row for row in answered["rows"]}
    assert len(seats) == len(answered["rows"]) == 8
    assert seats["police", "lead"]["post"] == "Chief Constable"
    assert seats["education", "lead"]["holder"] == "to be confirmed"


def test_a_date_as_option_or_as_parameter_is_the_same(cli: Cli) -> None:
    named = ("ask", "leads-and-delegates", "--format", "json")
    as_option = cli(*named, "--as-at", "2022-01-01").json()
    assert as_option == cli(*named, "--param", "as_at=2022-01-01").json()
    assert as_option["parameters"]["as_at"] == "2022-01-01"
    assert {row["area_name"] for row in as_option["rows"]} == {"Sefton"}


def test_a_question_that_finds_nothing_says_so(cli: Cli) -> None:
    ran = cli("ask", "leads-and-delegates", "--param", "area=kent")
    assert ran.code == 0
    assert "No rows" in ran.out
    named = ("ask", "leads-and-delegates", "--param", "area=kent", "--format")
    assert cli(*named, "json").json()["rows"] == []
    assert cli(*named, "csv").out.count("\n") == 1


def test_a_cut_answer_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASAGRAPH_MAX_ROWS", "1")
    as_json = cli("ask", "only-restated", "--format", "json")
    assert as_json.json()["truncated"] is True
    assert len(as_json.json()["rows"]) == 1
    assert "cut" in as_json.err
    assert "Cut after 1 row" in cli("ask", "only-restated").out


@pytest.mark.parametrize("name", ["warwickshire", "E10000031", "area/warwickshire",
                                  "https://w3id.org/masagraph/id/area/warwickshire"])  # fmt: skip
def test_an_area_by_name_code_or_iri(cli: Cli, name: str) -> None:
    ran = cli("ask", "leads-and-delegates", "--param", f"area={name}", "--format", "json")
    assert ran.json()["parameters"]["area"].endswith("/area/warwickshire")


def test_plain_words_run_the_best_and_say_how(cli: Cli) -> None:
    ran = cli("ask", "who scrutinises sefton", "--format", "json")
    told = ran.json()
    assert told["asked"] == "who scrutinises sefton"
    assert told["found"]["question"] == told["question"] == "how-scrutiny-is-arranged"
    assert told["parameters"]["area"].endswith("/area/sefton")
    assert len(told["next_best"]) == 2
    assert told["rows"]
    for way in (told["found"], *told["next_best"]):
        assert way["command"] in ran.err
    again = cli(*told["found"]["command"].split()[1:], "--format", "json").json()
    assert again["rows"] == told["rows"]


def test_words_need_no_quotes_and_options_win(cli: Cli) -> None:
    said = cli("ask", "who", "pays", "in", "sefton", "--as-at", "2022-01-01", "--format", "json")
    assert said.json()["found"]["parameters"] == {"area": "sefton", "as_at": "2022-01-01"}


def test_what_is_not_clear_is_not_run(cli: Cli) -> None:
    ran = cli("ask", "who pays in sussex")
    line = ran.problem()
    assert "East Sussex" in line
    assert line.count("masagraph ask ") == 3
    assert not ran.out
    told = cli("ask", "who pays in sussex", "--format", "json")
    assert told.code == 2
    assert json.loads(told.out)["found"] is None
    assert len(json.loads(told.out)["next_best"]) == 3


def test_an_area_that_is_given_needs_no_guess(cli: Cli) -> None:
    ran = cli("ask", "who pays in sussex", "--param", "area=west-sussex", "--format", "json")
    assert ran.json()["found"]["parameters"] == {"area": "west-sussex"}


def test_a_date_that_is_not_understood_is_told(cli: Cli) -> None:
    assert "write it as 2024-06-01" in cli("ask", "who pays in sefton on 01/02/2021").problem()


def test_a_word_with_hyphens_is_a_name(cli: Cli) -> None:
    assert "leads-and-delegates" in cli("ask", "leads-and-delegate").problem()
    assert "there is no question" in cli("ask", "leads-and-delegate").problem()
