"""Forms of the member area about people."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from home.forms import LongSelect
from home.languages import current_language
from home.telephone import validate_phone
from members.enums import SpokenLanguage
from members.models import Association, Invitation, JobFunction, User


class ProfileForm(forms.ModelForm):
    """What people say of themselves to their colleagues."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    job_function = forms.ModelChoiceField(
        JobFunction.objects.none(), label=_("Job function"), required=False, empty_label=_("Not given")
    )
    phone = forms.CharField(
        label=_("Work phone"),
        max_length=30,
        required=False,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("The number at work. Write a private number only if every member of the alliance may see it."),
    )
    best_hours = forms.CharField(
        label=_("Best hours to call you"),
        max_length=100,
        required=False,
        help_text=_("For example: Monday to Thursday, in the morning."),
    )
    stand_in = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Whom to call when you are away"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("A colleague of your association who is in the directory too."),
    )
    spoken_languages = forms.MultipleChoiceField(
        label=_("Languages in which colleagues can talk to you"),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ask_me_about = forms.CharField(
        label=_("What to ask you about"),
        max_length=200,
        required=False,
        help_text=_("For example: part-time schedules, invoicing, hosting volunteers."),
    )
    is_in_directory = forms.BooleanField(
        label=_("Show me in the directory of counterparts"),
        required=False,
        help_text=_("Only people who signed in see it. Without it your name stays where you coordinate a group."),
    )

    class Meta:
        model = User
        fields = [
            "first_name",
            "last_name",
            "job_function",
            "phone",
            "best_hours",
            "stand_in",
            "spoken_languages",
            "ask_me_about",
            "is_in_directory",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions: Any = self.fields["job_function"]
        functions.queryset = JobFunction.objects.order_by(f"name_{current_language()}")
        colleagues: Any = self.fields["stand_in"]
        colleagues.queryset = stand_ins_of(self.instance)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"

    def clean_spoken_languages(self) -> list[str]:
        """Each language once, however often it was sent."""
        return list(dict.fromkeys(self.cleaned_data["spoken_languages"]))


def stand_ins_of(person: User) -> Any:
    """The colleagues of a person's own association who are in the directory."""
    if not person.association_id:
        return User.objects.none()
    return User.objects.listed().filter(association=person.association_id).exclude(pk=person.pk).by_name()


class InvitationForm(forms.Form):
    """Whom to invite, into which association, in which language."""

    email = forms.EmailField(label=_("Work e-mail address of your colleague"), max_length=254)
    association = forms.ModelChoiceField(
        Association.objects.none(), label=_("Association"), empty_label=None, widget=LongSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        associations: Any = self.fields["association"]
        associations.queryset = associations_to_invite_into(by)
        associations.initial = by.association_id
        self.fields["language"].initial = current_language()
        self.fields["email"].widget.attrs["autocomplete"] = "off"


def associations_to_invite_into(user: Any) -> Any:
    """Every association for editors, the own one for delegates."""
    associations = Association.objects.visible_to(user).in_order()
    return associations if user.is_editor else associations.filter(pk=user.association_id)


class AcceptForm(forms.Form):
    """What somebody who was invited adds: a name and a password."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    password2 = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse weak passwords and typing errors, next to their field."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        if first:
            self._check_password(first, data)
        return data

    def _check_password(self, password: str, data: dict[str, Any]) -> None:
        person = User(
            email=self.invitation.email,
            first_name=data.get("first_name", ""),
            last_name=data.get("last_name", ""),
        )
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            self.add_error("password1", error)
