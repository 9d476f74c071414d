"""The form of a tool: who will see it, and its next file."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from home.panels import LinesField
from library.actions import add_version, store_file
from library.enums import SharingLevel
from library.files import CONTENT_TYPES, check_file
from library.models import Tool
from library.sharing import SOURCES, all_groups, check_sharing, hidden_groups, keep_hidden_sources
from members.models import Association, User
from news.models import WorkingGroup
from news.people_field import PersonField

STATE = ("current_version_id", "updated_on", "review_asked_for", "needs_work_since")  # in no form
# Each level of sharing says who will see the tool, before it is saved.
SHARING = [
    (SharingLevel.ASSOCIATION, _("My association: only the people of the association above")),
    (SharingLevel.GROUPS, _("Working groups: only the people who can see the groups chosen below")),
    (SharingLevel.ALLIANCE, _("The whole alliance: everybody who has an account here")),
    (SharingLevel.PUBLIC, _("Everybody: anyone on the internet; only an editor decides this")),
]


class TermForm(WagtailAdminModelForm):
    """A type or a theme, with its search words one a line."""

    search_words = LinesField(label=_("Search words"), required=False, longest=80)


class ToolForm(WagtailAdminModelForm):
    """A tool as its association edits it; what cannot be taken is said next to the field."""

    sharing = forms.ChoiceField(
        label=_("Who sees it"), choices=SHARING, widget=forms.RadioSelect, initial=SharingLevel.ASSOCIATION
    )
    search_words = LinesField(label=_("Search words"), required=False, longest=80)
    contact = PersonField(
        label=_("Contact"), help_text=_("A name of the directory, or an e-mail address with which somebody signs in.")
    )
    new_file = forms.FileField(
        label=_("New version"),
        required=False,
        help_text=format_lazy(
            "{} {}",
            _("The file that people will get from now on; the versions before it are kept. Formats:"),
            ", ".join(suffix.removeprefix(".").upper() for suffix in CONTENT_TYPES),
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
    )
    new_note = forms.CharField(label=_("What changed"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_file"].required = self.instance.pk is None
        if self.instance.sharing == SharingLevel.PUBLIC and not self.for_user.is_editor:
            self.fields["new_file"].disabled = True
            self.fields["new_file"].help_text = _("The public reads this tool: only an editor gives it a new version.")
        self._limit_to_what_one_may_choose()

    def _limit_to_what_one_may_choose(self) -> None:
        user = self.for_user
        if not user.is_editor and self.instance.sharing != SharingLevel.PUBLIC:
            self.fields["sharing"].choices = [level for level in SHARING if level[0] != SharingLevel.PUBLIC]
        own = Association.objects.in_order()
        if not user.is_editor:
            own = own.filter(pk=user.association_id)
            self.initial.setdefault("association", user.association_id)
        people = User.objects.active() if user.is_editor else User.objects.active().filter(association__in=own)
        others = Tool.objects.visible_to(user).exclude(pk=self.instance.pk).order_by("title")
        self.fields["association"].queryset = own
        self.fields["groups"].queryset = WorkingGroup.objects.visible_to(user).order_by("name_fr")
        self.fields["contact"].offered, self.fields["contact"].kept = people, self.instance.contact
        for name in SOURCES:
            self.fields[name].queryset = others
            if not others.filter(pk=self.initial.get(name)).exists():
                self.initial[name] = None  # the dialogue would tell its title; saving keeps it

    def clean_new_file(self) -> Any:
        """Refuse a file that the library does not take."""
        file = self.cleaned_data["new_file"]
        if file:
            check_file(file)
        return file

    def clean(self) -> dict[str, Any]:
        """Level of sharing, working groups and licence go together; what one does not see stays."""
        cleaned: dict[str, Any] = super().clean()
        hidden = hidden_groups(self.instance, WorkingGroup.objects.visible_to(self.for_user))
        check_sharing(self, cleaned, hidden)
        keep_hidden_sources(cleaned, self.instance, self.for_user)
        return cleaned | {"groups": all_groups(cleaned, hidden)}

    def _take_what_was_written_meanwhile(self) -> None:
        """Saving writes every field, also the version that a colleague added since the form was read."""
        now = Tool.objects.select_for_update(of=("self",)).filter(pk=self.instance.pk).values(*STATE).first() or {}
        for name, value in now.items():
            setattr(self.instance, name, value)

    @transaction.atomic
    def save(self, commit: bool = True) -> Tool:
        """Save the tool with its new version, both or neither."""
        self._take_what_was_written_meanwhile()
        tool: Tool = super().save(commit=commit)
        file = self.cleaned_data.get("new_file")
        if commit and file:
            note = self.cleaned_data["new_note"]
            add_version(tool=tool, stored_file=store_file(file), file_name=file.name, note=note, by=self.for_user)
        return tool
