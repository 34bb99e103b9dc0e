"""SHACL: shapes compiled to SPARQL, and the reports of what they find."""
