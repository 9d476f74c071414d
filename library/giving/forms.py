"""The forms of giving: what a tool is and who sees it, asked of any member."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.panels import LinesField
from library.audience import Audience
from library.enums import Licence, SharingLevel
from library.giving.naming import ToolByNameField
from library.giving.offer import Offer
from library.models import Tool
from library.sharing import SOURCES, all_groups, check_sharing, hidden_groups, keep_hidden_sources

MAIN = ("title", "type", "summary", "sharing", "groups")
RECORDS = ("type", "themes", "groups", "association", "contact")


def in_a_year() -> date:
    """When a tool that is given today should be looked at again."""
    today = timezone.localdate()
    return today.replace(year=today.year + 1, day=min(today.day, 28))


class DetailsForm(forms.ModelForm):
    """A tool as its giver describes it; what one person may choose comes from an ``Offer``."""

    sharing = forms.ChoiceField(label=_("Who sees it"), widget=forms.RadioSelect, initial=SharingLevel.ALLIANCE)
    search_words = LinesField(
        label=_("Search words"),
        required=False,
        longest=80,
        help_text=_("What colleagues also call it, in French or in Dutch, one a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    derived_from = ToolByNameField(label=_("Adapted from"), help_text=_("The title or the address of another tool."))
    translation_of = ToolByNameField(label=_("Translation of"))

    class Meta:
        model = Tool
        fields = [
            "title",
            "type",
            "summary",
            "language",
            "association",
            "sharing",
            "groups",
            "themes",
            "licence",
            "author",
            "origin",
            "contact",
            "review_on",
            "search_words",
            "derived_from",
            "translation_of",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "themes": forms.CheckboxSelectMultiple,
            "groups": forms.CheckboxSelectMultiple,
            "review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "summary": _("What is it for, and for whom? One or two sentences."),
            "review_on": _("On that day we ask the contact person whether it is still right."),
        }

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.user = offer, offer.user
        self.hidden_groups = hidden_groups(self.instance, self.offer.records["groups"])
        for name, rows in offer.querysets.items():
            self._limit(name, rows, self._more(name))
        self._field("sharing").choices = offer.levels(self.instance.sharing if self.instance.pk else "")
        visible = Tool.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        for name in SOURCES:
            self._field(name).visible = visible
            self._field(name).widget.attrs |= {"list": "tool-names", "autocomplete": "off", "data-names": ""}
        self._field("language").choices = [one for one in self._field("language").choices if one[0]]
        if not self.user.is_editor:
            self._field("association").disabled = True

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _more(self, name: str) -> list[Any]:
        """What else a tool that is there may keep: its association, its contact, or a colleague of that one."""
        tool = self.instance
        if not tool.pk or name not in ("association", "contact"):
            return []
        is_elsewhere = name == "contact" and tool.association_id != self.user.association_id
        colleagues = self.offer.people_of(tool.association_id).by_name() if is_elsewhere else []
        return [one for one in (getattr(tool, name), *colleagues) if one]

    def _limit(self, name: str, rows: QuerySet, more: Iterable[Any]) -> None:
        """Accept what the person may choose, and these; show what all forms share without another query."""
        field, known = self._field(name), dict(self.offer.choices[name])
        added = {record.pk: str(record) for record in more if record.pk not in known}
        field.queryset = rows | rows.model._default_manager.filter(pk__in=added) if added else rows
        choices = [*known.items(), *added.items()]
        is_single = name not in ("themes", "groups")
        field.choices = [("", field.empty_label or "---------"), *choices] if is_single else choices

    @property
    def audience(self) -> Audience:
        """Who will see the tool, as far as it is chosen in the form."""
        groups = self["groups"].value() or []
        keys = [getattr(group, "pk", group) for group in groups]
        owner = self["association"].value()
        return self.offer.audience(str(self["sharing"].value()), owner, keys, self.hidden_groups)

    @property
    def has_folded_errors(self) -> bool:
        """Tell whether something is wrong in the part that is folded away."""
        return any(name not in MAIN for name in self.errors) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        """Level of sharing, working groups and licence go together; what one does not see stays."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_sharing(self, cleaned, self.hidden_groups)
        keep_hidden_sources(cleaned, self.instance, self.user)
        return cleaned

    def keep_relations(self, tool: Tool) -> None:
        """Give the tool its themes and groups; saving it keeps them."""
        tool.themes.set(self.cleaned_data["themes"])
        tool.groups.set(all_groups(self.cleaned_data, self.hidden_groups))


class EditForm(DetailsForm):
    """A tool that is there already, changed by who may."""

    def save(self, commit: bool = True) -> Tool:
        """Save the tool with its themes and groups."""
        tool: Tool = super().save(commit=False)
        self.keep_relations(tool)
        tool.save(update_fields=self.Meta.fields)  # not the version that a colleague added meanwhile
        return tool


class CommonForm(forms.Form):
    """What is the same for many files, to be copied into all of them; an empty field leaves theirs alone."""

    type = forms.ChoiceField(label=_("Type"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    contact = forms.ChoiceField(label=_("Contact"), required=False)
    author = forms.CharField(label=_("Author"), max_length=120, required=False)
    sharing = forms.ChoiceField(label=_("Who sees them"), required=False)
    groups = forms.MultipleChoiceField(label=_("Working groups"), required=False, widget=forms.CheckboxSelectMultiple)
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, offer: Offer) -> None:
        super().__init__(data, prefix="common")
        languages = Tool._meta.get_field("language").choices or []
        options = {"language": languages, "licence": Licence.choices, "sharing": offer.levels()} | offer.choices
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = options[name]
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", _("As it is in each row")), *options[name]]

    @property
    def given(self) -> dict[str, list[str]]:
        """What was filled in, as a draft keeps it."""
        filled = {name: value for name, value in self.cleaned_data.items() if value}
        return {
            name: [str(one) for one in (value if isinstance(value, list) else [value])]
            for name, value in filled.items()
        }
