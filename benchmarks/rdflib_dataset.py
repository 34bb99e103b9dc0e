"""Serve the N-Quads of a store with rdflib-endpoint.

    python benchmarks/rdflib_dataset.py all.nq 8080

``rdflib-endpoint serve`` takes the union of all graphs for the default graph. That of a store
leaves out the findings on earlier days, so here it is the one that the file says.
"""

from __future__ import annotations

import gc
import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint


def main() -> None:
    """Read a file of quads, and serve it."""
    quads, port = sys.argv[1:]
    data = Dataset(default_union=False)
    # All of it stays, so the collector would look through it again and again in vain.
    gc.disable()
    data.parse(quads, format="nquads")
    gc.freeze()
    gc.enable()
    uvicorn.run(SparqlEndpoint(graph=data), host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main()
