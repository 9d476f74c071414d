"""The form of a person's account, for administrators."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions import SetActiveStateBulkAction
from wagtail.users.views.users import IndexView, UserViewSet

from home.panels import TickedField
from members.accounts.letters import tell_new_address
from members.editors import COORDINATION
from members.enums import SpokenLanguage
from members.models import User

OUR_FIELDS = [
    "association",
    "job_function",
    "phone",
    "spoken_languages",
    "ask_me_about",
    "best_hours",
    "is_in_directory",
]
ROLE_FIELDS = ["is_delegate"]


class PersonFormMixin:
    """What both forms hold to: delegates have an association, groups from elsewhere stay, the address signs in."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    initial: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.exclude(name__startswith=COORDINATION)

    def clean_groups(self) -> Any:
        """Keep the groups of coordinators, which follow from the working groups."""
        kept = self.instance.groups.filter(name__startswith=COORDINATION) if self.instance.pk else Group.objects.none()
        return Group.objects.filter(Q(pk__in=self.cleaned_data["groups"]) | Q(pk__in=kept))

    def clean_email(self) -> str:
        """In small letters, as one is looked for when signing in."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """A delegate speaks for an association."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]  # a form's
        if cleaned.get("is_delegate") and not cleaned.get("association"):
            self.add_error("association", _("Choose the association that this person speaks for."))  # type: ignore[attr-defined]
        if cleaned.get("is_active") and self.instance.erased_at:
            self.add_error("is_active", _("This account was erased. Invite the person again."))  # type: ignore[attr-defined]
        return cleaned

    def save(self, commit: bool = True) -> User:
        """An old address opens the account no longer; a new one is confirmed by mail at the first visit."""
        before = self.initial.get("email")
        person: User = super().save(commit=commit)  # type: ignore[misc]  # a form's
        if commit:
            if before and before != person.email:
                SocialAccount.objects.filter(user=person).delete()
                tell_new_address(person=person, before=before)
            EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
            EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
        return person


class PersonEditForm(PersonFormMixin, UserEditForm):
    """A person's details, association and role; what stood in the form when it was opened travels with it.

    Only what was changed in it is saved: an account that was suspended meanwhile stays suspended.
    """

    spoken_languages = TickedField(choices=SpokenLanguage.choices, label=_("Languages spoken"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = set(self.fields["groups"].queryset)
        self.initial["groups"] = [group for group in self.initial["groups"] if group in offered]
        for name, field in self.fields.items():
            field.show_hidden_initial = not name.startswith("password")

    @property
    def as_it_was(self) -> SafeString:
        """What stood in the fields, hidden beside them."""
        kept = [one.as_hidden(only_initial=True) for one in self if one.field.show_hidden_initial]
        return format_html_join("", "{}", ((one,) for one in kept))

    def clean(self) -> dict[str, Any]:
        """Take what nobody changed here as it is today."""
        today = {name: getattr(self.instance, name) for name in self.fields if not name.startswith("password")}
        today["groups"] = self.instance.groups.all()
        self.cleaned_data |= {name: value for name, value in today.items() if name not in self.changed_data}
        return super().clean()

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {*OUR_FIELDS, *ROLE_FIELDS}
        widgets = {
            "groups": forms.CheckboxSelectMultiple,
            "association": forms.Select,
            "job_function": forms.Select,
        }


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    """As for editing; people usually come by invitation."""

    spoken_languages = TickedField(choices=SpokenLanguage.choices, label=_("Languages spoken"))

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {*OUR_FIELDS, *ROLE_FIELDS}
        widgets = PersonEditForm.Meta.widgets


class PeopleIndexView(IndexView):
    """The list of people, with their association and role."""

    page_title = _("People")
    add_item_label = _("Add a person")

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's columns without the user name, which is the address, and with ours."""
        kept = [column for column in super().columns if column.name != "is_superuser"]
        return [
            *kept[:3],
            Column("association", label=_("Association"), sort_key="association__short_name_fr"),
            Column("role", label=_("Role"), accessor=lambda person: person.role.label),
            *kept[3:],
        ]

    def get_base_queryset(self) -> Any:
        """With the association and what the role follows from, in one query."""
        return super().get_base_queryset().select_related("association").with_roles()


class PeopleActiveStateBulkAction(SetActiveStateBulkAction):
    """Opens and closes the accounts one by one, as anywhere else: sessions end and the log knows.

    Wagtail's own writes all rows at once, past everything that follows what is saved.
    """

    @classmethod
    def execute_action(
        cls, objects: Any, mark_as_active: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Leave out who does it, and who was erased: that account stays closed."""
        people = [person for person in objects if person != user and not person.erased_at]
        for person in people:
            person.is_active = mark_as_active
            person.save(update_fields=["is_active"])
        return len(people), 0


class PeopleViewSet(UserViewSet):
    """People in the main menu, for administrators."""

    icon = "user"
    menu_label = _("People")
    menu_order = 600
    add_to_settings_menu = False
    add_to_admin_menu = True
    index_view_class = PeopleIndexView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Our forms."""
        return PersonEditForm if for_update else PersonCreationForm
