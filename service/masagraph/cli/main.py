"""The ``masagraph`` command."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Annotated, Any, cast

import typer

from masagraph import __version__
from masagraph.cli.ask import ask_command
from masagraph.cli.assess import assess_command
from masagraph.cli.build import build_command
from masagraph.cli.check import check_command
from masagraph.cli.compare import compare_command
from masagraph.cli.explain import explain_command
from masagraph.cli.network import network_command
from masagraph.cli.query import query_command
from masagraph.cli.quotes import quotes_command
from masagraph.cli.serve import serve_command
from masagraph.errors import MasagraphError
from masagraph.settings import read_settings

_UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])
"""Typer carries its own copy of Click and names only this subclass of its usage errors."""

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says of a disk that is full, or of one's share of it."""

app = typer.Typer(
    name="masagraph",
    help="What local safeguarding arrangements for children show of statutory guidance.",
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("build")(build_command)
app.command("assess")(assess_command)
app.command("explain")(explain_command)
app.command("compare")(compare_command)
app.command("check")(check_command)
app.command("ask")(ask_command)
app.command("query")(query_command)
app.command("network")(network_command)
app.command("quotes")(quotes_command)
app.command("serve")(serve_command)


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"masagraph {__version__}")
        raise typer.Exit
    del context


def run(arguments: list[str] | None = None) -> None:
    """Run the command line and exit.

    Exit codes: 0 success; 1 what was looked for was found wanting (``--fail-on``,
    ``quotes``); 2 bad usage or bad input; 70 a fault of masagraph itself; 130 stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        # In a file or a pipe always UTF-8, on Windows too: JSON must be, and marks need it.
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    if isinstance(sys.stdout, TextIOWrapper) and isinstance(sys.stdout.buffer, FileIO):
        # PYTHONUNBUFFERED is set: what a full disk takes only in part would count as written.
        buffer = BufferedWriter(sys.stdout.buffer)
        sys.stdout = TextIOWrapper(buffer, sys.stdout.encoding, write_through=True)
    sys.exit(_run(sys.argv[1:] if arguments is None else arguments))


def _run(arguments: list[str]) -> int:
    try:
        result = app(arguments or ["--help"], prog_name="masagraph", standalone_mode=False)
        sys.stdout.flush()  # on a full disk it fails here, and not when nobody can be told
        return result if isinstance(result, int) else 0
    except MasagraphError as error:
        return _fail(error.line(), 2)
    except _UsageError as error:
        return _fail(_usage(error), 2)
    except typer.Exit as error:
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except (BrokenPipeError, SystemExit) as error:
        # Typer makes an exit of the first.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        # The reader of our output has gone; nothing is left to tell it.
        _drop_output()
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            _drop_output()
            return _fail(
                f"what was to be written is not whole ({error.strerror}). "
                "Free some space, or write to another disk.",
                2,
            )
        if _wants_traceback():
            raise
        return _fail(
            f"a fault of masagraph itself ({type(error).__name__}: {error}). "
            "Please report it; MASAGRAPH_TRACEBACK=true shows where.",
            70,
        )


def _drop_output() -> None:
    """Have what is still to be written to standard output go nowhere."""
    with suppress(OSError, ValueError):  # it may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wants_traceback() -> bool:
    try:
        return read_settings().traceback
    except MasagraphError:
        return False


def _usage(error: Any) -> str:
    where = error.ctx.command_path if error.ctx else "masagraph"
    return f"{_plain(error.format_message())}. See: {where} --help"


def _plain(message: str) -> str:
    return message.replace("Value error, ", "").rstrip(".")


def _fail(line: str, code: int) -> int:
    typer.echo(f"masagraph: {' '.join(line.split())}", err=True)
    return code
