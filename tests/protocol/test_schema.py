"""schemathesis: requests made up from the OpenAPI description, and answers held against it.

Whatever is sent, right or wrong, the answer has a status code and a media type that the route
declares, and a body of the declared shape. No answer is a 5xx but the documented 503.
"""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from addresses import ANSWERED, EMPTY, POSTED, SENT_ON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]

OPERATIONS = [
    *(("GET", path) for path in (*ANSWERED, *SENT_ON, *EMPTY)),
    *(("POST", path) for path in ("/sparql", *POSTED)),
]
WITHOUT_PARAMETERS = ("/health", "/ready", "/metrics")
"""Of these nothing wrong can be asked."""

ROWS = [
    pytest.param(method, path, mode, id=f"{method} {path}, {mode.value}")
    for method, path in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or path not in WITHOUT_PARAMETERS
]


@pytest.fixture(scope="module")
def described(server: str) -> OpenApiSchema:
    """What the running service says of itself."""
    return openapi.from_url(f"{server}/openapi.json")


def held_against_the_description(case: Case) -> None:
    response = case.call()
    case.validate_response(response, checks=CHECKS)
    assert response.status_code < 500 or response.status_code == 503


def test_what_is_not_declared_is_noticed(described: OpenApiSchema, server: str) -> None:
    """The tests below can fail."""
    raw: dict[str, Any] = copy.deepcopy(described.raw_schema)
    del raw["paths"]["/api/areas/{area}"]["get"]["responses"]["404"]
    less = openapi.from_dict(raw)
    less.config.update(base_url=server)
    for schema in (described, less):
        case = schema["/api/areas/{area}"]["GET"].Case(path_parameters={"area": "atlantis"})
        if schema is described:
            held_against_the_description(case)
        else:
            with pytest.raises(FailureGroup, match="Undocumented status code"):
                held_against_the_description(case)


@pytest.mark.parametrize(("method", "path", "mode"), ROWS)
def test_every_answer_is_one_that_is_declared(
    described: OpenApiSchema, method: str, path: str, mode: GenerationMode
) -> None:
    """With what may be sent and with what may not; half of it of a thing that is there."""
    operation = described[path][method]
    known = _named_in((ANSWERED | SENT_ON | EMPTY).get(path, path), path)

    @settings(
        max_examples=2 if path.startswith("/api/questions/") else 6,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans())
    def ask(case: Case, there: bool) -> None:
        if there and known:
            case.path_parameters = known
        held_against_the_description(case)

    ask()


def _named_in(address: str, path: str) -> dict[str, str]:
    """Read the values of a path's parameters off an address."""
    parts, values = path.split("/"), urlsplit(address).path.split("/")
    if parts[-1] == "{path}":
        values = [*values[: len(parts) - 1], "/".join(values[len(parts) - 1 :])]
    return {p.strip("{}"): v for p, v in zip(parts, values, strict=True) if p.startswith("{")}


def test_the_edges_of_every_parameter(server: str) -> None:
    """Its own run of each route: limits of types, what is lacking, doubled or not of a method.

    One question stands for all.
    """
    others = "/api/questions/(?!leads-and-delegates$)"
    names = [*(check.__name__ for check in CHECKS), "unsupported_method",
             "allow_header_conformance", "not_a_server_error"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli",
         "--config-file", str(Path(__file__).with_name("schemathesis.toml")),
         "run", f"{server}/openapi.json", "--phases", "coverage", "--checks", ",".join(names),
         "--exclude-path-regex", others, "--seed", "1", "--no-color"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]
    assert "Coverage" in done.stdout
