"""``/api/compare``: the matrix is that of the command, and its parts agree with the assessments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from api_answers import rows_of
from fastapi.testclient import TestClient

from masagraph.cli.main import run

Params = list[tuple[str, str]]


@pytest.mark.parametrize(
    "params",
    [
        [],
        [("area", "sefton"), ("area", "kent"), ("edition", "wt2026")],
        [("area", "E08000014"), ("area", "sefton"), ("area", "warwickshire"),
         ("edition", "in-force")],
        [("area", "kent")],
        [("from", "wt2018"), ("to", "wt2023"), ("area", "sefton")],
        [("from", "wt2018"), ("to", "wt2023")],
        [("from", "wt2018"), ("to", "wt2023"), ("area", "kent"), ("area", "sefton"),
         ("area", "medway")],
    ],
)  # fmt: skip
def test_the_answer_is_that_of_the_command(
    client: TestClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    store_folder: Path, params: Params,
) -> None:  # fmt: skip
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    areas = [value for name, value in params if name == "area"]
    flags = [text for n, value in params if n != "area" for text in (f"--{n}", value)]
    with pytest.raises(SystemExit) as stopped:
        run(["compare", *areas, *flags, "--format", "json"])
    assert stopped.value.code == 0
    expected = json.loads(capsys.readouterr().out)
    answer = client.get("/api/compare", params=params)
    assert answer.status_code == 200
    assert answer.json() == expected


def test_the_cells_are_the_outcomes_of_the_assessments(client: TestClient) -> None:
    """On a day that is not stored too."""
    given = {"edition": "wt2023", "as_at": "2025-06-01"}
    body = client.get("/api/compare", params={**given, "area": ["sefton", "warwickshire"]}).json()
    for area in ("sefton", "warwickshire"):
        assessed = client.get(f"/api/areas/{area}/assessment", params=given).json()
        cells = {row["duty"]: row["areas"][area] for row in body["duties"]}
        assert cells == {f["duty"]: f["outcome"] for f in assessed["findings"]}
        (column,) = [each for each in body["areas"] if each["area"] == area]
        assert column["tested"] == assessed["tested"]
    assert len(body["duties"]) == 72


def test_areas_without_a_document_are_named_and_not_counted(client: TestClient) -> None:
    body = client.get("/api/compare?area=kent&area=sefton&edition=wt2026").json()
    assert body["without_document"] == ["kent"]
    assert [each["area"] for each in body["areas"]] == ["sefton"]
    assert all(row["tested"] <= 1 for row in body["duties"])


def test_without_areas_it_says_how_many_there_are(client: TestClient) -> None:
    body = client.get("/api/compare").json()
    assert body["areas_known"] == 153
    assert len(body["areas"]) == 5
    assert "areas_known" not in client.get("/api/compare?area=sefton").json()


def test_the_matrix_as_csv(client: TestClient) -> None:
    url = "/api/compare?area=sefton&area=warwickshire&edition=wt2023"
    rows = rows_of(client.get(f"{url}&format=csv").text)
    body = client.get(url).json()
    assert {row["duty"]: row["E08000014 sefton"] for row in rows} == {
        row["duty"]: row["areas"]["sefton"] for row in body["duties"]
    }
    assert {row["duty"]: int(row["tested"]) for row in rows} == {
        row["duty"]: row["tested"] for row in body["duties"]
    }


def test_changes_as_csv(client: TestClient) -> None:
    url = "/api/compare?from=wt2018&to=wt2023&area=sefton"
    rows = rows_of(client.get(f"{url}&format=csv").text)
    (body,) = client.get(url).json()
    assert [(row["change"], row["from_duty"], row["to_duty"]) for row in rows] == [
        (each["change"], each["from_duty"] or "", each["to_duty"] or "") for each in body["changes"]
    ]
    assert rows
