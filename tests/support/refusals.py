"""What tests of refusals share: where a text names the traps, and how a refusal looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api_answers import PROBLEM
from fastapi.testclient import TestClient
from httpx2 import Response

if TYPE_CHECKING:
    from tests.protocol.conftest import Traps

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
TURTLE, JSONLD = "text/turtle", "application/ld+json"
CHECK = "/api/check"
ASK = "ASK { area:kent a masa:SafeguardingArea }"

WEB, FILE = "{web}", "{file}"
"""Where a query or a draft names the socket's address, and the file's."""


def refused(answer: Response, traps: Traps, *codes: int) -> str:
    """Return the detail of a refusal, after a look at the traps."""
    traps.unsprung()
    assert answer.status_code in (codes or (400,)), answer.text[:300]
    assert answer.headers["content-type"] == PROBLEM
    assert traps.canary.words not in answer.text
    return str(answer.json()["detail"])


def check(client: TestClient, content: str | bytes, kind: str, **headers: str) -> Response:
    return client.post(CHECK, content=content, headers={"content-type": kind, **headers})
