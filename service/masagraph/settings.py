"""Every setting, in one class. Nothing is read at import."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from limits import parse
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from masagraph.errors import BadValue


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        BadValue: for a value that is not of its kind, with the name of its variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"MASAGRAPH_{str(first['loc'][0]).upper()}"
        raise BadValue(
            f"{name} is {first['input']!r}: {first['msg'].lower()}", "See docs/settings.md."
        ) from error


class Settings(BaseSettings):
    """Settings, each an environment variable ``MASAGRAPH_…`` (see ``docs/settings.md``)."""

    model_config = SettingsConfigDict(env_prefix="MASAGRAPH_", extra="ignore")

    store: Path | None = Field(
        default=None,
        description=(
            "Folder of the store. Default: .masagraph in a checkout, else the user's data folder."
        ),
    )
    endpoint: str = Field(
        default="",
        description=(
            "Address of a SPARQL 1.1 endpoint that `masagraph serve` asks instead of a store. "
            "It wins over MASAGRAPH_STORE; empty for none."
        ),
    )
    host: str = Field(default="127.0.0.1", description="Address that `masagraph serve` listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port that `masagraph serve` listens on."
    )
    base_url: str = Field(
        default="", description="Prefix that makes links absolute, without a final slash."
    )
    contact: str = Field(
        default="",
        description="Whom corrections are sent to: an e-mail address, or the address of a page.",
    )
    max_rows: int = Field(
        default=100_000,
        ge=1,
        description="Most rows or triples that one answer holds; a cut answer says so.",
    )
    max_body: int = Field(
        default=5_000_000, ge=1, description="Largest request body that is read, in bytes."
    )
    body_seconds: float = Field(
        default=30, gt=0, description="Seconds within which a request's body must have come."
    )
    max_query: int = Field(
        default=20_000, ge=1, description="Longest query that is read, in characters."
    )
    max_answer: int = Field(
        default=50_000_000,
        ge=1,
        description="Most bytes of one answer, counted as TSV or N-Triples; a cut answer says so.",
    )
    query_seconds: float = Field(
        default=30, gt=0, description="Seconds after which a query is killed."
    )
    query_memory: int = Field(
        default=500_000_000,
        ge=50_000_000,
        description="Bytes of memory that one query may take beyond the data (Linux only).",
    )
    workers: int = Field(
        default=0,
        ge=0,
        description="Queries that run at one time; 0 takes four for each core, and at least 8.",
    )
    client_share: int = Field(
        default=0,
        ge=0,
        description="How many of them one client may have; 0 takes half of them.",
    )
    queue_length: int = Field(
        default=256, ge=1, description="Requests that may wait for a turn; half for one client."
    )
    queue_seconds: float = Field(
        default=20, gt=0, description="Seconds that a request waits for a turn."
    )
    client_rate: str = Field(
        default="100000/minute",
        description="Most requests of one client, such as 600/minute; empty for no limit.",
    )
    trusted_proxies: str = Field(
        default="",
        description=(
            "Addresses of proxies, with commas between, whose X-Forwarded-For tells the client. "
            "Empty trusts none."
        ),
    )
    reload_seconds: float = Field(
        default=1, gt=0, description="How often to look whether a build has made a newer store."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least weight of a line in the service's log."
    )
    traceback: bool = Field(
        default=False,
        description="Show the traceback of a fault of masagraph itself, for a report of it.",
    )

    @field_validator("client_rate")
    @classmethod
    def _rate_is_one(cls, value: str) -> str:
        if value:
            parse(value)
        return value
