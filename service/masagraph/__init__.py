"""masagraph: how England's local safeguarding arrangements meet statutory guidance.

The ontology, the law, the data, the shapes and the queries are RDF, SHACL and SPARQL
files beside this package; the package only moves data between them.

    import masagraph as mg

    with mg.open() as data:
        print(data.assess("sefton", as_at="2022-01-01"))
"""

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

from masagraph.errors import MasagraphError

if TYPE_CHECKING:
    from masagraph.session.opening import open  # noqa: A004
    from masagraph.session.session import Session

__all__ = ["MasagraphError", "Session", "__version__", "open"]

__version__ = version("masagraph")

_LATE = {"open": "masagraph.session.opening", "Session": "masagraph.session.session"}
"""What is loaded when it is first asked for: the command line has no need of data frames."""

if not TYPE_CHECKING:

    def __getattr__(name):
        if name in _LATE:
            return getattr(import_module(_LATE[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
