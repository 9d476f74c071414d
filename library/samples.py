"""The pieces of this app in their states, for the style guide; made up and never saved."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from laces.components import Component

from library.components import DownloadButton, RelatedTools, ToolList
from library.models import StoredFile, Tool, ToolType, ToolVersion
from members.samples import sample_association


def samples(user: Any) -> Iterator[Component]:
    """Tools in both languages, with and without a file; what they come from; the file to take."""
    tool = _tool(1, "Modèle de contrat", translation_of_id=2, derived_from_id=3)
    dutch = _tool(2, "Modelcontract", language="nl", summary="Waarvoor het dient, in één zin.")
    source = _tool(3, "Modèle dont il vient")
    adapted = _tool(4, "Modèle adapté", derived_from_id=1)
    file = StoredFile(suffix=".pdf", size=48_000)
    version = ToolVersion(tool=tool, number=2, stored_file=file, file_name="contrat.pdf", added_on=date(2026, 3, 2))
    tool.current_version = version
    yield ToolList([tool, dutch])
    yield RelatedTools(tool, [dutch, source, adapted])
    yield DownloadButton(version)


def _tool(pk: int, title: str, **fields: Any) -> Tool:
    """A tool that does not exist; ``pk`` only ties it to the others."""
    fields = {"language": "fr", "summary": "À quoi il sert, en une phrase."} | fields
    kind = ToolType(name_fr="Modèle", name_nl="Model")
    tool = Tool(slug="exemple", title=title, type=kind, association=sample_association(pk), **fields)
    tool.pk = pk
    tool.updated_on = date(2026, 3, 2)
    return tool
