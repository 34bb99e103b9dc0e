"""The page on the settings, from the class that holds them."""

from __future__ import annotations

from pathlib import Path
from types import NoneType, UnionType
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from masagraph.settings import Settings

_TYPES: dict[object, str] = {
    Path: "a path",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "`true` or `false`",
}
_BOUNDS = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}

SETTINGS = """\
# Settings

<!-- Written by docs/generate.py from service/masagraph/settings.py. Change that, not this page. -->

Settings are environment variables whose names begin with `MASAGRAPH_`. They are read when a
command or the service starts. An option of a command, such as `--store`, wins over its setting. A
value that does not fit stops the command.

The store is found in this order: the option `--store`, the setting `MASAGRAPH_STORE`, the folder
`.masagraph` of a checkout, the data folder of the user.

| setting | value | default | what it does |
|---|---|---|---|
"""


def settings_page() -> str:
    """Return the page on the settings."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    rows = [
        f"| `{prefix}{name.upper()}` | {_type(field)} | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return SETTINGS + "\n".join(rows) + "\n"


def _type(field: FieldInfo) -> str:
    kind = field.annotation
    if isinstance(kind, UnionType):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(kind))
    bounds = [
        f"{words} {value:,}"
        for item in field.metadata
        for bound, words in _BOUNDS.items()
        if (value := getattr(item, bound, None)) is not None
    ]
    return ", ".join([_TYPES.get(kind, str(kind)) if kind else "text", *bounds])


def _default(field: FieldInfo) -> str:
    if field.default is None:
        return "none"
    if field.default == "":
        return "empty"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
