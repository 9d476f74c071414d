"""What the form of a tool shows without letting it be edited."""

from typing import Any

from wagtail.admin.panels import Panel

from library.audience import Audience
from library.models import Tool, ToolVersion


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
            """The tool, its versions, and who sees it."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["tool"] = self.instance
            context["versions"] = ToolVersion.objects.filter(tool=self.instance.pk).newest_first()
            saved = Tool.objects.get(pk=self.instance.pk)
            context["audience"] = Audience.of(saved, self.request.user)
            return context
