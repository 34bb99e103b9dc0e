"""The engines by name; one of each a process, as each keeps what it has compiled or parsed."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from masagraph.assessment.compiled import Compiled
from masagraph.assessment.engine import Engine, PySHACL


class EngineName(StrEnum):
    """What runs the shapes."""

    compiled = "compiled"
    pyshacl = "pyshacl"


@cache
def engine_of(name: EngineName = EngineName.compiled) -> Engine:
    """Return the engine of a name; both find the same, and pySHACL says what is right."""
    return Compiled() if name is EngineName.compiled else PySHACL()
