"""Tools by what people call them: a free last part of an address, and a field that takes a title or an address."""

import re
from typing import Any

from django import forms
from django.db.models.functions import Upper
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from library.models import Tool

SLUG_LENGTH = 80  # characters, as Tool.slug
IN_BRACKETS = re.compile(r"\(([-\w]+)\)\s*$")


def free_slug(title: str) -> str:
    """The last part of an address for a new tool, which no other has."""
    wanted = slugify(title)[: SLUG_LENGTH - 8].strip("-") or "document"
    taken = set(Tool.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug


def label_of(tool: Tool, is_unique: bool = True) -> str:
    """A tool as the field shows it: its title, with its slug where titles are alike."""
    return tool.title if is_unique else f"{tool.title} ({tool.slug})"


class ToolByNameField(forms.CharField):
    """A tool that the person may see, by its title or the address of its page; a list would be too long."""

    default_error_messages = {
        "unknown": _("No tool that you can see has this title or address. Type some letters of its title."),
        "several": _("Several tools have this title. Add one of these at its end: %(slugs)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "max_length": 300} | kwargs))
        self.visible = Tool.objects.none()

    def prepare_value(self, value: Any) -> Any:
        """Show the title of a tool that is saved, if the person may see it; what somebody typed is shown as it is."""
        if isinstance(value, Tool):
            value = value.pk
        if not isinstance(value, int):
            return value
        title = Tool.objects.filter(pk=value).values(folded=Upper("title"))[:1]
        alike = {tool.pk: tool for tool in self.visible.annotate(folded=Upper("title")).filter(folded=title)}
        return label_of(alike[value], len(alike) == 1) if value in alike else None

    def clean(self, value: Any) -> Any:
        """The tool, or None; raises ValidationError when none or several go by that name."""
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        found = list(self._meant(typed)[:5])
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            slugs = ", ".join(f"({tool.slug})" for tool in found)
            raise forms.ValidationError(self.error_messages["several"], code="several", params={"slugs": slugs})
        return found[0]

    def _meant(self, typed: str) -> Any:
        """By slug in an address or in brackets, else by title."""
        bracketed = IN_BRACKETS.search(typed)
        slug = bracketed[1] if bracketed else typed.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
        by_slug = self.visible.filter(slug=slug)
        return by_slug if by_slug.exists() else self.visible.filter(title__iexact=typed).order_by("pk")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is shown."""
        return str(self.prepare_value(initial) or "") != str(data or "")
