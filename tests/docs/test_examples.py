"""What the docs show is run: commands, requests, the data of an invented area, and a report."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from rdflib import Graph
from typer.main import get_command

from masagraph.cli import main as cli
from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.web.app import create_app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ADDRESS = "http://127.0.0.1:8000"

NOT_RUN = {"area", "build", "quotes", "release", "serve"}
"""Parsed only: they write files, take long, need the source documents, or do not end."""


WORKBOOK = "kent.xlsx"
"""The workbook of the pages: a filled one is made, of an area that is held."""


@dataclass(frozen=True)
class Line:
    """A line of a shell block.

    Attributes:
        page: the page on which it stands.
        command: the command, without remark and redirection.
        typed: what is piped into it.
        code: the exit code or HTTP status that the remark promises; None when it says nothing.
    """

    page: str
    command: tuple[str, ...]
    typed: str
    code: int | None

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.command)}"


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M)


def lines(program: str) -> list[Line]:
    """Every line of every shell block that runs a program."""
    found = []
    for page in PAGES:
        for row in "".join(blocks(page, "sh")).splitlines():
            shown, _, remark = row.partition("   #")
            words = shlex.split(shown)
            if program not in words:
                continue
            before, command = words[: words.index(program)], words[words.index(program) :]
            if ">" in command:
                command = command[: command.index(">")]
            assert before in ([], ["echo", *before[1:-1], "|"]), row
            typed = " ".join(before[1:-1])
            code = re.search(r"\d+", remark)
            found.append(Line(page.name, tuple(command), typed, int(code[0]) if code else None))
    return found


@pytest.fixture
def example_area(tmp_path: Path) -> Path:
    """The data folder that docs/data.md shows, written out."""
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    files = re.findall(r"^`my-data/(\S+\.ttl)`.*?^```turtle\n(.*?)^```", text, re.S | re.M)
    assert len(files) == 3
    for name, content in files:
        path = tmp_path / "my-data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "my-data"


@pytest.mark.parametrize("line", lines("masagraph"), ids=str)
def test_command_does_what_is_said(
    line: Line,
    store_folder: Path,
    example_area: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    arguments = [str(example_area) if w == "my-data" else w for w in line.command[1:]]
    if arguments and arguments[0] in NOT_RUN:
        command = get_command(cli.app).commands[arguments[0]]  # type: ignore[attr-defined]
        command.make_context(arguments[0], arguments[1:])
        return
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    if WORKBOOK in arguments:
        file = str(example_area.parent / WORKBOOK)
        arguments = [file if word == WORKBOOK else word for word in arguments]
        with pytest.raises(SystemExit):
            cli.run(["area", "template", "--area", "warwickshire", "--filled", "--output", file])
    monkeypatch.setattr(sys, "stdin", io.StringIO(line.typed))
    with pytest.raises(SystemExit) as ended:
        cli.run(arguments)
    shown, errors = capsysbinary.readouterr()
    expected = line.code or 0
    assert ended.value.code == expected, errors.decode()
    if expected == 2:
        assert not shown
        assert len(re.findall(rb"^masagraph: .+$", errors, re.M)) == 1
    else:
        assert shown
    if "exampleton" in arguments:
        assert "✓ Evidenced (1 of" in shown.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_turtle_is_turtle(page: Path) -> None:
    for block in blocks(page, "turtle"):
        assert Graph().parse(data=block, format="turtle")


def test_report_in_the_readme_is_the_commands(
    store_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Each run of lines between two ellipses stands so in the real report, in the same order."""
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    with pytest.raises(SystemExit):
        cli.run(["assess", "warwickshire", "--edition", "wt2023"])
    report = capsysbinary.readouterr().out.decode()
    real = trimmed(re.sub(r" *\(data [^)]*\)", "", report, count=1))
    (excerpt,) = blocks(ROOT / "README.md", "text")
    shown = re.split(r"^…\n", trimmed(excerpt), flags=re.M)
    assert len(shown) > 2
    rest = real
    for part in shown:
        _, found, rest = rest.partition(part)
        assert found, f"not in the report, or not in this order:\n{part}"


def trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


# Over HTTP


@pytest.fixture(scope="module")
def served(store_folder: Path, live: Live) -> Iterator[str]:
    """The address of a running service."""
    config = uvicorn.Config(
        create_app(Settings(store=store_folder), live), port=0, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline, "the service did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("line", lines("curl"), ids=str)
def test_request_gives_the_status_that_is_said(line: Line, served: str) -> None:
    command = [word.replace(ADDRESS, served) for word in line.command]
    done = subprocess.run(
        [*command, "--noproxy", "*", "-w", "\n%{http_code}"],
        capture_output=True,
        text=True,
        errors="replace",  # a workbook and a picture are no text
        check=True,
    )
    body, _, status = done.stdout.rpartition("\n")
    assert body
    assert int(status) == (line.code or 200)


def test_python_examples_run(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks(ROOT / "README.md", "python")
    assert ADDRESS in example
    exec(compile(example.replace(ADDRESS, served), "README.md", "exec"), {})  # noqa: S102
    assert "Evidenced" in capsys.readouterr().out


def test_the_page_on_python_runs(
    served: str,
    store_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MASAGRAPH_STORE", str(store_folder))
    names: dict[str, object] = {}
    examples = blocks(ROOT / "docs" / "python.md", "python")
    assert len(examples) > 5
    for example in examples:
        code = compile(example.replace(ADDRESS, served), "docs/python.md", "exec")
        exec(code, names)  # noqa: S102
        shown = capsys.readouterr().out
        assert shown
    assert 'no area "seften"' in shown
