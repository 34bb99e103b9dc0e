"""What somebody gives to be checked: which form it is in, and what it cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from masagraph.errors import BadValue
from masagraph.report.workbook import MEDIA_TYPE

TURTLE, TRIG, JSON_LD = "text/turtle", "application/trig", "application/ld+json"

PACKED = b"pk\x03\x04"
"""How a workbook begins, in small letters."""

_BY_ENDING = {
    ".ttl": TURTLE, ".nt": TURTLE, ".trig": TRIG, ".jsonld": JSON_LD, ".json": JSON_LD,
}  # fmt: skip
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])")
_NOT_READ = (
    (b"%PDF", "the file is a PDF, and a draft here is data",
     "Say what the document says as Turtle; the example shows how."),
    (b"\xd0\xcf\x11\xe0", "the file is an old Office file, or is locked with a password",
     "Save it as an Excel workbook (.xlsx) without a password."),
    (b"<?xml", "the file is XML, which is not read", "Save it as Turtle."),
    (b"<!doctype", "the file is a web page, or XML", "Give the data itself, as Turtle."),
    (b"<html", "the file is a web page", "Give the data itself, as Turtle."),
    (b"<rdf:rdf", "the file is RDF/XML, which is not read", "Save it as Turtle."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was given.

    Attributes:
        data: its bytes.
        name: the name of its file; empty when it was written into the page.
        text: what of it can be shown in the page again.
    """

    data: bytes
    name: str
    text: str

    @property
    def media_type(self) -> str:
        """The form that it is in: by the ending of its file, else by how it begins.

        Raises:
            BadValue: when it is nothing that can be read.
        """
        if not self.data.strip():
            raise BadValue("there is no draft", "Choose a file, or write into the box.")
        begin = self.data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        for sign, what, mend in _NOT_READ:
            if begin.startswith(sign.lower()):
                raise BadValue(what, mend)
        if begin.startswith(PACKED):
            return MEDIA_TYPE
        if self.name.lower().endswith(".nq"):
            raise BadValue("the file is N-Quads, which is not read", "Give it as TriG.")
        return _BY_ENDING.get(PurePath(self.name).suffix.lower()) or _form_of(self.data)


def _form_of(data: bytes) -> str:
    """Tell JSON-LD, TriG and Turtle apart; N-Triples are Turtle, and Turtle is TriG."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if _JSON.match(text):
        return JSON_LD
    return TRIG if "{" in text else TURTLE
