"""Data of one's own beside the shipped: served as what they are; refused in one line when bad."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from masagraph.questions.opening import build_own
from masagraph.resources import Resources

if TYPE_CHECKING:
    from tests.cli.conftest import Cli, Edited, Ran

COMMANDS = [("assess", "kent"), ("build",), ("serve",)]

Serve = Callable[..., "Ran"]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[FastAPI]:
    """Catch what ``serve`` would serve; the log of the tests stays as it is."""
    apps: list[FastAPI] = []
    monkeypatch.setattr("masagraph.web.log.configure", lambda _: lambda: None)
    monkeypatch.setattr("uvicorn.run", lambda app, **_: apps.append(app))
    return apps


@pytest.fixture
def own_copy(own_data: Path, tmp_path: Path) -> Path:
    """A data folder that a test may write to."""
    return Path(shutil.copytree(own_data, tmp_path / "mine"))


def ends_in_one_line(cli: Cli, command: tuple[str, ...], store: Path, *folders: Path) -> str:
    """Run a command over data folders that are bad, and return its one line."""
    there = () if command[0] == "assess" else ("--store", store)
    line = cli(*command, *(part for folder in folders for part in ("--data", folder)), *there)
    if command == ("serve",):
        # Progress comes first: that a store is going to be built.
        lines = line.err.splitlines()
        assert line.code == 2
        assert [text for text in lines if not text.startswith("masagraph: ")] == lines[:-1]
        return lines[-1]
    return line.problem()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_folder_that_is_none(cli: Cli, command: tuple[str, ...], tmp_path: Path) -> None:
    store, empty = tmp_path / "store", tmp_path / "empty"
    empty.mkdir()
    (empty / "kent.xlsx").write_bytes(b"no Turtle")
    for folder, what, mend in (
        (tmp_path / "nowhere", "does not exist", "Give the path of a folder"),
        (empty / "kent.xlsx", "is a file", "Give the path of a folder"),
        (empty, "holds no Turtle file (.ttl)", "areas/"),
    ):
        line = ends_in_one_line(cli, command, store, folder)
        assert line.startswith(f"masagraph: {folder}: ")
        assert what in line
        assert mend in line
    assert not list(tmp_path.rglob("current.json"))


@pytest.mark.usefixtures("quick")
def test_an_empty_folder_adds_nothing(cli: Cli, tmp_path: Path) -> None:
    """A service is set up with one, before there is anything to put there."""
    empty, store = tmp_path / "empty", tmp_path / "store"
    empty.mkdir()
    built = cli("build", "--data", empty, "--store", store)
    assert built.code == 0, built.err
    assert "+own-data" not in built.out
    assert "Nothing has changed" in cli("build", "--data", empty, "--store", store).out


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_mistake_in_a_file_is_told_with_its_line(
    cli: Cli, command: tuple[str, ...], edited: Callable[[str, str], Edited], tmp_path: Path
) -> None:
    data = edited('masa:section "1" ;', 'masa:section "1" ')
    line = ends_in_one_line(cli, command, tmp_path / "store", data.folder)
    assert f"{data.file}:{data.line_of('oa:hasSelector')}: " in line
    assert "Turtle" in line
    assert not list(tmp_path.rglob("current.json"))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_two_folders_with_one_document(
    cli: Cli, command: tuple[str, ...], own_data: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again" / "areas" / "exampleshire" / "the-same.ttl"
    again.parent.mkdir(parents=True)
    shutil.copy(own_data / "areas" / "exampleshire" / "leaflet.ttl", again)
    folders = own_data, tmp_path / "again"
    line = ends_in_one_line(cli, command, tmp_path / "store", *folders)
    assert "document/exampleshire-leaflet: The document stands in another file too" in line
    assert "the-same" in line
    assert "exampleshire/leaflet" in line
    assert "short name" in line
    assert not list(tmp_path.rglob("current.json"))


@pytest.mark.usefixtures("quick")
def test_a_folder_that_is_given_twice(cli: Cli, own_data: Path) -> None:
    line = cli("assess", "kent", "--data", own_data, "--data", own_data).problem()
    assert "the same place in its folder" in line


def test_an_area_that_is_shipped_too(cli: Cli, own_copy: Path) -> None:
    """Two arrangements for one area: it would not be known which one is meant."""
    file = own_copy / "areas" / "exampleshire" / "arrangement.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("coversArea area:exampleshire", "coversArea area:sefton"), "utf-8")
    line = cli("assess", "sefton", "--data", own_copy).problem()
    assert f"{file}:" in line
    assert "area/sefton" in line
    assert "masagraph check" in line


def test_a_document_of_a_shipped_area(cli: Cli, own_copy: Path) -> None:
    shutil.rmtree(own_copy / "register")
    (own_copy / "areas" / "exampleshire" / "arrangement.ttl").unlink()
    file = own_copy / "areas" / "exampleshire" / "leaflet.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("arrangement:exampleshire", "arrangement:sefton"), "utf-8")
    line = cli("assess", "sefton", "--data", own_copy).problem()
    assert f"{file}:" in line
    assert "area/sefton" in line


@contextmanager
def client_of(apps: list[FastAPI]) -> Iterator[TestClient]:
    """Ask the service that was caught last, and end it."""
    with TestClient(apps[-1]) as client:
        yield client


def test_own_data_are_served_as_no_release(
    cli: Cli, served: list[FastAPI], quick: Resources, own_copy: Path, tmp_path: Path
) -> None:
    """Served with the shipped data, from a store of their own."""
    assert quick
    store = tmp_path / "store"
    ran = cli("serve", "--data", own_copy, "--store", store, "--workers", "1")
    assert ran.code == 0
    told = ran.err.splitlines()
    assert str(own_copy) in told[0]
    assert str(store / "own") in told[0]
    assert told[0].startswith("Building")
    assert "started again" in told[1]
    assert not (store / "current.json").exists(), "the other store stays as it is"
    with client_of(served) as client:
        pages = {
            path: client.get(path, headers={"Accept": "text/html"}).text
            for path in ("/", "/areas/exampleshire/gaps", "/areas/kent", "/about")
        }
        head = client.get("/areas/exampleshire").headers["link"]
        found = client.get("/api/areas/exampleshire/assessment").json()
        query = client.get("/queries/lookup/own-areas", headers={"Accept": "text/html"})
    assert found["data_version"].endswith("+own-data")
    assert "cite-as" not in head
    assert "<strong>Exampleshire was added by whoever" in pages["/areas/exampleshire/gaps"]
    for path in ("/", "/areas/kent", "/about"):
        assert '<a href="/areas/exampleshire">Exampleshire</a>' in pages[path]
        assert "was added by whoever" not in pages[path]
    for text in pages.values():
        assert "These data are no published release" in text
    assert query.status_code == 200


@pytest.mark.usefixtures("quick")
def test_a_store_of_own_data_is_built_again_only_when_they_changed(
    own_copy: Path, tmp_path: Path
) -> None:
    shutil.rmtree(own_copy / "areas")  # the register alone is built in a moment
    store, told = tmp_path / "store", list[str]()
    first = build_own(store, [own_copy], told.append)
    assert build_own(store, [own_copy], told.append) == first
    file = own_copy / "register" / "exampleshire.ttl"
    file.write_text(file.read_text("utf-8").replace('"Exampleshire"', '"Sampleshire"'), "utf-8")
    assert build_own(store, [own_copy], told.append) == first
    assert [line.split(" ")[0] for line in told] == ["Building", "Nothing", "Building"]


def test_shipped_data_alone_bear_no_such_note(cli: Cli) -> None:
    found = cli("assess", "sefton", "--format", "json").json()
    assert "own-data" not in found["data_version"]
