"""SPARQL text as tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from masagraph.shacl.compiler.refusal import Refusal

_TOKEN = re.compile(
    r"""
    (?P<gap>(?:\s|\#[^\n]*(?:\n|\Z))+)
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
      |\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.-]*\w)
  | (?P<name>(?:[A-Za-z](?:[\w.-]*[\w-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)
      (?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?<!\.))?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>\^\^|&&|\|\||!=|<=|>=|[-{}()\[\].,;=<>!*+/|^?])
    """,
    re.X | re.S,
)


@dataclass(frozen=True)
class Token:
    """A token of SPARQL.

    Attributes:
        kind: ``iri``, ``string``, ``variable``, ``blank``, ``name``, ``language``, ``number``,
            ``word`` or ``mark``.
        text: its text; a variable's always begins with a question mark.
        gap: the space before it: none, one blank, or a line break.
    """

    kind: str
    text: str
    gap: str = ""

    def is_word(self, *words: str) -> bool:
        """Whether it is one of some keywords, whatever its case."""
        return self.kind == "word" and self.text.upper() in words

    def is_mark(self, *marks: str) -> bool:
        """Whether it is one of some punctuation marks."""
        return self.kind == "mark" and self.text in marks


def read_tokens(text: str) -> list[Token]:
    """Part a text into tokens; comments are left out.

    Raises:
        Refusal: when some of it is no SPARQL.
    """
    tokens, at, gap = [], 0, ""
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Refusal(f"the SPARQL cannot be read at {text[at : at + 20]!r}")
        at = match.end()
        if match.lastgroup == "gap":
            gap = "\n" if "\n" in match[0] else " "
            continue
        kind = match.lastgroup or ""
        word = "?" + match[0][1:] if kind == "variable" else match[0]
        tokens.append(Token(kind, word, gap))
        gap = ""
    return tokens


def variables(tokens: Sequence[Token]) -> set[str]:
    """Return the variables among tokens."""
    return {token.text for token in tokens if token.kind == "variable"}


def written(tokens: Sequence[Token]) -> list[str]:
    """Return tokens as lines, broken where the author broke them."""
    lines, line = [], ""
    for token in tokens:
        if token.gap == "\n" and line:
            lines.append(line)
            line = "    " + token.text
        else:
            line += (token.gap if line else "") + token.text
    return [*lines, line] if line else lines
