"""masagraph: how England's local safeguarding arrangements meet statutory guidance.

The ontology, the law, the data, the shapes and the queries are RDF, SHACL and SPARQL
files beside this package; the package only moves data between them.
"""

from importlib.metadata import version

__version__ = version("masagraph")
