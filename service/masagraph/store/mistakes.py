"""What is wrong with a query that cannot be parsed, and at which place.

Oxigraph's parser tries each keyword on as many letters as the keyword has, and tells the
furthest place at which anything failed: often behind the mistake, at times at the end. So the
text is tried up to each of its words: the mistake is the first word up to which it fails before
its end. What could have stood there is what the parser asks for at the end of all before.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from masagraph.errors import QueryError
from masagraph.store.prefixes import missing_prefix
from masagraph.vocab import PREFIXES

NO_UPDATES = "Updates are not allowed: data changes through files and a build."
"""What is said to a query that would change the data."""

BEGIN = "Begin it with SELECT, ASK, CONSTRUCT or DESCRIBE, after any prefixes."
"""What is said to a text that does not begin as a query."""

_PROLOGUE = re.compile(r"\A(?:\s|#[^\n]*\n|prefix\s+\S*:\s*<[^>]*>|base\s*<[^>]*>)+", re.I)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"}
_BEGINNINGS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"}

_NO_PREFIX = "Prefix not found"
_TAIL = r"(?:@[\w-]+|\^\^(?:<[^>\s]*>|[\w.:%\\-]+))?"
_WORD = re.compile(
    rf"""<[^<>"{{}}|^`\\\s]*> | \#[^\n]*
    | "{{3}}.*?(?:"{{3}}|\Z){_TAIL} | '{{3}}.*?(?:'{{3}}|\Z){_TAIL}
    | "(?:[^"\\\n]|\\.)*"?{_TAIL} | '(?:[^'\\\n]|\\.)*'?{_TAIL}
    | [?$@]?[\w.:%\\-]+ | && | \|\| | [!<>]= | \^\^ | <<\(? | \)?>> | \{{\| | \|\}} | \S""",
    re.VERBOSE | re.DOTALL,
)
RULE = re.compile(r"[A-Z][A-Za-z]*(?: [\w*]+){2,}")
"""A rule of SPARQL as the parser words it."""

_ROOM = "\n" + " " * 40
"""More letters than any keyword has, so that trying one never reaches the end."""


def mistake(text: str, error: SyntaxError) -> QueryError:
    """Return the error for a query that the parser refuses.

    Args:
        text: the query.
        error: what the parser said of the whole of it.
    """
    at, said = _split(error)
    word = (re.findall(r"\w+", _PROLOGUE.sub("", text, count=1)) or [""])[0].upper()
    if word in _UPDATES:
        mend = NO_UPDATES
    elif word not in _BEGINNINGS:
        mend = BEGIN
    else:
        mend, (at, said) = "Correct the query at that place.", _found(text, (at, said))
        if at and _NO_PREFIX in said:
            missing = missing_prefix(text, at)
            if missing:
                return missing
    where = f"error at {at[0]}:{at[1]}: " if at else ""
    return QueryError(f"the query cannot be parsed: {where}{_short(said)}", mend, at=at)


def _found(
    text: str, told: tuple[tuple[int, int] | None, str]
) -> tuple[tuple[int, int] | None, str]:
    """Return the place of a mistake and what was expected there; else what was told of it."""
    words = list(_WORD.finditer(text))
    low, high = 0, len(words)  # the first words can go on, all of them cannot
    while high - low > 1:
        middle = (low + high) // 2
        if _goes_on(text[: words[middle - 1].end()]):
            low = middle
        else:
            high = middle
    if not words or _goes_on(text[: words[high - 1].end()]):
        return told
    wrong = words[high - 1]
    failed = _parse(text[: wrong.end()])
    if failed and _NO_PREFIX in failed[1]:
        return failed
    before = _parse(text[: wrong.start()].rstrip() + _ROOM)
    return _place(text, wrong.start()), before[1] if before else told[1]


def _goes_on(text: str) -> bool:
    """Whether a query can begin with a text: nothing fails before its end."""
    text += _ROOM
    failed = _parse(text)
    return failed is None or failed[0] == _place(text, len(text))


def _parse(text: str) -> tuple[tuple[int, int] | None, str] | None:
    """Return where a text fails and what was expected; None for one that is a query."""
    try:
        ox.Store().query(text, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        return _split(error)
    except (ValueError, OSError, RuntimeError):
        return None
    return None


def _split(error: SyntaxError) -> tuple[tuple[int, int] | None, str]:
    """Return line and column, from 1, of a message such as ``error at 2:8: …``, and the rest."""
    found = re.match(r"error at (\d+):(\d+): ", str(error))
    if not found:
        return None, str(error)
    return (int(found[1]), int(found[2])), str(error)[found.end() :]


def _place(text: str, index: int) -> tuple[int, int]:
    line = text.count("\n", 0, index) + 1
    return line, index - text.rfind("\n", 0, index)


def _short(said: str) -> str:
    """Return the parser's message with its list of what it expected cut to the first few.

    Where the text is well formed and breaks a rule, the parser puts the rule among what it
    expected, wherever the alphabet has it; then that alone is told.
    """
    head, sign, expected = said.partition("expected one of ")
    some = expected.split(", ")
    rules = [each for each in some if RULE.fullmatch(each)]
    if rules:
        return head + "; ".join(rules)
    return head + sign + ", ".join(some[:6]) + (", …" if len(some) > 6 else "")
