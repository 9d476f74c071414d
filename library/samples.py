"""The pieces of this app in their states, for the style guide; made up and never saved."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from laces.components import Component

from library.asking.components import LibraryBar, RequestList
from library.audience import Audience
from library.components import DownloadButton, PagePictures, RelatedTools, ToolList, VersionList
from library.minutes.components import Minutes
from library.models import StoredFile, Tool, ToolRequest, ToolType, ToolVersion
from library.search.components import Result, ResultList
from library.search.passages import Passage, marked
from library.search.query import Term
from library.usage.charts import Bar, ColumnChart
from members.samples import sample_association
from news.models import Meeting

SOUGHT = [Term("modele", ("model",)), Term("sert", ("sert",))]


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
    yield ResultList([Result(tool, marked(tool.title, SOUGHT), marked(tool.summary, SOUGHT), _passage())])
    yield RelatedTools(tool, [dutch, source, adapted])
    yield DownloadButton(version)
    yield Audience("alliance", tool.association)
    yield Audience("groups", tool.association)
    first = ToolVersion(tool=tool, number=1, stored_file=file, file_name="contrat.pdf", added_on=date(2025, 3, 2))
    yield VersionList(tool, [version, first])
    yield PagePictures(version)
    yield ColumnChart("Nombres", [("janvier", 3), ("février", 0), ("mars", 12)])
    yield Bar(3, 12)
    yield LibraryBar(user, "/", 2)
    yield Minutes(Meeting(pk=1), [tool], coordinates=True)
    yield RequestList([_request(tool, 1), _request(tool, 2, answer="none", answer_note="Pas encore.")], user)


def _tool(pk: int, title: str, **fields: Any) -> Tool:
    """A tool that does not exist; ``pk`` only ties it to the others."""
    fields = {"language": "fr", "summary": "À quoi il sert, en une phrase."} | fields
    kind = ToolType(slug="modele", name_fr="Modèle", name_nl="Model")
    tool = Tool(slug="exemple", title=title, type=kind, association=sample_association(pk), **fields)
    tool.pk = pk
    tool.updated_on = date(2026, 3, 2)
    return tool


def _passage() -> Passage:
    """Words of a file that does not exist."""
    return Passage(3, marked("Ce modèle se remplit en dix minutes", SOUGHT), is_begun=True, is_cut=True)


def _request(tool: Tool, pk: int, **fields: Any) -> ToolRequest:
    """A request that nobody sent."""
    day = timezone.make_aware(datetime(2026, 3, 2))
    fields = {"created_at": day, "answered_at": day if fields else None} | fields
    return ToolRequest(pk=pk, type=tool.type, association=tool.association, message="Un mot.", **fields)
