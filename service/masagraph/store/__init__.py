"""One protocol for every store; the embedded one; and what no query may ask."""
