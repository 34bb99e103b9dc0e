"""Compiled queries with one thing changed in each, to see that the tests would notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TRIPLE = re.compile(r"^(\s*(?:\w* ?\{ )?)(\S+) (\S+) (\S+) \.( \})?$")
_CONDITION = re.compile(r"(?<= )(<=|>=|<|>|!=|=)(?= )")
_FLIPPED = {"<=": ">", ">=": "<", "<": ">=", ">": "<=", "!=": "=", "=": "!="}
_LISTED = re.compile(r"^(\s*(?:MINUS \{ )?VALUES \?(?!shape)\w+ \{ )(.+?)( \}(?: \})?)$")
_IN = re.compile(r"^(.* IN \( )(.+?)( \).*)$")
_STEPS = re.compile(r"(?<=[\w>)])([*+?])(?=[/|) ])")
_OTHER_STEPS = {"*": "+", "+": "*", "?": "+"}


def mutants(query: str) -> Iterator[tuple[str, str]]:
    """Yield what was changed, and the query with that change."""
    lines = query.splitlines()
    start = next(at for at, line in enumerate(lines) if line == "WHERE {") + 1
    for at in range(start, len(lines) - 1):
        line = lines[at]
        for what, changed in _of_line(line):
            yield f"{what}: {line.strip()}", "\n".join([*lines[:at], changed, *lines[at + 1 :]])
        for word in ("MINUS", "OPTIONAL", "FILTER NOT EXISTS", "FILTER EXISTS", "FILTER"):
            if line.strip().startswith(f"{word} "):
                end = _end_of(lines, at)
                told = " ".join(part.strip() for part in lines[at : end + 1])
                yield f"drop: {told}", "\n".join([*lines[:at], *lines[end + 1 :]])
                break
        if line.strip().startswith("UNION {"):
            end = _end_of(lines, at)
            told = " ".join(part.strip() for part in lines[at : end + 1])
            yield f"drop: {told}", "\n".join([*lines[:at], *lines[end + 1 :]])


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    """Yield the changes of one line by itself."""
    triple = _TRIPLE.match(line)
    if triple and triple[3] != "a":
        head, s, p, o, tail = triple.groups()
        yield "turn", f"{head}{s} ^({p}) {o} .{tail or ''}"
        for match in _STEPS.finditer(p):
            at = triple.start(3) + match.start()
            yield "steps", line[:at] + _OTHER_STEPS[match[0]] + line[at + 1 :]
    if "FILTER" in line or "HAVING" in line:
        for match in _CONDITION.finditer(line):
            flipped = _FLIPPED[match[0]]
            yield f"flip {match[0]}", line[: match.start()] + flipped + line[match.end() :]
    yield from _of_values(line)


def _of_values(line: str) -> Iterator[tuple[str, str]]:
    """Yield the changes that leave one term out of a VALUES or an IN."""
    for listed in filter(None, (_LISTED.match(line), _IN.match(line))):
        between = ", " if "," in listed[2] else " "
        terms = listed[2].split(between)
        for at in range(len(terms)):
            rest = between.join([*terms[:at], *terms[at + 1 :]])
            yield f"unlist {terms[at]}", f"{listed[1]}{rest}{listed[3]}"


def _end_of(lines: list[str], at: int) -> int:
    """Return the line on which what begins on a line ends, by the depth of its brackets."""
    depth = 0
    for end in range(at, len(lines)):
        text = re.sub(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>', "", lines[end])
        depth += sum(text.count(c) for c in "{(") - sum(text.count(c) for c in "})")
        if depth <= 0:
            return end
    return len(lines) - 1
