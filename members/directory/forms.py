"""Forms of the directory of counterparts."""

from collections import Counter
from itertools import chain
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from translated_fields import to_attribute

from members.directory.entries import FACETS, Directory, Entry
from members.directory.search import Answer, search
from members.enums import SpokenLanguage
from members.filters import UNKNOWN_CHOICE
from members.models import JobFunction


class Option(NamedTuple):
    """Something to narrow by: its value in the address, its value in the entries, and its name."""

    slug: str
    value: Any
    label: str


class DirectoryForm(forms.Form):
    """One box, and what one may narrow by; an unknown choice is told and left aside, the others hold."""

    q = forms.CharField(
        label=_("Whom are you looking for?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"max_length": _("This is too long to search for: keep the words that matter most.")},
    )
    function = forms.ChoiceField(label=_("Job function"), required=False)
    association = forms.ChoiceField(label=_("Association"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    language = forms.ChoiceField(label=pgettext_lazy("spoken", "Language"), required=False)

    def __init__(self, data: QueryDict, *, directory: Directory) -> None:
        super().__init__(data, auto_id="search_%s", use_required_attribute=False)
        self.directory = directory
        self.options = _options(directory)
        for name, options in self.options.items():
            self.fields[name].error_messages["invalid_choice"] = UNKNOWN_CHOICE
            self._offer(name, [(option.slug, option.label) for option in options])
        self.is_valid()
        self.answer: Answer = search(self.cleaned_data.get("q", ""), directory.entries)
        self._count()

    @property
    def chosen(self) -> dict[str, Any]:
        """The facets that were chosen, each with its value in the entries."""
        slugs = {name: self.cleaned_data.get(name) for name in FACETS}
        return {
            name: option.value for name, slug in slugs.items() for option in self.options[name] if option.slug == slug
        }

    @property
    def is_used(self) -> bool:
        """Tell whether words or choices narrow the list."""
        return bool(self.cleaned_data.get("q") or self.chosen)

    @property
    def filters(self) -> list[Any]:
        """The menus that offer something."""
        return [self[name] for name in FACETS if len(self.fields[name].choices) > 1]  # type: ignore[attr-defined]  # of ChoiceFields

    def found(self) -> list[Entry]:
        """Whom the words and the choices leave."""
        chosen = self.chosen
        return [entry for entry in self.answer.found if entry.fits(chosen)]

    def _count(self) -> None:
        """Offer only what somebody has whom the words and the other choices leave, and say how many."""
        chosen = self.chosen
        for name, options in self.options.items():
            others = {other: value for other, value in chosen.items() if other != name}
            left = [entry for entry in self.answer.found if entry.fits(others)] if others else self.answer.found
            number = Counter(chain.from_iterable(entry.values[name] for entry in left))
            there = [one for one in options if number[one.value] or chosen.get(name) == one.value]
            self._offer(name, [(one.slug, f"{one.label} ({number[one.value]})") for one in there])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]


def _options(directory: Directory) -> dict[str, list[Option]]:
    """What each menu may offer, by name; associations keep the alliance's order."""
    functions = [Option(one.slug, one.pk, str(one)) for one in directory.functions]
    groups = [Option(one.slug, one.slug, one.label) for one in directory.groups]
    return {
        "function": sorted(functions, key=lambda option: option.label.casefold()),
        "association": [Option(one.slug, one.pk, str(one)) for one in directory.associations],
        "group": sorted(groups, key=lambda option: option.label.casefold()),
        "language": [Option(code, code, str(label)) for code, label in SpokenLanguage.choices],
    }


class CoverageForm(forms.Form):
    """One job instead of all, which spares a long way on a telephone."""

    function = forms.ModelChoiceField(
        JobFunction.objects.none(), to_field_name="slug", label=_("Job function"), required=False, empty_label=_("All")
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, use_required_attribute=False)
        functions: Any = self.fields["function"]
        functions.queryset = JobFunction.objects.order_by(to_attribute("name"))
        functions.error_messages["invalid_choice"] = UNKNOWN_CHOICE

    def functions(self) -> list[JobFunction]:
        """The job that was chosen, else all of them."""
        chosen = self.cleaned_data.get("function") if self.is_valid() else None
        field: Any = self.fields["function"]
        return [chosen] if chosen else list(field.queryset)


class ReportForm(forms.Form):
    """A word with a report to a delegate."""

    message = forms.CharField(
        label=_("A word to them"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your name is in the letter."),
    )


class SuggestionForm(ReportForm):
    """Whom somebody has in mind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("Whom do you have in mind?")
        self.fields["message"].help_text = _(
            "A name, if you know one, or what you need them for. Your name is in the letter."
        )
