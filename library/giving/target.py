"""What files are handed in for: a tool's next version, the answer to a request, an adaptation of a tool."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from library.giving.naming import label_of
from library.models import Theme, Tool, ToolRequest, ToolType

RELATIONS = ("derived_from", "translation_of")


@dataclass(frozen=True)
class Target:
    """Where the next files belong; all empty for new tools."""

    tool: Tool | None = None
    request: ToolRequest | None = None
    relation: str = ""
    source: Tool | None = None
    type: ToolType | None = None
    theme: Theme | None = None

    @property
    def typed(self) -> dict[str, list[str]]:
        """What a draft for it has filled in."""
        if self.source:
            return {self.relation: [label_of(self.source, is_unique=False)]}
        terms = {"type": self.type, "themes": self.theme}
        return {name: [str(term.pk)] for name, term in terms.items() if term}

    @property
    def fields(self) -> dict[str, str]:
        """What the form that hands in files says of it."""
        said = {"tool": self.tool and self.tool.slug, "request": self.request and self.request.pk}
        said |= {"type": self.type and self.type.slug, "theme": self.theme and self.theme.slug}
        if self.source:
            said[self.relation] = self.source.slug
        return {name: str(value) for name, value in said.items() if value}


def target_of(data: Mapping[str, Any], user: Any) -> Target:
    """Read it from an address or a form; raises Http404 for what this person may not do."""
    if any("\0" in str(value) for value in data.values()):
        raise Http404
    if data.get("tool"):
        return Target(tool=get_object_or_404(Tool.objects.extendable_by(user), slug=data["tool"]))
    if data.get("request"):
        if not data["request"].isdecimal():
            raise Http404
        answerable = ToolRequest.objects.answerable_by(user).open().select_related("type", "theme", "asked_for")
        return Target(request=get_object_or_404(answerable, pk=int(data["request"][:9])))
    for relation in RELATIONS:
        if data.get(relation):
            return Target(relation=relation, source=_source(data[relation], user))
    return Target(type=_term(ToolType, data.get("type")), theme=_term(Theme, data.get("theme")))


def _term(model: Any, slug: str | None) -> Any:
    return model.objects.filter(slug=slug).first() if slug else None


def _source(named: str, user: Any) -> Tool:
    """A tool by its slug or its key."""
    key = int(named[:9]) if named.isdecimal() else 0
    found = list(Tool.objects.visible_to(user).filter(Q(slug=named) | Q(pk=key)))
    if not found:
        raise Http404
    return next((tool for tool in found if tool.slug == named), found[0])
