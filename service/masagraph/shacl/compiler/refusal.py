"""What the compiler does not compile, said by name."""

from __future__ import annotations

from masagraph.errors import MasagraphError


class Refusal(MasagraphError):
    """A construct of a shape that has no query; the shape goes to pySHACL instead."""
