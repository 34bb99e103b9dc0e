"""The worked examples, done on a copy of the repository, lead to what they say."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from masagraph.resources import FOLDERS, Resources

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "worked-examples.md").read_text(encoding="utf-8")
FILE = re.compile(r"^`([\w./-]+\.(?:ttl|rq))`.*?^```(?:turtle|sparql)\n(.*?)^```", re.S | re.M)
COMMANDS = re.compile(r"^```bash\n(.*?)^```", re.S | re.M)
MY_DATA = re.compile(r"^`my-data/(\S+\.ttl)`.*?^```turtle\n(.*?)^```", re.S | re.M)
SECTIONS = ("An edition", "A duty", "A shape", "A document", "A question")


def section(heading: str) -> str:
    """The text below a heading of the page."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.S | re.M)
    assert found, heading
    return found[1]


def files(heading: str) -> dict[str, str]:
    """The files that a section says to write."""
    return dict(FILE.findall(section(heading)))


def lines(heading: str) -> Iterator[tuple[list[str], str]]:
    """Each command of a section, and what it says that is then shown."""
    for row in "".join(COMMANDS.findall(section(heading))).splitlines():
        command, _, shown = row.partition("   # ")
        yield shlex.split(command), shown


class Copy:
    """A copy of the repository: the four folders, without the areas' documents, and the package."""

    def __init__(self, root: Path, resources: Resources) -> None:
        self.root = root
        for name in FOLDERS:
            ignored = shutil.ignore_patterns("areas", "people") if name == "data" else None
            shutil.copytree(resources.folder(name), root / name, ignore=ignored)
        shutil.copytree(
            ROOT / "service", root / "service", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "pyproject.toml", root)

    def write(self, name: str, text: str) -> None:
        """Write a file that is not there yet."""
        path = self.root / name
        assert not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command with the package and the folders of the copy."""
        return subprocess.run(
            [sys.executable, "-m", "masagraph", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "service"), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )


SLIPS = {
    "data/guidance/duties/ex2025.ttl": ("masa:questionToAsk", "masa:questionToAskk"),
    "data/areas/exampleton/leaflet-2025.ttl": ("duty:ex2025-open-day", "duty:ex2025-opn-day"),
}
"""What is easily mistyped, by file. A build must name the file, and change nothing."""


def do(copy: Copy, heading: str) -> None:
    """Run the commands of a section, and look for what they are said to show."""
    for (program, *arguments), shown in lines(heading):
        assert program == "masagraph"
        done = copy.run(*arguments)
        assert done.returncode == 0, done.stderr
        words = " ".join(done.stdout.split())
        assert shown in words or set(shown.split()) <= set(words.split()), words


def mistype(copy: Copy, name: str) -> None:
    """Build with a slip in a file; mend it."""
    path, (right, wrong) = copy.root / name, SLIPS[name]
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = copy.run("build")
    path.write_text(text, encoding="utf-8")
    assert done.returncode == 2
    assert re.fullmatch(rf"masagraph: \S*{name}:\d+: .+", done.stderr.strip()), done.stderr
    assert not (copy.root / ".masagraph" / "current.json").exists()


def test_no_step_touches_python() -> None:
    written = [name for heading in SECTIONS for name in files(heading)]
    assert len(written) == len(SECTIONS)
    assert {Path(name).suffix for name in written} == {".ttl", ".rq"}
    assert {Path(name).parts[0] for name in written} == {"data", "shapes", "queries"}


def test_the_steps_do_what_they_say(tmp_path: Path, resources: Resources) -> None:
    """In one test, as each stands on those before it."""
    copy = Copy(tmp_path, resources)
    for name, text in MY_DATA.findall((DOCS / "data.md").read_text(encoding="utf-8")):
        copy.write(f"data/{name}", text)
    for heading in SECTIONS:
        for name, text in files(heading).items():
            copy.write(name, text)
    for name in SLIPS:
        mistype(copy, name)
    for heading in SECTIONS:
        do(copy, heading)
