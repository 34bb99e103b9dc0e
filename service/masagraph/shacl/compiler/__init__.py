"""Shapes compiled to SPARQL: one SELECT a fault, over all that is looked at."""
