"""The service: SPARQL, the API, and pages. Read only."""
