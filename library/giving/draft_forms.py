"""One form for each file that was handed in: a new tool, or the next version of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.enums import ScanState
from library.giving.forms import DetailsForm, in_a_year
from library.giving.guessing import Guess
from library.giving.offer import Offer
from library.models import Draft, Tool

SEVERAL = ("themes", "groups")


def prefix_of(draft: Draft) -> str:
    """What the names of a draft's fields begin with."""
    return draft.pk.hex


def typed_into(draft: Draft) -> dict[str, Any]:
    """What the owner typed so far, as a form takes it."""
    return {name: values if name in SEVERAL else (values or [""])[0] for name, values in draft.typed.items()}


class OfDraft:
    """What both kinds of forms have: their draft, and whether it goes along when the others are shared."""

    draft: Draft
    data: Any
    fields: dict[str, Any]
    prefix: Any

    def keep_typed(self, names: Any = None) -> None:
        """Remember what was sent, of all fields or of those that the person touched."""
        for name in self.fields if names is None else names:
            if name in self.fields and name != "is_chosen":
                self.draft.typed[name] = [
                    value.replace("\0", "") for value in self.data.getlist(f"{self.prefix}-{name}")
                ]
        self.draft.save(update_fields=["typed"])

    @property
    def is_going_along(self) -> bool:
        """Tell whether the draft was ticked."""
        return f"{self.prefix}-is_chosen" in self.data

    def refuse_infected(self) -> None:
        """No file with a virus becomes a tool."""
        if self.draft.stored_file.scan == ScanState.INFECTED:
            raise forms.ValidationError(_("A virus was found in this file. It cannot be shared."), code="infected")


class DraftForm(OfDraft, DetailsForm):
    """A file that becomes a tool."""

    is_chosen = forms.BooleanField(label=_("Share this one now"), required=False, initial=True)

    def __init__(self, data: Any = None, *, draft: Draft, offer: Offer, guess: Guess) -> None:
        self.draft = draft
        user = offer.user
        initial = {"association": user.association_id, "contact": user.pk, "review_on": in_a_year()}
        initial |= guess.as_initial()
        if asked := draft.request:
            initial |= {"association": asked.association_id, "type": asked.type_id}
            initial["themes"] = sorted({*initial["themes"], asked.theme_id} - {None})
        super().__init__(data, prefix=prefix_of(draft), offer=offer, initial=initial | typed_into(draft))
        if not offer.user.is_editor:  # whatever was typed
            self.initial["association"] = offer.user.association_id

    def make_compact(self) -> None:
        """Fit a row of a table: one line for who sees it."""
        field = self._field("sharing")
        choices = list(field.choices)
        field.widget = forms.Select()
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Also look at what the scanner found."""
        self.refuse_infected()
        return super().clean()

    def save(self, commit: bool = True) -> Tool:
        """The tool, not saved yet: its action gives it a free address."""
        tool: Tool = super().save(commit=False)
        self.keep_relations(tool)
        return tool


class VersionForm(OfDraft, forms.Form):
    """A file that becomes the next version of a tool."""

    note = forms.CharField(
        label=_("What changed"),
        max_length=200,
        required=False,
        help_text=_("In a few words, for whoever took the version before."),
    )
    is_chosen = forms.BooleanField(label=_("Share this one now"), required=False, initial=True)

    def __init__(self, data: Any = None, *, draft: Draft, offer: Offer) -> None:
        self.draft, self.offer = draft, offer
        super().__init__(data, prefix=prefix_of(draft), initial=typed_into(draft))

    def clean(self) -> dict[str, Any]:
        """The tool may have been taken away from this person, or have this very file as its newest one."""
        self.refuse_infected()
        if not Tool.objects.extendable_by(self.offer.user).filter(pk=self.draft.tool_id).exists():
            raise forms.ValidationError(_("You may no longer add a version to this tool."), code="forbidden")
        last = self.draft.tool.versions.order_by("-number").first() if self.draft.tool else None
        if last and last.stored_file_id == self.draft.stored_file_id:
            message = _("This very file is the newest version already. You can take it out of this list.")
            raise forms.ValidationError(message, code="same")
        return super().clean() or self.cleaned_data
