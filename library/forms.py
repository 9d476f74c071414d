"""Forms of the library."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from library.models import Theme, ToolType
from library.models.tool import ToolQuerySet
from members.models import Association

Options = list[tuple[str, str]]


class ToolFilterForm(forms.Form):
    """Narrows a list of tools; offers only what some tool in it has, and says how many."""

    type = forms.ChoiceField(label=_("Type"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    association = forms.ChoiceField(label=_("Association"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    LOOKUPS = {
        "type": "type__slug",
        "theme": "themes__slug",
        "association": "association__slug",
        "language": "language",
    }

    def __init__(self, data: Any, *, tools: ToolQuerySet) -> None:
        super().__init__(data)
        self.tools = tools
        for name, options in self._options():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *options]

    def _options(self) -> Iterator[tuple[str, Options]]:
        for name, model in (("type", ToolType), ("theme", Theme), ("association", Association)):
            yield name, self._records(model)
        counts = dict(self.tools.order_by().values_list("language").annotate(Count("pk")))
        yield (
            "language",
            [(code, f"{label} ({counts[code]})") for code, label in settings.LANGUAGES if counts.get(code)],
        )

    def _records(self, model: Any) -> Options:
        used = model.objects.filter(tools__in=self.tools.order_by()).annotate(number=Count("tools"))
        by_name = sorted(used, key=lambda record: str(record).casefold())
        return [(record.slug, f"{record} ({record.number})") for record in by_name]

    def narrow(self) -> ToolQuerySet:
        """The tools that fit; a filter that nothing has any more is said next to its field, and not applied."""
        self.is_valid()
        chosen = {self.LOOKUPS[name]: value for name, value in self.cleaned_data.items() if value}
        return self.tools.filter(**chosen)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is chosen."""
        return any(self.cleaned_data.values())
