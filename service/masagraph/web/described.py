"""The routes of the service as its own description (OpenAPI) has them, in a form for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route: its name, whether it stands in the path, and what it is for."""

    name: str
    in_path: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route.

    Attributes:
        method: such as ``GET``.
        path: the pattern of its address.
        title: a few words, where the description gives more than a name of our own.
        about: paragraphs on what it does.
        parameters: what it takes in its address.
        body: what a body is for, and in which media types it may be sent.
        formats: media types of an answer.
        errors: statuses of refusals.
        leads_on: when it answers with another address; empty where it never does.
        example: an address that works; empty where there is none to follow.
    """

    method: str
    path: str
    title: str
    about: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    body: tuple[str, tuple[str, ...]] | None
    formats: tuple[str, ...]
    errors: tuple[int, ...]
    leads_on: str
    example: str = ""

    @property
    def id(self) -> str:
        """Its place on a page."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.method} {self.path}".lower()).strip("-")


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one tag, with what all of them have in common.

    Attributes:
        name: the tag.
        operations: the operations, in the order of the description.
        formats: the media types of answers, where they are the same for most.
        errors: the statuses of refusals, where they are the same for most.
        parameters: what each of them takes.
    """

    name: str
    operations: tuple[Operation, ...]
    formats: tuple[str, ...]
    errors: tuple[int, ...]
    parameters: tuple[Parameter, ...]

    @property
    def id(self) -> str:
        """Its place on a page."""
        return "of-" + re.sub(r"[^a-z0-9]+", "-", self.name.lower())


def groups_of(description: Mapping[str, Any], titled: Sequence[str] = ()) -> tuple[Group, ...]:
    """Return the operations of a description by tag.

    Args:
        description: an OpenAPI description.
        titled: tags whose operations have titles that people wrote; those of the others are
            made of the names of functions.
    """
    tags: dict[str, list[Operation]] = {}
    for path, methods in description["paths"].items():
        for method, told in methods.items():
            tag = told.get("tags", ["Other"])[0]
            read = _operation(method.upper(), path, told)
            tags.setdefault(tag, []).append(read if tag in titled else replace(read, title=""))
    return tuple(_group(name, found) for name, found in tags.items())


def _group(name: str, found: list[Operation]) -> Group:
    return Group(
        name,
        tuple(found),
        _most([each.formats for each in found]),
        _most([each.errors for each in found]),
        tuple(p for p in found[0].parameters if all(p in each.parameters for each in found)),
    )


def statuses_of(groups: Sequence[Group]) -> list[int]:
    """Return every status of a refusal that the description knows."""
    return sorted({code for group in groups for op in group.operations for code in op.errors})


def _operation(method: str, path: str, told: Mapping[str, Any]) -> Operation:
    answers = told["responses"]
    body = told.get("requestBody")
    return Operation(
        method,
        path,
        told.get("summary", ""),
        tuple(" ".join(part.split()) for part in told.get("description", "").split("\n\n") if part),
        tuple(
            Parameter(each["name"], each["in"] == "path", each.get("description", ""))
            for each in told.get("parameters", ())
        ),
        (body.get("description", ""), tuple(body["content"])) if body else None,
        tuple(answers.get("200", {}).get("content", {})),
        tuple(sorted(_refusals(answers))),
        answers.get("303", {}).get("description", ""),
    )


def _refusals(answers: Mapping[str, Any]) -> Iterator[int]:
    for code, answer in answers.items():
        if PROBLEM in answer.get("content", {}):
            yield int(code)


def _most(kinds: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return what most have; of two that as many have, the first."""
    return max(kinds, key=kinds.count)
