"""Tools described with Dublin Core, so that other programs understand them.

Terms: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/. A record is the oai_dc of OAI-PMH, with the
refinements of DCMI Terms behind the fifteen elements.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from translated_fields import to_attribute

from home.languages import LANGUAGES
from library.enums import Licence
from library.files import content_type
from library.models import Tool

NAMESPACES = {
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
LICENCES = {
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Address = Callable[[Tool], str]
for prefix, uri in NAMESPACES.items():
    ElementTree.register_namespace(prefix, uri)


@dataclass(frozen=True)
class Term:
    """One thing that is said of a tool, such as ``dc:title``."""

    name: str
    value: str
    language: str = ""

    @property
    def meta_name(self) -> str:
        """Its name in the head of an HTML page (https://www.dublincore.org/specifications/dublin-core/dcq-html/)."""
        prefix, name = self.name.split(":")
        return f"{prefix.upper()}.{name}"


def describe(tool: Tool, address: Address, related: Iterable[Tool] = ()) -> list[Term]:
    """What is known of a tool; ``related`` are the tools it comes from that the reader may see."""
    terms = [*_elements(tool, address), *_refinements(tool), *_relations(tool, address, related)]
    return [term for term in terms if term.value]


def _elements(tool: Tool, address: Address) -> Iterator[Term]:
    version = tool.current_version
    yield Term("dc:title", tool.title, tool.language)
    yield Term("dc:creator", tool.author or str(tool.association))
    for theme in tool.themes.all():
        yield from _in_both_languages("dc:subject", theme)
    yield Term("dc:description", tool.summary, tool.language)
    yield Term("dc:publisher", tool.association.name)
    yield Term("dc:date", tool.updated_on.isoformat() if tool.updated_on else "")
    yield from _in_both_languages("dc:type", tool.type)
    yield Term("dc:format", content_type(version.stored_file.suffix) if version else "")
    yield Term("dc:identifier", address(tool))
    yield Term("dc:source", tool.origin, tool.language)
    yield Term("dc:language", tool.language)
    yield Term("dc:rights", tool.get_licence_display())


def _in_both_languages(name: str, record: object) -> Iterator[Term]:
    for language in LANGUAGES:
        yield Term(name, getattr(record, to_attribute("name", language)), language)


def _refinements(tool: Tool) -> Iterator[Term]:
    version = tool.current_version
    yield Term("dcterms:modified", version.added_on.isoformat() if version else "")
    yield Term("dcterms:valid", f"end={tool.review_on.isoformat()}" if tool.review_on else "")
    yield Term("dcterms:extent", f"{version.size} bytes" if version else "")
    yield Term("dcterms:license", LICENCES.get(Licence(tool.licence), ""))
    yield Term("dcterms:accessRights", tool.sharing)


def _relations(tool: Tool, address: Address, related: Iterable[Tool]) -> Iterator[Term]:
    for other in related:
        if other.pk == tool.derived_from_id:
            yield Term("dcterms:isVersionOf", address(other))
        if other.pk == tool.translation_of_id:
            yield Term("dcterms:isFormatOf", address(other))


def as_xml(records: list[list[Term]]) -> bytes:
    """One record as a document of its own, several inside one element."""
    elements = [_record(terms) for terms in records]
    if len(elements) == 1:
        root = elements[0]
    else:
        root = ElementTree.Element("records")
        root.extend(elements)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _record(terms: list[Term]) -> ElementTree.Element:
    record = ElementTree.Element(f"{{{NAMESPACES['oai_dc']}}}dc")
    for term in terms:
        prefix, name = term.name.split(":")
        element = ElementTree.SubElement(record, f"{{{NAMESPACES[prefix]}}}{name}")
        element.text = NOT_IN_XML.sub(" ", str(term.value))
        if term.language:
            element.set(XML_LANG, term.language)
    return record
