"""What the library adds to the directory of counterparts."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from laces.components import Component

from library.components import ToolList
from library.models import Tool, ToolVersion
from members.directory.contributions import PersonPart
from members.models import User

SHOWN = 10


def tools_of_person(person: User, reader: Any) -> Component | None:
    """The tools that somebody looks after or handed in, among those that the reader may see."""
    added = ToolVersion.objects.filter(tool=OuterRef("pk"), added_by=person)
    known = Tool.objects.visible_to(reader).filter(Q(contact=person) | Q(Exists(added)))
    tools = list(known.newest_first().for_lists()[:SHOWN])
    return PersonPart(_("Tools shared"), ToolList(tools)) if tools else None
