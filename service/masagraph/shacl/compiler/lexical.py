"""When a literal is well-formed: regular expressions by datatype, as XPath and Python read them."""

from __future__ import annotations

from rdflib import RDF, XSD, Literal
from rdflib.term import Node

from masagraph.shacl.compiler.refusal import Refusal
from masagraph.shacl.compiler.terms import Terms

_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = (
    r"([0-9]{4,}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|([0-9]{2,}(0[48]|[2468][048]|[13579][26])|[0-9]*([02468][048]|[13579][26])00)-02-29)"
)
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_DECIMAL = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"

FORMS: dict[Node, str] = {
    XSD.boolean: "true|false|1|0",
    XSD.integer: "[+-]?[0-9]+",
    XSD.decimal: _DECIMAL,
    XSD.double: _DECIMAL + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    XSD.float: _DECIMAL + "([eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    XSD.date: f"-?{_DAY}{_ZONE}",
    XSD.dateTime: f"-?{_DAY}T{_TIME}{_ZONE}",
    XSD.time: _TIME + _ZONE,
    XSD.gYear: f"-?[0-9]{{4,}}{_ZONE}",
    XSD.gYearMonth: f"-?[0-9]{{4,}}-(0[1-9]|1[0-2]){_ZONE}",
}
"""How the text of a literal of each datatype must look."""

ANY_FORM = (XSD.string, XSD.anyURI, RDF.langString, RDF.HTML)
"""Datatypes of which every text is a literal."""


def is_well_formed(variable: str, datatype: Node, terms: Terms) -> str:
    """Return the SPARQL expression that is true of well-formed literals of a datatype.

    Raises:
        Refusal: when the datatype is one of XML Schema whose form is not known here. Stores keep
            the types derived from xsd:integer as plain integers, so they cannot be told apart.
    """
    test = f"DATATYPE({variable}) = {terms.text(datatype)}"
    if datatype in FORMS:
        form = terms.text(Literal(f"^({FORMS[datatype]})$"))
        return f"{test} && REGEX(STR({variable}), {form})"
    if datatype not in ANY_FORM and str(datatype).startswith(str(XSD)):
        raise Refusal(f"sh:datatype {terms.text(datatype)} is not compiled")
    return test
