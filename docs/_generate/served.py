"""The pages on what the service answers: every route and format, each really asked."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import openpyxl
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from masagraph.report.workbook import MEDIA_TYPE

HERE = Path(__file__).parent
MOST_LINES, WIDEST, MOST_ITEMS = 16, 100, 1
STORED = "/api/questions/"


def pages(app: FastAPI) -> dict[str, str]:
    """Return the text of each page, by its name.

    Args:
        app: the service, over the store that was built.
    """
    environment = Environment(  # noqa: S701 - the pages are Markdown
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    with TestClient(app, follow_redirects=False) as client:
        asked = _Asked(client)
        values = {"show": asked.show, "operations": _operations(app), "asked": asked}
        return {
            f"{name}.md": environment.get_template(f"{name}.md.jinja").render(values)
            for name in ("api", "sparql")
        }


@dataclass(frozen=True)
class Operation:
    """A route with a method, as the OpenAPI document declares it."""

    name: str
    declared: dict[str, Any]
    example: dict[str, str]

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """What may be given in the address."""
        return list(self.declared.get("parameters", ()))

    @property
    def summary(self) -> str:
        """What it does, in a sentence or two."""
        return str(self.declared["description"])

    @property
    def formats(self) -> list[str]:
        """Media types of its answer."""
        return list(self.declared["responses"]["200"]["content"])

    @property
    def statuses(self) -> list[str]:
        """Every status that it may answer with."""
        return sorted(self.declared["responses"])

    @property
    def accepted(self) -> list[str]:
        """Media types of the body that it takes."""
        return list(self.declared.get("requestBody", {}).get("content", ()))


def _operations(app: FastAPI) -> list[Operation]:
    """Return every operation but those of single questions, and of /sparql.

    Raises:
        KeyError: when one has no example.
    """
    examples = tomllib.loads((HERE / "examples.toml").read_text(encoding="utf-8"))
    found = []
    for path, methods in app.openapi()["paths"].items():
        for method, declared in methods.items():
            name = f"{method.upper()} {path}"
            if path.startswith(STORED):
                name = f"GET {STORED}{{name}}"  # one question shows what all of them give
                if name not in examples or examples[name]["path"].split("?")[0] != path:
                    continue
            if path == "/sparql":
                continue
            found.append(Operation(name, declared, examples.pop(name)))
    if examples:
        raise KeyError(f"examples of no route: {', '.join(examples)}")
    return found


class _Asked:
    """Asks the service, and shows request and answer."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._version = client.get("/health").json()["data_version"]
        self._snapshot = client.get("/ready").json()["snapshot"]

    def show(
        self, request: str, accept: str = "", body: str = "", kind: str = "", most: int = MOST_LINES
    ) -> str:
        """Return a request and its answer as two fenced blocks.

        Args:
            request: method and path, such as ``GET /health``.
            accept: the Accept header; none when empty.
            body: the body, or the name of a file beside this one.
            kind: the body's media type.
            most: lines of the answer to show.
        """
        method, path = request.split(" ", 1)
        file = HERE / body
        content = file.read_text(encoding="utf-8") if body.endswith(".ttl") else body
        headers = {"Accept": accept} if accept else {"Accept": "*/*"}
        if kind:
            headers["Content-Type"] = kind
        answer = self._client.request(method, path, headers=headers, content=content or None)
        sent = [f"{method} {path}"]
        sent += [f"{name}: {value}" for name, value in headers.items() if value != "*/*"]
        if content:
            sent += ["", *_some(content.splitlines(), 8)]
        lines = [f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}"]
        for name in ("content-type", "location", "allow", "masagraph-truncated", "retry-after"):
            if name in answer.headers:
                lines.append(f"{name}: {answer.headers[name]}")
        shown = "\n".join(lines + (["", *self._body(answer, most)] if answer.content else []))
        return f"```http\n{chr(10).join(sent)}\n```\n\n```text\n{shown}\n```"

    def _body(self, answer: Any, most: int) -> Iterator[str]:
        kind = answer.headers["content-type"]
        if kind == MEDIA_TYPE:
            sheets = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).sheetnames
            yield f"(a workbook with the sheets {', '.join(sheets)})"
            return
        if kind == "image/png":
            yield "(a picture)"
            return
        text = answer.text.replace("http://testserver", "http://127.0.0.1:8000")
        # The version changes with every change of the data; the page need not.
        text = text.replace(self._version, "2026-11-22-0123abcd").replace(self._snapshot, "x1y2z3")
        text = re.sub(r"\b[0-9a-f]{26,32}\b", "b1", text)  # a blank node's name
        text = re.sub(r'"at_once":\s*\d+', '"at_once": 8', text)  # as on two cores
        if "json" in kind:
            text = json.dumps(_brief(json.loads(text)), indent=1, ensure_ascii=False)
        elif "html" in kind:
            text = re.sub(r"\s*\n\s*", "\n", text)
        elif "csv" in kind or "separated" in kind:
            most = min(most, 4)
        elif "turtle" in kind:
            text = re.sub(r"(?m)(^@prefix .*\n)+", "@prefix …\n", text)
        elif "xml" in kind:
            text = re.sub(r">\s*<", ">\n<", text)
        elif "plain" in kind:
            text = "\n".join(line for line in text.splitlines() if " " not in line[-4:])
            text = re.sub(r"(?m) [\d.e+-]+$", " 1.0", text)
        yield from (_cut(line.rstrip()) for line in _some(text.splitlines(), most))


def _brief(value: Any) -> Any:
    """Return JSON with no more than the first of every list, and an ellipsis for the rest."""
    if isinstance(value, list):
        more = ["…"] if len(value) > MOST_ITEMS else []
        return [_brief(item) for item in value[:MOST_ITEMS]] + more
    if isinstance(value, dict):
        return {key: _brief(item) for key, item in value.items()}
    return value


def _some(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], "…"]


def _cut(line: str) -> str:
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
