#!/usr/bin/env python3
"""The two commands of this repository, with nothing to install first.

    python3 dev.py run      set up, build the store, show the gaps of one area
    python3 dev.py test     set up, then every check that the build server runs

and five that are wanted now and then:

    python3 dev.py setup    make .venv, with exactly what requirements.lock names
    python3 dev.py lint     the checks that run no test
    python3 dev.py docs     make the documentation site, in build/site
    python3 dev.py serve    set up, then start the service
    python3 dev.py lock     write requirements.lock again, after a change of pyproject.toml

What stands after ``--`` is handed on: to pytest (test), to the service (serve), to uv (lock).
For example ``python3 dev.py test -- -k accessibility -x``.

Exit codes: that of the first step that fails; 2 where something is missing or the usage is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "masagraph.stamp"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"

COMUNICA = ROOT / "tests" / "protocol" / "comunica"
"""A client in JavaScript that the tests run where Node.js is."""

SITE = Path("build", "site")
"""Where the documentation site is made."""

OLDEST_PYTHON = (3, 11)
SOURCES = Path("..", "shared", "sources")
"""Where the source documents stand when they are held: beside the checkout, never in it."""

COMMANDS = ("run", "test", "setup", "lint", "docs", "serve", "lock")

ADDRESS_OPTIONS = ("--index-url", "--extra-index-url", "--default-index", "--index", "--find-links")
"""Lines that a lock may open with, and that name the registry of whoever wrote it."""

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = list[str | Path]


class SetupError(Exception):
    """Something is missing that this script cannot supply. The message says what to do."""


class StepError(Exception):
    """A step ended with a failure. Carries its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


# Running things


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next step prints."""
    print(text, flush=True)


def environment() -> dict[str, str]:
    """Give the environment of every step: .venv first, and the system's certificates for uv."""
    variables = dict(os.environ)
    variables.pop("PYTHONHOME", None)
    variables["VIRTUAL_ENV"] = str(VENV)
    variables["PATH"] = os.pathsep.join([str(SCRIPTS), variables.get("PATH", "")])
    variables.setdefault("UV_SYSTEM_CERTS", "1")
    return variables


def succeeds(command: Command, *, quiet: bool = False) -> bool:
    """Run a command from the top of the repository; true when it ends with 0.

    ``quiet`` throws away what it prints.
    """
    output = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), stdout=output, stderr=output, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def step(title: str, command: Command) -> None:
    """Run one headed step. Raises StepError with its exit code when it fails."""
    say(f"== {title}")
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    except OSError as error:
        raise SetupError(f"{title}: {error}. Delete .venv and try again.") from error
    if done.returncode != 0:
        say(f"== {title}: failed with exit code {done.returncode}")
        # A step that a signal ended has a negative code; shells write those as 128 and the signal.
        raise StepError(done.returncode if done.returncode > 0 else 128 - done.returncode)


def module(name: str, *arguments: str | Path) -> Command:
    """Give the command that runs a module with the Python of .venv."""
    return [PYTHON, "-m", name, *arguments]


# Setting up


def check_python() -> None:
    """Raise SetupError where the running Python is too old or cannot make environments."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetupError(f"Python {wanted} or newer is needed; this is {found} ({sys.executable}).")
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise SetupError(
            "This Python cannot make environments; on Debian: apt-get install python3-venv"
        )


def digest() -> str:
    """Hash all that decides what stands in .venv: Python's version, the project and the lock."""
    total = hashlib.sha256(f"python {sys.version_info[0]}.{sys.version_info[1]}\n".encode())
    for path in (PROJECT, LOCK):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_usable() -> bool:
    """Whether .venv is there, starts, has pip, and is of the running Python's version.

    One that came along with a copy of the checkout is not: what is installed in it leads back to
    the folder that was copied.
    """
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8").splitlines()[1:] != [str(ROOT)]:
        return False
    major, minor = sys.version_info[:2]
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != ({major}, {minor}))"
    return PYTHON.exists() and succeeds([PYTHON, "-c", code], quiet=True)


def make_environment() -> None:
    """Make .venv with the running Python, anew where what stands there is of no use."""
    if is_usable():
        return
    import venv

    say("== Making .venv")
    builder = venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt")
    try:
        builder.create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f".venv could not be made: {error}") from error


def has_uv() -> bool:
    """Whether .venv has uv, after an attempt to install it there."""
    if succeeds(module("uv", "--version"), quiet=True):
        return True
    return succeeds(module("pip", "install", "--quiet", "--disable-pip-version-check", "uv"))


def install() -> None:
    """Install what the lock names, then this package: with uv, or with pip where uv cannot be had.

    Both hold each file to the hashes of the lock. Raises StepError when pip, too, fails.
    """
    if has_uv():
        say("== Installing with uv")
        if succeeds(module("uv", "pip", "sync", "--quiet", "--require-hashes", LOCK.name)) and (
            succeeds(module("uv", "pip", "install", "--quiet", "--no-deps", "--editable", "."))
        ):
            return
        say("uv could not install; trying pip.")
    pip = module("pip", "install", "--quiet", "--disable-pip-version-check")
    step("Installing with pip", [*pip, "--require-hashes", "--requirement", LOCK.name])
    step("Installing this package", [*pip, "--no-deps", "--editable", "."])


def set_up() -> None:
    """Bring .venv to what the lock says. Does nothing when it is there already."""
    check_python()
    for path in (PROJECT, LOCK):
        if not path.is_file():
            mend = " Write it with: python3 dev.py lock" if path == LOCK else ""
            raise SetupError(f"{path.name} is missing.{mend}")
    wanted = digest()
    whole = f"{wanted}\n{ROOT}\n"
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == whole and is_usable():
        return
    make_environment()
    STAMP.unlink(missing_ok=True)
    install()
    STAMP.write_text(whole, encoding="utf-8")


def install_comunica() -> None:
    """Bring the JavaScript client of the tests to what its lock says, where npm is.

    Nothing else needs it: without npm, or where npm cannot reach its registry, its tests are
    skipped, and say so.
    """
    npm = shutil.which("npm")
    if npm is None:
        say("== Comunica: left out, as there is no npm")
        return
    stamp = COMUNICA / "node_modules" / "masagraph.stamp"
    wanted = hashlib.sha256((COMUNICA / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted:
        return
    say("== Installing Comunica with npm")
    # No package may run a script of its own here.
    if succeeds([npm, "--prefix", COMUNICA, "ci", "--ignore-scripts", "--silent"]):
        stamp.write_text(wanted + "\n", encoding="ascii")
    else:
        say("npm could not install it; its tests will say so.")


# The commands


def lints() -> dict[str, Command]:
    """Give the steps of lint by their titles; .pre-commit-config.yaml has the same."""
    return {
        "ruff check": module("ruff", "check", "."),
        "ruff format": module("ruff", "format", "--check", "."),
        "mypy": module("mypy"),
        "import layers": [SCRIPTS / ("lint-imports.exe" if os.name == "nt" else "lint-imports")],
    }


def lint() -> None:
    """Style, types, and which room of the package may import which."""
    set_up()
    for title, command in lints().items():
        step(title, command)


def find_quotes() -> None:
    """Find every quoted phrase again in the source documents, where those are held."""
    if (ROOT / SOURCES).is_dir():
        step("quotes", module("masagraph", "quotes", "--sources", SOURCES.as_posix()))
    else:
        say(f"== quotes: left out, as no source documents stand in {SOURCES.as_posix()}")


def test(extra: list[str]) -> None:
    """Every check, in order of how soon it ends; stops at the first that fails."""
    lint()
    find_quotes()
    install_comunica()
    # Each process takes a run of tests that stand together, so what a module shares is made once.
    step("pytest", module("pytest", "-n", "auto", "--dist", "worksteal", *extra))


def run() -> None:
    """Build the store, then show one area's gap report."""
    set_up()
    step("masagraph build", module("masagraph", "build"))
    assess = ["assess", "warwickshire", "--edition", "wt2023"]
    step(" ".join(["masagraph", *assess]), module("masagraph", *assess))


def make_site(folder: Path) -> Command:
    """Give the command that makes the documentation site anew. A warning is an error.

    ``test`` has no step for it: one of the tests runs it, and looks at what it made.
    """
    options = ["--fail-on-warning", "--keep-going", "--fresh-env", "--write-all", "--quiet"]
    return module("sphinx", *options, "docs", folder)


def docs() -> None:
    """Make the documentation site."""
    set_up()
    step("sphinx-build", make_site(SITE))
    say(f"The first page is {SITE / 'index.html'}")


def serve(extra: list[str]) -> None:
    """Start the service and stay with it."""
    set_up()
    step("masagraph serve", module("masagraph", "serve", *extra))


def without_addresses(text: str) -> str:
    """Return the text of a lock less the lines that name a registry.

    Raises SetupError when an address stands anywhere else in it.
    """
    kept = [line for line in text.splitlines() if not line.startswith(ADDRESS_OPTIONS)]
    for number, line in enumerate(kept, start=1):
        if "://" in line:
            raise SetupError(f"{LOCK.name}, line {number} would hold an address: {line.strip()}")
    return "\n".join(kept).lstrip("\n") + "\n"


def lock(extra: list[str]) -> None:
    """Write requirements.lock from pyproject.toml, for every platform, without addresses.

    The versions that it held stay where they may; ``-- --upgrade`` takes the newest. Replaced only
    when all went well.
    """
    check_python()
    make_environment()
    if not has_uv():
        raise SetupError("uv is needed to write the lock, and could not be installed in .venv.")
    draft = ROOT / f"{LOCK.name}.new"
    if LOCK.is_file():
        draft.write_bytes(LOCK.read_bytes())
    options = ["--all-extras", "--universal", "--generate-hashes", "--no-header", "--quiet"]
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    compile_ = module("uv", "pip", "compile", PROJECT.name, *options, "--python-version", oldest)
    try:
        step("uv pip compile", [*compile_, *extra, "-o", draft.name])
        text = without_addresses(draft.read_text(encoding="utf-8"))
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(LOCK)
    finally:
        draft.unlink(missing_ok=True)
    say(f"{LOCK.name} is written. Install it with: python3 dev.py setup")


def main(arguments: list[str]) -> int:
    """Parse, call, and turn failures into an exit code and one line."""
    before, extra = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        before, extra = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS)
    command = parser.parse_args(before).command
    if extra and command not in {"test", "serve", "lock"}:
        parser.error(f"{command} hands nothing on; leave out what stands after --")
    steps: dict[str, Callable[[], None]] = {
        "run": run,
        "test": lambda: test(extra),
        "setup": set_up,
        "lint": lint,
        "docs": docs,
        "serve": lambda: serve(extra),
        "lock": lambda: lock(extra),
    }
    try:
        steps[command]()
    except SetupError as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 2
    except StepError as error:
        return error.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
