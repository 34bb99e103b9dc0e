"""Areas side by side: the same numbers as the API, what was read of each, and no ranking."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from masagraph.assessment.names import list_areas
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.web.conftest import Element, Get, Page

FIVE = ("Brighton and Hove", "East Sussex", "Sefton", "Warwickshire", "West Sussex")
TWO = "area=sefton&area=warwickshire"


def matrix(page: Page) -> Element:
    """The table that compares."""
    (frame,) = [e for e in page.root.all("div") if "tall" in e.attributes.get("class", "").split()]
    return frame.one("table")


def heads(table: Element) -> list[str]:
    """The areas of a table, in their order."""
    return [head.all("a")[0].text.removesuffix(": gaps") for head in table.all("th", scope="col")
            if head.all("a")]  # fmt: skip


def duty_rows(table: Element) -> dict[str, Element]:
    """The rows of a matrix by the name of their duty."""
    found = {}
    for row in table.all("tr"):
        for head in row.all("th", scope="row"):
            address = head.all("a")[0].attributes["href"]
            found[urlsplit(address).path.rpartition("/")[2]] = row
    return found


def report(client: TestClient, query: str) -> dict[str, Any]:
    answer = client.get(f"/api/compare?{query}").json()
    assert isinstance(answer, dict)
    return answer


# The matrix says what the API says


@pytest.mark.parametrize(
    ("query", "same_as"),
    [
        ("", ""),
        (TWO, TWO),
        (f"{TWO}&edition=wt2018&as_at=2022-01-01", f"{TWO}&edition=wt2018&as_at=2022-01-01"),
        ("edition=in-force", "edition=in-force"),
        ("area=sefton,warwickshire&area=E10000031", TWO),
    ],
)
def test_each_outcome_is_that_of_the_api(
    get: Get, client: TestClient, query: str, same_as: str
) -> None:
    api = report(client, same_as)
    page = get(f"/compare?{query}")
    rows = duty_rows(matrix(page))
    tested = {duty["duty"]: duty for duty in api["duties"] if duty["tested"]}
    assert set(rows) == set(tested)
    slugs = [area["area"] for area in api["areas"]]
    assert heads(matrix(page)) == [area["name"] for area in api["areas"]]
    for name, duty in tested.items():
        cells = rows[name].all("td")
        assert len(cells) == len(slugs) + 1
        for slug, cell in zip(slugs, cells, strict=False):
            outcome = duty["areas"][slug]
            shown = {word for e in cell.walk() for word in e.attributes.get("class", "").split()}
            assert outcome in shown
            for link in cell.all("a"):
                address = urlsplit(link.attributes["href"])
                assert address.path == f"/areas/{slug}/gaps"
                assert address.fragment == name
                assert parse_qs(address.query) == {
                    "edition": [api["edition"]], "as_at": [api["as_at"]],
                }  # fmt: skip
            assert bool(cell.all("a")) == (outcome != "NotTested")
        evidenced = duty["counts"].get("Evidenced", 0)
        assert cells[-1].text == f"{evidenced} of {duty['tested']}"


def test_counts_and_denominators_of_each_area_are_those_of_the_api(
    get: Get, client: TestClient
) -> None:
    page, api = get("/compare"), report(client, "")
    table = page.root.one("section", **{"aria-labelledby": "read"}).one("table")
    columns = [head.text for head in table.one("thead").all("th")]
    rows = table.one("tbody").all("tr")
    assert [row.one("th").text for row in rows] == list(FIVE)
    for row, area in zip(rows, api["areas"], strict=True):
        cells = [cell.text for cell in row.all("td")]
        assert cells[1] == str(area["tested"])
        counted = sum(int(cell) for cell in cells[2:])
        assert counted == area["tested"]
        assert [int(c) for c in cells[2:]] == [
            count for name, count in area["counts"].items()
            if name != "NotTested" and any(a["counts"][name] for a in api["areas"])
        ]  # fmt: skip
        for document in area["documents"]:
            assert document in cells[0]
    assert columns[2] == "Tested"


def test_areas_stand_by_name_in_whatever_order_they_are_asked_for(get: Get) -> None:
    """Whatever their counts: there is no ranking."""
    for order in (TWO, "area=warwickshire&area=sefton"):
        assert heads(matrix(get(f"/compare?{order}"))) == ["Sefton", "Warwickshire"]
    text = get("/compare").root.one("main").text
    assert "no ranking" in text
    assert "compliant" not in text.lower()


def test_what_was_read_stands_above_each_column(get: Get) -> None:
    head = {e.all("a")[0].text: e.text for e in matrix(get("/compare")).one("thead").all("th")
            if e.all("a")}  # fmt: skip
    assert "3 documents, held and read whole, from 2021 to 2024" in head["Sefton: gaps"]
    assert "1 document, held and read whole, from 2023" in head["Warwickshire: gaps"]


# Narrowed down


@pytest.mark.parametrize("query", ["", TWO, f"{TWO}&edition=wt2018", "area=sefton"])
def test_only_rows_that_differ(get: Get, client: TestClient, query: str) -> None:
    expected = {
        duty["duty"]
        for duty in report(client, query)["duties"]
        if len({o for o in duty["areas"].values() if o != "NotTested"}) > 1
    }
    page = get(f"/compare?{query}&differ=1")
    assert page.root.one("input", name="differ").attributes.get("checked") == ""
    if not expected:
        assert "The areas do not differ on any of the" in page.root.one("main").text
        return
    assert set(duty_rows(matrix(page))) == expected
    tested = [d for d in report(client, query)["duties"] if d["tested"]]
    assert f"{len(expected)} of {len(tested)} duties tested" in page.root.one("main").text


def test_topic_and_strength_change_the_counts_with_the_rows(get: Get, client: TestClient) -> None:
    wanted = [
        d for d in report(client, "edition=wt2018")["duties"]
        if d["modality"] == "Must" and d["topic"] == "publication" and d["tested"]
    ]  # fmt: skip
    page = get("/compare?edition=wt2018&topic=publication&modality=must")
    assert wanted
    assert set(duty_rows(matrix(page))) == {d["duty"] for d in wanted}
    assert page.root.one("option", value="Must").attributes.get("selected") == ""
    assert page.root.one("option", value="publication").attributes.get("selected") == ""
    table = page.root.one("section", **{"aria-labelledby": "read"}).one("table")
    for row in table.one("tbody").all("tr"):
        assert row.all("td")[1].text == str(len(wanted))
    assert "The counts are of the duties chosen" in page.root.one("main").text


def test_areas_without_a_document_are_named_apart(get: Get, client: TestClient) -> None:
    page, api = get(f"/compare?{TWO}&area=kent&area=torbay"), report(client, TWO)
    assert heads(matrix(page)) == ["Sefton", "Warwickshire"]
    text = page.root.one("section", **{"aria-labelledby": "read"}).text
    assert "2 of the 4 areas asked for" in text
    named = page.root.one("ul", **{"class": "areas"})
    assert [item.text for item in named.all("li")] == ["Kent", "Torbay"]
    assert len(duty_rows(matrix(page))) == sum(bool(d["tested"]) for d in api["duties"])


def test_before_a_document_its_area_is_in_no_count(get: Get) -> None:
    page = get("/compare?as_at=2022-01-01&edition=wt2018")
    assert heads(matrix(page)) == ["Sefton"]
    assert "4 of the 5 areas asked for" in page.root.one("main").text
    none = get("/compare?as_at=2020-01-01&edition=wt2018")
    assert none.status == 200
    assert not none.root.all("table")
    assert "No document is held" in none.root.one("main").text


# A change of edition


@pytest.mark.parametrize("query", ["", "area=sefton"])
def test_what_a_change_alters_is_what_the_api_says(
    get: Get, client: TestClient, query: str
) -> None:
    change = f"{query}&from=wt2018&to=wt2023"
    across = client.get(f"/api/compare?{change}").json()
    page = get(f"/compare?{change}")
    table = matrix(page)
    touched = [[area["changes"][n] for area in across] for n in range(len(across[0]["changes"]))]
    tested = [
        cells for cells in touched
        if any({c["from_outcome"], c["to_outcome"]} - {None, "NotTested"} for c in cells)
    ]  # fmt: skip
    rows = [row for row in table.all("tr") if row.all("th", scope="row")]
    assert len(rows) == len(tested)
    why = Counter(row.all("td")[-1].text for row in rows)
    assert why == Counter(" ".join(cells[0]["why"].split()) for cells in tested)
    altered = Counter(row.all("td")[-2].text for row in rows)
    assert altered == Counter(
        f"{sum(c['altered'] for c in cells)} of {len(cells)}" for cells in tested
    )
    only = get(f"/compare?{change}&differ=1")
    kept = [row for row in matrix(only).all("tr") if row.all("th", scope="row")]
    assert len(kept) == sum(any(c["altered"] for c in cells) for cells in tested)


def test_a_change_tells_before_and_after_and_whether_evidence_carries(get: Get) -> None:
    page = get("/compare?area=sefton&area=warwickshire&from=wt2018&to=wt2023")
    text = matrix(page).text
    assert "what shows the older duty shows the newer" in text
    assert "what shows an older duty does not show these" in text
    row = duty_rows(matrix(page))["wt2023-partnership-chair"]
    assert row.all("td")[0].text.startswith("no such duty →, then ◐ Partly evidenced")
    assert "no chair's role" in row.text


# Stored questions


@pytest.mark.parametrize(
    ("what", "question"),
    [("seats", "leads-and-delegates"), ("chair", "how-a-partnership-is-chaired"),
     ("scrutiny", "how-scrutiny-is-arranged"), ("education", "education-seats"),
     ("funding", "contributions"), ("documents", "documents-and-editions"),
     ("boards", "links-to-other-boards"), ("chairs-of-groups", "chairs-of-bodies")],
)  # fmt: skip
def test_a_question_side_by_side(get: Get, client: TestClient, what: str, question: str) -> None:
    """Every value of the answer that the header puts into a cell is in the column of its area."""
    page = get(f"/compare?what={what}&as_at=2026-11-22")
    assert page.status == 200
    table = matrix(page)
    assert heads(table) == list(FIVE)
    rows = client.get(f"/api/questions/{question}?as_at=2026-11-22").json()["rows"]
    columns = dict.fromkeys(FIVE, "")
    for row in table.one("tbody").all("tr"):
        for name, cell in zip(FIVE, row.all("td"), strict=False):
            columns[name] += f" {cell.text}"
    assert rows
    for row in rows:
        assert row["document"] in columns[row["area_name"]]
    for name in FIVE:
        if name not in {row["area_name"] for row in rows}:
            assert set(columns[name].split("hold")) <= {" not found in the text we ", ""}
    assert page.root.one("option", value=what).attributes.get("selected") == ""
    assert get(f"/compare?what={question}").root.one("option", value=what).attributes.get(
        "selected"
    ) == ""  # fmt: skip


def test_what_is_for_duties_only_is_said_and_kept(get: Get) -> None:
    page = get("/compare?what=seats&edition=wt2018&topic=voice&differ=1")
    assert page.status == 200
    assert "for duties only" in page.root.one("main").text
    edition = page.root.one("select", name="edition")
    assert edition.one("option", value="wt2018").attributes.get("selected") == ""


# The form


def test_the_form_keeps_what_was_chosen(get: Get) -> None:
    page = get(f"/compare?{TWO}&area=Kent&edition=wt2018&as_at=2024-06-01&differ=1")
    ticked = [
        box.attributes["value"] for box in page.root.all("input", name="area", type="checkbox")
        if "checked" in box.attributes
    ]  # fmt: skip
    assert ticked == ["kent", "sefton", "warwickshire"]
    assert page.root.one("input", name="as_at").attributes["value"] == "2024-06-01"
    (chosen,) = [o for o in page.root.all("option", value="wt2018")
                 if "selected" in o.attributes]  # fmt: skip
    assert chosen.text == "Working Together 2018"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("area=kint&area=sefton&area=atlantis,kent&differ=1", 404, '"kint", "atlantis"'),
        ("as_at=yesterday&area=sefton", 400, '"yesterday" is not a date'),
        ("as_at=2010-01-01", 400, "no edition of the guidance was in force"),
        ("edition=wt2019", 404, 'no edition "wt2019"'),
        ("from=wt2018", 400, "needs the edition before and the one after"),
        ("to=wt2023", 400, "needs the edition before and the one after"),
        ("from=wt2018&to=wt2026", 400, "no change of duties from wt2018 to wt2026"),
        ("from=wt2023&to=wt2018", 400, "no change of duties from wt2023 to wt2018"),
        ("from=wt2018&to=wt2023&edition=wt2023", 400, "does not go with a change of edition"),
        ("from=in-force&to=wt2023", 400, "one edition each"),
        ("from=wt2018&to=wt2023&what=seats", 400, "alters duties, and nothing else"),
        ("what=nothing", 404, 'nothing to compare by the name "nothing"'),
        ("topic=nothing", 404, 'the topic "nothing"'),
        ("modality=perhaps", 404, 'the modality "Perhaps"'),
    ],
)
def test_what_cannot_be_compared_is_said_above_the_same_form(
    get: Get, query: str, status: int, said: str
) -> None:
    page = get(f"/compare?{query}")
    assert page.status == status
    (alert,) = [e for e in page.root.all("div") if e.attributes.get("role") == "alert"]
    assert said in alert.text
    form = page.root.one("form")
    assert not page.root.all("table")
    kept = [e.attributes.get("value", "") for e in form.all("input")
            if e.attributes.get("type") != "checkbox" or "checked" in e.attributes]  # fmt: skip
    kept += [o.attributes["value"] for o in form.all("option") if "selected" in o.attributes]
    for name, values in parse_qs(query).items():
        for value in values:
            for part in value.split(","):
                expected = part.capitalize() if name == "modality" else part
                assert any(expected in each for each in kept), (name, part)


@pytest.mark.parametrize("query", ["area=&area=", "area=%20,%20;", "differ=0", "what=&edition=",
                                   "from=&to=&topic=&modality=&as_at="])  # fmt: skip
def test_empty_fields_ask_for_nothing_special(get: Get, query: str) -> None:
    page = get(f"/compare?{query}")
    assert page.status == 200
    assert len(duty_rows(matrix(page))) == len(duty_rows(matrix(get("/compare"))))


def test_two_hundred_areas_at_once(get: Get, opened: Opened) -> None:
    """All areas, and many of them twice: each is one."""
    slugs = [area.slug for area in list_areas(opened.store)]
    page = get("/compare?" + "&".join(f"area={slug}" for slug in (slugs + slugs)[:200]))
    assert page.status == 200
    assert heads(matrix(page)) == list(FIVE)
    assert f"{len(slugs) - 5} of the {len(slugs)} areas asked for" in page.root.one("main").text
    unknown = get("/compare?area=sefton&" + "&".join(f"area=place{n}" for n in range(200)))
    assert unknown.status == 404
    alert = unknown.root.one("div", role="alert").text
    assert all(f'"place{n}"' in alert for n in range(200))
    assert [b.attributes["value"] for b in unknown.root.all("input", name="area", type="checkbox")
            if "checked" in b.attributes] == ["sefton"]  # fmt: skip


# As data


@pytest.mark.parametrize(
    ("query", "path"),
    [
        (f"{TWO}&edition=wt2018&as_at=2024-06-01", "/api/compare"),
        ("from=wt2018&to=wt2023&area=sefton", "/api/compare"),
        ("what=seats&area=sefton", "/api/questions/leads-and-delegates"),
    ],
)
def test_it_links_to_its_data_and_its_query(
    get: Get, client: TestClient, query: str, path: str
) -> None:
    page = get(f"/compare?{query}")
    links = {a.text: a.attributes["href"]
             for a in page.root.one("section", **{"aria-labelledby": "data"}).all("a")}  # fmt: skip
    assert urlsplit(links["JSON"]).path == path
    given = parse_qs(urlsplit(links["JSON"]).query)
    for name, values in parse_qs(query).items():
        if name != "what":
            assert given[name] == values
    assert client.get(links["JSON"]).json()
    assert client.get(links["CSV"]).headers["content-type"].startswith("text/csv")
    assert client.get(links["CSV for Excel"]).content.startswith(b"\xef\xbb\xbf")
    for link in page.root.all("a"):
        if "query" in link.text.lower():
            assert client.get(link.attributes["href"]).status_code == 200
