"""Forms about accounts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from home.forms import LongSelect
from home.languages import current_language
from members.accounts.bulk import MOST_BYTES, Line, decode, read
from members.forms import associations_to_invite_into
from members.models import Association, User
from members.permissions import can_hand_over, can_manage


class InvitationListForm(forms.Form):
    """A list of colleagues as a file or typed; what is read from a file moves into the box, where it can be mended."""

    association = forms.ModelChoiceField(
        Association.objects.none(), label=_("Association"), empty_label=None, widget=LongSelect
    )
    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_("From your spreadsheet program: “save as”, then CSV."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    lines = forms.CharField(
        label=_("Or type or paste the list here"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        help_text=_("One colleague on each line: e-mail address; language (fr or nl)."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.read: list[Line] = []
        associations: Any = self.fields["association"]
        associations.queryset = associations_to_invite_into(by)
        associations.initial = by.association_id

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a list of colleagues."))
        return decode(file.read())

    def clean(self) -> dict[str, Any]:
        """Read the lines; those of the file come after those of the box, and from now on stand there too."""
        data = super().clean() or {}
        typed, file = data.get("lines", ""), data.get("file", "")
        if file:
            data["lines"] = f"{typed.rstrip()}\n{file}" if typed.strip() else file.removeprefix("\ufeff")
            self.data = {**dict(self.data.items()), self.add_prefix("lines"): data["lines"]}
        if not {"lines", "file"} & set(self.errors):
            try:
                self.read = read(data["lines"], default_language=current_language(), by=self.by)
            except forms.ValidationError as error:
                self.add_error("lines", error)
        return data

    @property
    def good(self) -> list[Line]:
        """The lines that can be invited."""
        return [line for line in self.read if not line.error]

    @property
    def bad(self) -> list[Line]:
        """The lines to mend first."""
        return [line for line in self.read if line.error]


class ByAssociationForm(forms.Form):
    """Shows the accounts of one association, or of all."""

    association = forms.ModelChoiceField(
        Association.objects.none(),
        label=_("Association"),
        required=False,
        to_field_name="slug",
        empty_label=_("All associations"),
        widget=LongSelect,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        associations: Any = self.fields["association"]
        associations.queryset = associations_to_invite_into(by)

    @property
    def chosen(self) -> Association | None:
        """The association; none where the address names one that is not there."""
        return self.cleaned_data.get("association") if self.is_valid() else None


class Act(models.TextChoices):
    """What one does about a colleague's account."""

    SUSPEND = "suspend", pgettext_lazy("account", "Suspend")
    REOPEN = "reopen", pgettext_lazy("account", "Open again")
    END = "end", _("This person left")
    MOVE = "move", _("Move to another association")
    HAND_OVER = "hand_over", _("Hand my role over")


@dataclass(frozen=True)
class Offer:
    """An act with what it does, said before it is done."""

    act: Act
    explanation: str

    @property
    def is_grave(self) -> bool:
        """Tell whether one should think twice."""
        return self.act == Act.END

    @property
    def asks_where_to(self) -> bool:
        """Tell whether it needs an association."""
        return self.act == Act.MOVE


class AccountForm(forms.Form):
    """One of the acts that are open to somebody about this colleague; moving asks where to."""

    act = forms.ChoiceField()
    to = forms.ModelChoiceField(
        Association.objects.none(),
        label=_("New association"),
        empty_label=_("Choose an association"),
        widget=LongSelect,
        error_messages={"required": _("Choose the association that this person goes on to work for.")},
    )

    def __init__(self, *args: Any, person: User, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acts = acts_of(by, person)
        act: Any = self.fields["act"]
        act.choices = [(one.value, one.label) for one in self.acts]
        self.offers = [Offer(one, _explain(one, by)) for one in self.acts]
        to: Any = self.fields["to"]
        elsewhere = Association.objects.visible_to(by).in_order()
        to.required = self.data.get("act", Act.MOVE) == Act.MOVE
        to.queryset = elsewhere.exclude(pk=person.association_id) if person.association_id else elsewhere


def acts_of(by: Any, person: User) -> list[Act]:
    """What somebody may do about a colleague's account at this moment."""
    acts: list[Act] = []
    if can_manage(by, person):
        acts += [Act.SUSPEND, Act.MOVE] if person.is_active else [Act.REOPEN]
        acts += [] if person.has_left else [Act.END]
    if can_hand_over(by, person):
        acts.append(Act.HAND_OVER)
    return acts


def _explain(act: Act, by: Any) -> Any:
    days = settings.ACCOUNT_KEPT_AFTER_LEAVING.days
    moves = _("The person keeps the account and the groups; tools stay with the association that has them now.")
    asks = _("The other association says yes first. The person keeps the account and the groups; tools stay here.")
    explanations: dict[Act, Any] = {
        Act.SUSPEND: _("For a long leave, or when something is wrong. Access ends at once; nothing is lost."),
        Act.REOPEN: _("The person signs in again as before."),
        Act.END: _(
            "Access ends at once, everywhere. Tools stay with the association; the name goes after %(days)s days."
        )
        % {"days": days},
        Act.MOVE: moves if by.is_editor else asks,
        Act.HAND_OVER: _("This person becomes the delegate in your place. You stay a member."),
    }
    return explanations[act]
