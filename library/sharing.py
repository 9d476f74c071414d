"""What must hold together when somebody says who sees a tool; the same in every form."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from library.enums import Licence, SharingLevel
from library.models import Tool
from news.models import WorkingGroup

SOURCES = ("derived_from", "translation_of")


def hidden_groups(tool: Tool, known: Iterable[WorkingGroup]) -> list[WorkingGroup]:
    """Working groups of a tool that somebody who knows only these does not: whoever edits the tool keeps them."""
    if not tool.pk:
        return []
    theirs = set(known)
    return [group for group in tool.groups.all() if group not in theirs]


def keep_hidden_sources(cleaned: dict[str, Any], tool: Tool, user: Any) -> None:
    """Tools that this one comes from and that this person does not see: whoever edits the tool keeps them."""
    for name in SOURCES:
        source = getattr(tool, name) if tool.pk and name in cleaned else None
        if source and not cleaned[name] and not source.is_visible_to(user):
            cleaned[name] = source


def check_sharing(form: forms.BaseForm, cleaned: dict[str, Any], hidden: Sequence[WorkingGroup] = ()) -> None:
    """Working groups go with their level and with no other; a public tool may be used outside the alliance."""
    if cleaned.get("sharing") != SharingLevel.GROUPS:
        cleaned["groups"] = WorkingGroup.objects.none()
    elif not cleaned.get("groups") and not hidden and "groups" not in form.errors:
        form.add_error("groups", _("Choose the working groups that will see this tool."))
    check_licence(form, cleaned)


def check_licence(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """What the public reads, the public may use."""
    if cleaned.get("sharing") == SharingLevel.PUBLIC and cleaned.get("licence") == Licence.ALLIANCE:
        form.add_error("licence", _("A public tool needs a licence that lets others use it. Choose another one."))


def all_groups(cleaned: dict[str, Any], hidden: Sequence[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """The groups that were chosen, and those that stay because the person does not know them."""
    if cleaned.get("sharing") != SharingLevel.GROUPS:
        return WorkingGroup.objects.none()
    keys = [group.pk for group in (*(cleaned.get("groups") or ()), *hidden)]
    return WorkingGroup.objects.filter(pk__in=keys)
