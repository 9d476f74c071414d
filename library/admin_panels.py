"""What the form of a tool shows without letting it be edited."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.panels import Panel

from library.enums import SharingLevel
from library.models import Tool, ToolVersion
from members.models import User


def readers(tool: Tool) -> QuerySet[User]:
    """The people who see a tool because of how it is shared; editors see every tool besides."""
    people = User.objects.active()
    groups = list(tool.groups.all()) if tool.sharing == SharingLevel.GROUPS else []
    if tool.sharing in (SharingLevel.ALLIANCE, SharingLevel.PUBLIC) or any(group.is_open for group in groups):
        return people
    inside = Q(association=tool.association) | Q(working_groups__in=groups) | Q(coordinated_groups__in=groups)
    return people.filter(inside).distinct()


class ToolPanel(Panel):
    """A part of the form that only shows."""

    def __init__(self, template_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.template_name = template_name

    def clone_kwargs(self) -> dict[str, Any]:
        """What a copy of the panel is made with."""
        return {**super().clone_kwargs(), "template_name": self.template_name}

    class BoundPanel(Panel.BoundPanel):
        """The panel of one tool."""

        @property
        def template_name(self) -> str:
            """The template that the panel was made with."""
            return self.panel.template_name

        def is_shown(self) -> bool:
            """A tool that is being added has nothing to show yet."""
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The tool, its versions, and how many people see it."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["tool"] = self.instance
            context["versions"] = ToolVersion.objects.filter(tool=self.instance.pk).newest_first()
            context["reader_count"] = readers(Tool.objects.get(pk=self.instance.pk)).count()
            return context
