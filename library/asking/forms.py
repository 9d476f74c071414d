"""Forms for asking associations for tools, and for answering."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from library.asking.side_by_side import themes_for
from library.models import Theme, Tool, ToolRequest, ToolType
from members.filters import UNKNOWN_CHOICE


class ThemeForm(forms.Form):
    """Narrows a type of tool to one theme; a theme that is unknown is told, and all are shown."""

    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        help_text=_("With the number of associations that share one."),
        error_messages={"invalid_choice": UNKNOWN_CHOICE},
    )

    def __init__(self, data: Mapping[str, Any], *, kind: ToolType, user: Any) -> None:
        super().__init__(data, use_required_attribute=False)
        themes = themes_for(user, kind)
        self.themes = {theme.slug: theme for theme, _number in themes}
        field: Any = self.fields["theme"]
        field.choices = [("", _("All")), *((theme.slug, f"{theme} ({number})") for theme, number in themes)]

    @property
    def chosen(self) -> Theme | None:
        """The theme, if one is chosen."""
        return self.themes.get(self.cleaned_data.get("theme", "")) if self.is_valid() else None


class AskForm(forms.Form):
    """A word with a request."""

    message = forms.CharField(
        label=_("A word to them"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you need it for, for example. Your name and your association are in the letter."),
    )


class GiveForm(forms.Form):
    """Answers with a tool that the association has already."""

    tool = forms.ModelChoiceField(Tool.objects.none(), label=_("Tool"), empty_label=_("Choose one"))

    def __init__(self, *args: Any, request: ToolRequest, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        own = Tool.objects.visible_to(by).filter(association=request.association)
        self.fields["tool"].queryset = own.select_related("type").order_by("title")  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_tool(self) -> Tool:
        """Whoever asked must be able to open the answer."""
        tool: Tool = self.cleaned_data["tool"]
        asker = self.request.asked_by
        if asker is not None and not tool.is_visible_to(asker):
            message = _("%(name)s cannot see this tool. Change who sees it first, then answer.")
            raise ValidationError(message, code="hidden", params={"name": str(asker)})
        return tool


class NoneForm(forms.Form):
    """Answers that there is no such tool."""

    note = forms.CharField(
        label=_("A word with the answer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: we use the model of another association, or we plan to write one in spring."),
    )
