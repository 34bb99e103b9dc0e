"""The queries that find the faults of one duty, to be read and to be run elsewhere."""

from __future__ import annotations

from rdflib import URIRef

from masagraph.assessment.compiled import Compiled
from masagraph.assessment.view import View


def queries_of(view: View, duty: str) -> str:
    """Return the queries of a duty as one text, each with a heading in comments.

    Args:
        view: what is in view of the arrangement that they are to test.
        duty: the IRI of the duty.
    """
    program = Compiled().narrowed(view.store, [duty])
    focus = URIRef(view.focus) if view.documents else None
    parts = [query.text(focus) for query in program.queries]
    parts += [f"# {refused.shape} has no query: {refused.why}.\n" for refused in program.refused]
    return "\n".join(parts) or "# No shape tests this duty.\n"
