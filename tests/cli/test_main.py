"""What every command keeps: help with an example, exit codes, one line and no traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from masagraph import __version__
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

COMMANDS = ["build", "assess", "explain", "ask", "query", "quotes", "serve"]


def test_version(cli: Cli) -> None:
    ran = cli("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"masagraph {__version__}\n", "")


@pytest.mark.parametrize("library", ["docx", "networkx", "openpyxl", "pypdf", "wordllama"])
def test_a_command_starts_without_what_only_others_need(library: str) -> None:
    """To import these takes as long as everything else."""
    code = f"import sys, masagraph.cli.main; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_names_every_command(cli: Cli) -> None:
    ran = cli("--help")
    assert ran.code == 0
    assert ran.err == ""
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b", ran.out)


def test_no_command_is_answered_with_the_help(cli: Cli) -> None:
    ran = cli()
    assert (ran.code, ran.err) == (0, "")
    assert "Usage: masagraph" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Example:" in ran.out
    assert f"masagraph {command}" in " ".join(ran.out.replace("\n", " ").split())


def test_a_fault_of_our_own_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the first line\nand a second")

    monkeypatch.setattr("masagraph.cli.assess.list_areas", fail)
    line = cli("assess", "kent").problem(70)
    assert "fault of masagraph itself" in line
    assert "RuntimeError" in line
    assert "MASAGRAPH_TRACEBACK" in line


def test_a_fault_of_our_own_shows_where_when_asked(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("here")

    monkeypatch.setattr("masagraph.cli.assess.list_areas", fail)
    monkeypatch.setenv("MASAGRAPH_TRACEBACK", "true")
    with pytest.raises(RuntimeError, match="here"):
        cli("assess", "kent")


def test_stopped_by_the_user(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("masagraph.cli.assess.list_areas", stop)
    ran = cli("assess", "kent")
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("name", "value"), [("MAX_ROWS", "none"), ("PORT", "99999")])
def test_a_setting_that_cannot_be_read_is_bad_input(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"MASAGRAPH_{name}", value)
    line = cli("query", "-", stdin="ASK {}").problem()
    assert f"MASAGRAPH_{name}" in line
    assert value in line


# As a process of its own


def test_data_on_stdout_and_nothing_on_stderr(command: Cli) -> None:
    ran = command(
        "query", "-", "--format", "json", stdin="ASK { area:kent a masa:SafeguardingArea }"
    )
    assert (ran.code, json.loads(ran.out)["boolean"]) == (0, True)
    assert "Traceback" not in ran.err


def test_bad_input_ends_with_2(command: Cli) -> None:
    assert (
        'there is no edition "wt2099"' in command("assess", "kent", "--edition", "wt2099").problem()
    )


def test_a_report_can_be_kept_in_a_file_where_files_are_not_unicode(
    monkeypatch: pytest.MonkeyPatch, command: Cli
) -> None:
    """As with ``masagraph assess … > report.txt`` on Windows: cp1252 has no mark of an outcome."""
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    ran = command("assess", "warwickshire", "--edition", "wt2023")
    assert (ran.code, ran.err) == (0, "")
    assert "✓ Evidenced" in ran.out


def test_a_reader_that_goes_away_is_no_fault(opened: Opened) -> None:
    """As with ``masagraph query … | head -1``."""
    del opened
    with subprocess.Popen(
        [sys.executable, "-m", "masagraph", "query", "-", "--format", "tsv"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"SELECT * WHERE { ?s ?p ?o }")
        process.stdin.close()
        assert process.stdout.readline().startswith(b"?")
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(timeout=60) == 0
    assert "Traceback" not in said
    assert "fault" not in said


def test_the_store_may_be_anywhere(
    command: Cli, store_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``--store`` wins over MASAGRAPH_STORE."""
    monkeypatch.setenv("MASAGRAPH_STORE", str(tmp_path / "none"))
    ran = command("assess", "kent", "--store", store_folder, "--format", "json")
    assert ran.json()["area"] == "kent"
    assert not (tmp_path / "none").exists()
