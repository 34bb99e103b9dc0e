"""Every setting, in one class. Nothing is read at import."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
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
    host: str = Field(default="127.0.0.1", description="Address that `masagraph serve` listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port that `masagraph serve` listens on."
    )
    base_url: str = Field(
        default="", description="Prefix that makes links absolute, without a final slash."
    )
    max_rows: int = Field(
        default=100_000,
        ge=1,
        description="Most rows or triples that one answer holds; a cut answer says so.",
    )
    max_body: int = Field(
        default=5_000_000, ge=1, description="Largest request body that is read, in bytes."
    )
    max_query: int = Field(
        default=20_000, ge=1, description="Longest query that is read, in characters."
    )
    traceback: bool = Field(
        default=False,
        description="Show the traceback of a fault of masagraph itself, for a report of it.",
    )
