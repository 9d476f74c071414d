"""Forms about who belongs to a working group, and what it is for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.models import User
from news.enums import Joining
from news.joining.colleagues import MOST, colleagues_meant
from news.models import WorkingGroup
from news.models.membership_proposal import LONGEST

LONGEST_PURPOSE = 1000  # characters


class WordForm(forms.Form):
    """A word with a request or an invitation."""

    message = forms.CharField(
        label=capfirst(_("a word with it")),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your name and your association are in the letter."),
    )


class ColleagueField(forms.ModelChoiceField):
    """Colleagues of the same name, told apart by what they do and where."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, the job function and the association."""
        facts = (str(obj), obj.job_function, obj.known_association)
        return ", ".join(str(fact) for fact in facts if fact)


class InviteForm(WordForm):
    """Whom to invite: typed, and chosen where several people are meant."""

    who = forms.CharField(
        label=_("Name or e-mail address"),
        max_length=254,
        help_text=_("By name you find colleagues of the directory. For others, write the whole work e-mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    person = ColleagueField(
        User.objects.none(),
        label=_("Whom do you mean?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Several colleagues have this name: choose one.")},
    )
    field_order = ("who", "person", "message")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].help_text = _("Your name is in the letter.")
        self.meant = list(colleagues_meant(self.data.get("who", ""))[: MOST + 1]) if self.is_bound else []
        if not 1 < len(self.meant) <= MOST:
            del self.fields["person"]
            return
        person: Any = self.fields["person"]
        person.queryset = User.objects.for_directory().by_name().filter(pk__in=[one.pk for one in self.meant])

    def clean_who(self) -> str:
        """Say why nobody is found, or that too many are."""
        who: str = self.cleaned_data["who"]
        if len(self.meant) > MOST:
            raise ValidationError(_("Too many colleagues have this name. Write first name and last name."))
        if not self.meant and "@" in who:
            raise ValidationError(_("Nobody signs in with this address. Their delegate can invite them to the site."))
        if not self.meant:
            raise ValidationError(_("Nobody in the directory has this name. Try the whole e-mail address."))
        return who

    @property
    def chosen(self) -> User:
        """The one who is meant; only of a form that is valid."""
        return self.cleaned_data.get("person") or self.meant[0]

    @property
    def invited_as(self) -> str:
        """As whom the coordinators know them: by the address that was typed, else by the name that was found."""
        who: str = self.cleaned_data["who"]
        return who if "@" in who else str(self.chosen)


class GroupForm(forms.ModelForm):
    """What coordinators say of their group; the rest is for the editors."""

    class Meta:
        model = WorkingGroup
        fields = ["purpose_fr", "purpose_nl", "joining"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"fr": _("What the group is for, in French"), "nl": _("What the group is for, in Dutch")}
        for language, label in labels.items():
            attributes = {"rows": 4, "lang": language}
            self.fields[f"purpose_{language}"] = forms.CharField(
                label=label, max_length=LONGEST_PURPOSE, widget=forms.Textarea(attrs=attributes)
            )
        if self.instance.is_open:
            self.fields["joining"] = forms.ChoiceField(
                label=_("How to join"), choices=Joining.choices, widget=forms.RadioSelect
            )
        else:
            del self.fields["joining"]
