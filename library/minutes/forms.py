"""Which tools are the minutes of a meeting."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from library.models import Tool
from news.models import Meeting

OFFERED = 30


def offered_for(meeting: Meeting, user: Any) -> QuerySet[Tool]:
    """The newest tools that the group's readers may see, and those that were chosen before."""
    shared = Tool.objects.visible_to(user).filter(groups=meeting.group, minutes_of=None).newest_first()
    newest = list(shared.values_list("pk", flat=True)[:OFFERED])
    return Tool.objects.visible_to(user).filter(Q(pk__in=newest) | Q(minutes_of=meeting)).newest_first()


class ToolsField(forms.ModelMultipleChoiceField):
    """Boxes to tick, each with a tool's title in its own language and the day of its last version."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Titles of minutes are alike: the day tells them apart."""
        day = date_format(obj.updated_on, "j F Y") if obj.updated_on else ""
        return format_html('<span lang="{}">{}</span> <span class="meta">{}</span>', obj.language, obj.title, day)


class MinutesForm(forms.Form):
    """Tools that are shared with the group, as boxes to tick: minutes may be in both languages."""

    tools = ToolsField(
        Tool.objects.none(),
        label=_("Tools shared with this group"),
        required=False,
        error_messages={"invalid_choice": _("One of these tools is no longer shared with the group.")},
    )

    def __init__(self, *args: Any, meeting: Meeting, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.offered = offered_for(meeting, user)
        tools: Any = self.fields["tools"]
        tools.queryset = self.offered
        tools.initial = [tool.pk for tool in self.offered if tool.minutes_of_id == meeting.pk]

    @transaction.atomic
    def save(self) -> None:
        """Tie the ticked tools to the meeting, and the others of the list no longer."""
        chosen = {tool.pk for tool in self.cleaned_data["tools"]}
        offered = {tool.pk for tool in self.offered}
        Tool.objects.filter(pk__in=offered - chosen, minutes_of=self.meeting).update(minutes_of=None)
        Tool.objects.filter(pk__in=chosen).update(minutes_of=self.meeting)
