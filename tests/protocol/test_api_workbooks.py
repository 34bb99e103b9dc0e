"""Workbooks of the API: the numbers of its JSON, the same bytes twice, links that lead here."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from api_answers import problem, rows_of
from fastapi.testclient import TestClient
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

SEFTON = "/api/areas/sefton/assessment?edition=wt2018&as_at=2022-01-01"
SHEETS = ["Read me", "Findings", "Matrix", "Seats", "Bodies and lines", "Documents"]
EACH = (
    SEFTON,
    "/api/compare?edition=wt2023",
    "/api/compare?from=wt2018&to=wt2023",
    "/api/areas",
    "/api/areas/sefton",
    "/api/areas/kent/assessment",
    "/api/areas/kent/accountability",
    "/api/areas/sefton/accountability",
    "/api/bodies/sefton/practice-review-group",
    "/api/bodies/sefton/practice-review-group/accountability",
    "/api/duties",
    "/api/duties/wt2023-partnership-chair",
    "/api/questions/outcomes-by-area?edition=wt2018",
    "/sparql?query=SELECT*%7B%3Fa%20a%20masa%3ASafeguardingArea%7D",
    "/data/area/kent",
    "/void",
)


def xlsx(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}format=xlsx"


def book(client: TestClient, url: str) -> Workbook:
    answer = client.get(xlsx(url))
    assert answer.status_code == 200, answer.text[:300]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    heads, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in values]


def told(sheet: Worksheet) -> str:
    lines = sheet.iter_rows(values_only=True)
    return "\n".join(" | ".join(str(value) for value in row if value is not None) for row in lines)


@pytest.mark.parametrize("url", EACH)
def test_the_same_bytes_twice_and_every_sheet_is_a_table(client: TestClient, url: str) -> None:
    one, other = client.get(xlsx(url)), client.get(xlsx(url))
    assert one.content == other.content
    assert "masagraph-truncated" not in one.headers
    found = openpyxl.load_workbook(io.BytesIO(one.content))
    read_me, *sheets = found.worksheets
    assert read_me.title == "Read me"
    assert sheets
    for sheet in sheets:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.title in told(read_me)
        assert all(head.value for head in sheet[1])
        heads = [head.value for head in sheet[1]]
        assert len(heads) == len(set(heads)), "a name of a column stands twice"


@pytest.mark.parametrize("url", EACH)
def test_the_first_sheet_says_what_it_is_and_how_to_cite_it(client: TestClient, url: str) -> None:
    text = told(book(client, url)["Read me"])
    assert client.get("/api/areas").json()["data_version"] in text
    assert "A gap in a document is not a gap in protection" in text
    assert "http://testserver" in text
    assert "open-government-licence" in text
    assert "To cite it | masagraph, " in text


def test_findings_are_those_of_the_json(client: TestClient) -> None:
    made = client.get(SEFTON).json()
    found = book(client, SEFTON)
    assert found.sheetnames == SHEETS
    table = rows(found["Findings"])
    by_duty = {row["Duty id"]: row for row in table}
    assert len(table) == len(by_duty) == len(made["findings"])
    for finding in made["findings"]:
        row = by_duty[finding["duty"]]
        assert row["Outcome"] == finding["outcome_label"]
        assert row["Outcome id"] == finding["outcome"]
        assert row["Strength"] == finding["modality"].lower()
        assert row["What was found"] == finding["description"]
        assert row["What would close it"] == finding["would_close"]
        assert row["A question to ask"] == finding["question_to_ask"]
        assert row["Gap"] == ("yes" if finding["earl_class"] in ("Fail", "CannotTell") else "no")
        assert all(words["exact"] in row["Words relied on"] for words in finding["rests_on"])
        assert (row["Area"], row["GSS code"]) == ("Sefton", made["gss"])
        assert str(row["As at"].date()) == made["as_at"]
    assert Counter(row["Outcome id"] for row in table) == Counter(
        {outcome: count for outcome, count in made["counts"].items() if count}
    )
    strengths = [row["Strength"] for row in table]
    assert strengths == sorted(strengths, key=["must", "should", "may"].index)


def test_counts_stand_with_their_denominators_must_and_should_apart(client: TestClient) -> None:
    made = client.get(SEFTON).json()
    text = told(book(client, SEFTON)["Read me"])
    for strength in ("Must", "Should"):
        of = [f for f in made["findings"] if f["modality"] == strength]
        tested = [f for f in of if f["outcome"] != "NotTested"]
        line = f"Sefton ({made['gss']}), {strength.lower()} | {len(tested)} of {len(of)} duties"
        assert line in text
        counts = Counter(finding["outcome_label"] for finding in tested)
        (told_line,) = [each for each in text.splitlines() if each.startswith(line)]
        for label, count in counts.items():
            assert f"{label} {count} of {len(tested)}" in told_line
    assert "1 of the 1 asked for" in text
    assert "5 of 153 areas have a document" in text


def test_outcome_words_are_told_with_what_they_do_not_mean(client: TestClient) -> None:
    made = client.get(SEFTON).json()
    words = client.get("/api/questions/outcome-words").json()["rows"]
    text = told(book(client, SEFTON)["Read me"])
    occurring = {finding["outcome"] for finding in made["findings"]}
    for word in words:
        line = f"{word['word']} | {word['means']} | {word['does_not_mean']}"
        assert (line in text) is (word["outcome"] in occurring)


def test_the_matrix_is_that_of_the_json(client: TestClient) -> None:
    url = "/api/compare?area=sefton&area=warwickshire&area=kent&edition=wt2023"
    made = client.get(url).json()
    found = book(client, url)
    table = {row["Duty id"]: row for row in rows(found["Matrix"])}
    assert len(table) == len(made["duties"])
    labels = {f["Outcome id"]: f["Outcome"] for f in rows(found["Findings"])}
    heads = {area["area"]: f"{area['name']}\n{area['gss']}" for area in made["areas"]}
    for duty in made["duties"]:
        row = table[duty["duty"]]
        assert {area: row[head] for area, head in heads.items()} == {
            area: labels[outcome] for area, outcome in duty["areas"].items()
        }
        assert row["Areas tested"] == duty["tested"]
        assert row["Areas with a document"] == 2
        assert row["Evidenced, of tested"] == (
            f"{duty['counts'].get('Evidenced', 0)} of {duty['tested']}"
        )
        for outcome, label in labels.items():
            assert row[label] == duty["counts"].get(outcome, 0)
    assert "Asked for, with no document | Kent" in told(found["Read me"])


def test_documents_lead_to_their_publishers_and_rows_to_pages(client: TestClient) -> None:
    made = client.get(SEFTON).json()
    found = book(client, SEFTON)
    sheet = found["Documents"]
    told_of = {row["Document id"]: row for row in rows(sheet)}
    assert set(told_of) == {document["id"] for document in made["documents_read"]}
    for document in made["documents_read"]:
        assert told_of[document["id"]]["Document"] == document["title"]
        assert told_of[document["id"]]["Address"] == document["url"]
    finding = found["Findings"]
    heads = [cell.value for cell in finding[1]]
    link = finding.cell(2, heads.index("Duty id") + 1).hyperlink
    duty = finding.cell(2, heads.index("Duty id") + 1).value
    assert link.target == ("http://testserver/areas/sefton/gaps?edition=wt2018&as_at=2022-01-01")
    assert link.location == duty
    assert client.get(link.target).status_code == 200


def test_seats_bodies_and_lines_are_those_of_the_json(client: TestClient) -> None:
    url = "/api/areas/sefton/accountability"
    made = client.get(url).json()
    found = book(client, url)
    assert found.sheetnames == ["Read me", "Seats", "Bodies and lines", "Documents"]
    table = rows(found["Bodies and lines"])
    kinds = Counter(row["Row is a"] for row in table)
    assert kinds == {"body": made["counts"]["bodies"], "line": made["counts"]["lines"]}
    ends = [(row["Body, or start of the line"], row["Answers to, or end of the line"])
            for row in table if row["Row is a"] == "line"]  # fmt: skip
    assert ends == [(line["from"]["name"], line["to"]["name"]) for line in made["lines"]]
    bodies = {row["Body, or start of the line"]: row for row in table if row["Row is a"] == "body"}
    for body in made["bodies"]:
        answers = "; ".join(each["name"] for each in body["answers_to"])
        assert (bodies[body["name"]]["Answers to, or end of the line"] or "") == answers
        assert bodies[body["name"]]["Seats listed"] == body["members"]
    seats = rows(found["Seats"])
    for slot in made["seats"]:
        posts = {row["Post"] for row in seats if row["Partner"] == slot["partner"]}
        assert {seat["post"]["name"] for seat in slot["leads"]} <= {p.split(" (")[0] for p in posts}


@pytest.mark.parametrize("table", ["seats", "bodies"])
def test_csv_has_the_rows_of_the_sheet(client: TestClient, table: str) -> None:
    url = "/api/areas/sefton/accountability"
    found = book(client, url)
    sheet = rows(found["Seats"] if table == "seats" else found["Bodies and lines"])
    told_of = rows_of(client.get(f"{url}?format=csv&table={table}").text)
    assert len(told_of) == len([r for r in sheet if r.get("Row is a", "body") == "body"])


def test_where_no_document_is_held_a_lead_is_not_found_and_nobody_is_named(
    client: TestClient,
) -> None:
    found = book(client, "/api/areas/kent/accountability")
    assert {row["Post"] for row in rows(found["Seats"])} == {"not found in the text we hold"}
    assert rows(found["Documents"]) == []
    assessed = book(client, "/api/areas/kent/assessment")
    assert rows(assessed["Findings"]) == []
    assert "Asked for, with no document | Kent" in told(assessed["Read me"])


def test_a_choice_of_documents_leaves_out_what_the_others_say(client: TestClient) -> None:
    found = book(client, "/api/areas/sefton/assessment?document=sefton-arrangements-2021")
    only = {None, "sefton-arrangements-2021"}
    assert {row["Document"] for row in rows(found["Seats"])} <= only
    lines = [row for row in rows(found["Bodies and lines"]) if row["Row is a"] == "line"]
    assert lines
    assert {row["Document"] for row in lines} <= only


def test_an_answer_has_numbers_and_dates_as_such(client: TestClient) -> None:
    url = "/api/questions/documents-and-editions"
    made = client.get(url).json()["rows"]
    table = rows(book(client, url)["Rows"])
    assert [str(row["Dated"].date()) for row in table] == [row["dated"] for row in made]
    url = "/api/questions/standing-by-duty?area=sefton"
    made = client.get(url).json()["rows"]
    table = rows(book(client, url)["Rows"])
    for row, other in zip(table, made, strict=True):
        numbers = [value for value in other.values() if isinstance(value, int)]
        assert [value for value in row.values() if isinstance(value, int)] == numbers


def test_a_cut_answer_says_so_in_its_header_and_in_the_file(store_folder: Path, live: Live) -> None:
    with TestClient(create_app(Settings(store=store_folder, max_rows=3), live)) as client:
        for url in (
            "/api/questions/outcomes-by-area",
            "/sparql?query=SELECT*%7B%3Fa%20a%20masa%3ASafeguardingArea%7D",
        ):
            answer = client.get(xlsx(url))
            assert answer.headers["masagraph-truncated"] == "true"
            found = openpyxl.load_workbook(io.BytesIO(answer.content))
            assert "CUT at a limit of the service: the first 3 rows" in told(found["Read me"])
            assert found["Rows"].max_row == 5
            assert "Cut here" in str(found["Rows"]["A5"].value)


def test_with_a_base_address_links_begin_with_it(store_folder: Path, live: Live) -> None:
    settings = Settings(store=store_folder, base_url="https://gaps.example")
    with TestClient(create_app(settings, live)) as client:
        found = book(client, "/api/areas")
        text = told(found["Read me"])
        assert "https://gaps.example" in text
        assert "testserver" not in text
        link = found["Areas"].cell(2, 5).hyperlink
        assert link.target.startswith("https://gaps.example/id/area/")


def test_rows_without_a_column_are_counted(client: TestClient) -> None:
    found = book(client, "/sparql?query=SELECT*%7B%7D")
    assert rows(found["Rows"]) == [{"Nothing asked for": "a row"}]


def test_only_rows_are_a_workbook(client: TestClient) -> None:
    for query in ("ASK%7B%7D", "DESCRIBE%20area%3Akent"):
        assert '"xlsx"' in problem(client.get(f"/sparql?query={query}&format=xlsx"), 406)
    problem(client.get("/data/ns?format=xlsx"), 406)
    problem(client.get("/id/area/kent?format=csv"), 406)


def test_a_file_has_a_name_of_its_own(client: TestClient) -> None:
    answer = client.get("/api/areas/sefton/assessment?format=xlsx")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="masagraph-areas-sefton-assessment.xlsx"'
    )
    assert "content-disposition" not in client.get("/api/areas").headers


def test_the_chart_is_a_picture_of_the_form_asked_for(client: TestClient) -> None:
    url = "/api/areas/sefton/chart"
    plain, png = client.get(url), client.get(url, params={"format": "png"})
    assert plain.headers["content-type"] == "image/svg+xml"
    assert plain.text == client.get("/areas/sefton/chart.svg").text
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    assert png.content == client.get(url, headers={"accept": "image/png"}).content
    width, height = (int.from_bytes(png.content[n : n + 4], "big") for n in (16, 20))
    assert width > height > 500
    older = client.get(url, params={"format": "png", "as_at": "2022-01-01"})
    assert older.content != png.content
    problem(client.get(url, params={"format": "gif"}), 406)
    problem(client.get("/api/areas/atlantis/chart"), 404)
    problem(client.get(url, params={"as_at": "soon"}), 422)
