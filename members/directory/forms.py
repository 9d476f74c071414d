"""Forms of the directory of counterparts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from translated_fields import to_attribute

from home.forms import LongSelect
from members.directory.search import FACETS, Answer, Directory, search
from members.filters import UNKNOWN_CHOICE
from members.models import JobFunction, User


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
    association = forms.ChoiceField(label=_("Association"), required=False, widget=LongSelect)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    language = forms.ChoiceField(label=pgettext_lazy("spoken", "Language"), required=False)

    def __init__(self, data: QueryDict, *, reader: Any) -> None:
        super().__init__(data, auto_id="search_%s", use_required_attribute=False)
        self.reader = reader
        self.directory = Directory.seen_by(reader)
        for name, options in self.directory.options.items():
            field: Any = self.fields[name]
            field.error_messages["invalid_choice"] = UNKNOWN_CHOICE
            asked = data.get(name)
            field.choices = [(one.slug, self.directory.label(one)) for one in options if one.slug == asked]
        self.is_valid()
        self.answer: Answer = search(self.cleaned_data.get("q", ""), self.directory)
        self._count()

    @property
    def chosen(self) -> dict[str, Any]:
        """The facets that were chosen, each with its value in the entries."""
        slugs = {name: self.cleaned_data.get(name) for name in FACETS}
        return {
            name: option.value
            for name, slug in slugs.items()
            for option in self.directory.options[name]
            if option.slug == slug
        }

    @property
    def is_used(self) -> bool:
        """Tell whether words or choices narrow the list."""
        return bool(self.cleaned_data.get("q") or self.chosen)

    @property
    def filters(self) -> list[Any]:
        """The menus that offer something, or where something is wrong."""
        return [self[name] for name in FACETS if self[name].errors or len(list(self._menu(name).choices)) > 1]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a menu says something that one should see at once."""
        return bool(self.chosen or any(name in self.errors for name in FACETS))

    def page(self, number: str | None, size: int) -> Page:
        """One page of whom the words and the choices leave, as in a telephone book; they are read as they are now."""
        known = self.directory.memory.people
        page = Paginator([known[place] for place in self._left(self.chosen)], size).get_page(number)
        people = User.objects.visible_to(self.reader).listed().for_directory().by_name()
        page.object_list = list(people.filter(pk__in=page.object_list))
        return page

    def _left(self, chosen: dict[str, Any]) -> Sequence[int]:
        left = self.answer.found
        for name, value in chosen.items():
            left = self.directory.with_one_of(name, {value}, left)
        return left

    def _count(self) -> None:
        """Offer only what somebody has whom the words and the other choices leave, and say how many."""
        chosen = self.chosen
        for name, options in self.directory.options.items():
            left = self._left({other: value for other, value in chosen.items() if other != name})
            number = self.directory.number_of_each(name, left)
            there = [one for one in options if number[one.value] or chosen.get(name) == one.value]
            choices = [(one.slug, f"{self.directory.label(one)} ({number[one.value]})") for one in there]
            self._menu(name).choices = [("", _("All")), *choices]

    def _menu(self, name: str) -> forms.Select:
        menu: forms.Select = self.fields[name].widget
        return menu


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
