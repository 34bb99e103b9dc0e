"""``--endpoint``: the same answers as over a store, from a server of another make."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from masagraph.settings import Settings
from servers import oxigraph, wait_for

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

QUERY = "SELECT ?name { ?area a masa:SafeguardingArea ; skos:prefLabel ?name } ORDER BY ?name"
COMMANDS = [
    ["assess", "sefton", "--format", "json"],
    ["compare", "sefton", "warwickshire", "--format", "csv"],
    ["compare", "--from", "wt2018", "--to", "wt2023", "sefton", "--format", "json"],
    ["ask", "leads-and-delegates", "--param", "area=warwickshire", "--format", "json"],
    ["ask", "who scrutinises sefton"],
    ["query", "-", "--format", "csv"],
    ["query", "-"],
    ["network", "sefton", "--format", "graphml"],
]


@pytest.fixture(scope="module")
def endpoint(store_folder: Path) -> Iterator[str]:
    """Oxigraph's own server over the snapshot."""
    name = json.loads((store_folder / "current.json").read_text(encoding="utf-8"))["snapshot"]
    with oxigraph(store_folder / "snapshots" / name) as server:
        wait_for([server])
        yield f"http://127.0.0.1:{server.port}{server.path}"


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_says_the_same(cli: Cli, endpoint: str, arguments: list[str]) -> None:
    here = cli(*arguments, stdin=QUERY)
    there = cli(*arguments, "--endpoint", endpoint, stdin=QUERY)
    assert here.code == 0
    assert here.out
    assert (there.code, there.out) == (0, here.out)


def test_no_store_is_looked_for(
    cli: Cli, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASAGRAPH_STORE", str(tmp_path / "none"))
    assert cli("query", "-", "--endpoint", endpoint, stdin="ASK { ?s ?p ?o }").code == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["assess", "compare", "network", "ask", "query", "serve"])
def test_one_place_at_a_time(cli: Cli, command: str) -> None:
    more = {"ask": ["standing-by-duty"], "query": ["-"]}.get(command, [])
    address = "https://example.org/sparql"
    line = cli(command, *more, "--endpoint", address, "--store", "elsewhere").problem()
    assert "--endpoint" in line
    assert "Leave one of them out" in line
    if command in ("assess", "compare", "network"):
        line = cli(command, "--endpoint", address, "--data", "own").problem()
        assert "Leave one of them out" in line


@pytest.mark.parametrize(
    "address",
    ["", "sparql", "ftp://example.org/sparql", "file:///etc/passwd", "http://", "http://[/sparql",
     "https://user:word@example.org/sparql"],
)  # fmt: skip
def test_what_is_no_address_is_refused(cli: Cli, address: str) -> None:
    line = cli("query", "-", "--endpoint", address, stdin="ASK {}").problem()
    assert "not an address of the web" in line
    assert "word" not in line.partition("Write it")[0]  # it may hold a password


def test_a_server_that_is_not_there(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masagraph.store.endpoint.PAUSES", ())
    for command in (["assess", "kent"], ["serve"]):
        line = cli(*command, "--endpoint", "http://127.0.0.1:9/sparql").problem()
        assert "http://127.0.0.1:9/sparql cannot be reached" in line
        assert "that the service runs" in line


@pytest.mark.parametrize(
    ("flags", "setting", "expected"),
    [
        ([], "", ""),
        ([], "here", "here"),
        (["--endpoint", "here"], "http://127.0.0.1:9/sparql", "here"),
        (["--store", "STORE"], "http://127.0.0.1:9/sparql", ""),
    ],
)
def test_which_data_are_served(
    cli: Cli, endpoint: str, store_folder: Path, monkeypatch: pytest.MonkeyPatch,
    flags: list[str], setting: str, expected: str,
) -> None:  # fmt: skip
    """An option wins over a setting, and the setting of an endpoint over that of a store."""
    made: list[Settings] = []
    app = SimpleNamespace(state=SimpleNamespace())
    monkeypatch.setattr("masagraph.web.app.create_app", lambda s: made.append(s) or app)
    monkeypatch.setattr("masagraph.web.log.configure", lambda _: None)
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    known = {"here": endpoint, "STORE": str(store_folder)}
    monkeypatch.setenv("MASAGRAPH_ENDPOINT", known.get(setting, setting))
    ran = cli("serve", *(known.get(flag, flag) for flag in flags))
    assert ran.code == 0
    assert [settings.endpoint for settings in made] == [known.get(expected, expected)]
    assert (f"Asking {endpoint}" in ran.err) is bool(expected)
    assert ("Loading " in ran.err) is not bool(expected)


def test_a_server_of_other_things(cli: Cli, endpoint: str) -> None:
    line = cli("assess", "kent", "--endpoint", endpoint.replace("/query", "/")).problem()
    assert "SPARQL 1.1 endpoint" in line
