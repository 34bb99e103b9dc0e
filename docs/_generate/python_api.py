"""The page on what the package offers to Python, from its docstrings."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import masagraph
from masagraph.session.session import Session

HEAD = """\
# Python reference

<!-- Written by docs/generate.py from the docstrings of masagraph. Change those, not this page. -->

What `import masagraph` offers. [Python](python.md) shows how it is used, step by step. All else in
the package may change from version to version.

`Day` is a `datetime.date` or a text such as `"2024-06-01"`; `Names` is one name or several;
`PathName` is a path or a text.
"""
_ROLE = re.compile(r":(?:func|meth|class|mod):`~?([^`]+)`")
_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Example):\n", re.M)
_QUOTED = re.compile(r"(: |-> )'([^']*)'")
_WIDEST = 80
_HEADINGS = {"Args": "Takes", "Returns": "Gives", "Raises": "Raises", "Attributes": "Holds"}


def python_page() -> str:
    """Return the page."""
    parts = [HEAD, "## masagraph.open\n", _told(masagraph.open)]
    parts += ["## masagraph.Session\n", _prose(Session.__doc__ or "")]
    for name, member in inspect.getmembers_static(Session):
        if not name.startswith("_"):
            told = member.fget if isinstance(member, property) else member
            parts += [f"### {name}\n", _told(told, is_value=isinstance(member, property))]
    parts += ["## masagraph.MasagraphError\n", _prose(masagraph.MasagraphError.__doc__ or "")]
    parts += ["## masagraph.\\_\\_version\\_\\_\n", "The version of the package, a text.\n"]
    return "\n".join(parts)


def _told(function: Callable[..., Any], *, is_value: bool = False) -> str:
    """Return how something is called and what its docstring says."""
    kept = inspect.signature(function)
    own = [each for name, each in kept.parameters.items() if name != "self"]
    types = _QUOTED.sub(r"\1\2", str(kept.replace(parameters=own)))
    shown = function.__name__ if is_value else f"{function.__name__}{types}"
    if len(shown) > _WIDEST:
        given, _, result = types[1:].rpartition(") -> ")
        rows = "".join(f"    {each},\n" for each in given.split(", "))
        shown = f"{function.__name__}(\n{rows}) -> {result}"
    return f"```text\n{shown}\n```\n\n{_prose(inspect.getdoc(function) or '')}"


def _prose(text: str) -> str:
    """Return a docstring as Markdown: its sections as lists below a word."""
    parts = re.split(_SECTION, inspect.cleandoc(text))
    lead = _ROLE.sub(r"`\1`", parts[0]).replace("``", "`").strip()
    sections = (
        f"{_HEADINGS[name]}:\n\n" + "\n".join(f"- {item}" for item in _items(name, body))
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
        if name in _HEADINGS  # examples stand on the page that shows how it is used
    )
    return "\n\n".join([lead, *sections]) + "\n"


def _items(name: str, body: str) -> Iterator[str]:
    """Give the items of a section; what is given back is one, without a name."""
    lines = textwrap.dedent(body).strip()
    whole = [lines] if name == "Returns" else re.split(r"\n(?=\S)", lines)
    for item in whole:
        text = " ".join(_ROLE.sub(r"`\1`", item).replace("``", "`").split())
        what, colon, means = text.partition(": ")
        names = bool(colon) and name != "Returns"
        yield f"`{what}`: {means}" if names else text
