"""Build the law alone and a further data folder, in a process that a test may kill.

Run as ``python -m small_build ROOT STORE DATA``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from masagraph.assessment.publish import build
from masagraph.errors import MasagraphError
from masagraph.resources import Resources

if __name__ == "__main__":
    root, store, data = map(Path, sys.argv[1:])
    try:
        build(Resources(root, is_checkout=False), store, [data])
    except MasagraphError as error:
        sys.stderr.write(f"masagraph: {error.line()}\n")
        sys.exit(2)
