"""One row of the table, checked like a form: what is wrong is said of its column."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library.enums import Licence, SharingLevel
from library.importing.manifest import LISTS
from library.models import Theme, ToolType
from library.sharing import check_licence
from members.models import Association, User
from news.models import WorkingGroup

DATES = ["%Y-%m-%d", "%d/%m/%Y"]


class RowForm(forms.Form):
    """What a tool needs, with the slugs of the table as records."""

    file = forms.CharField(max_length=1000)
    title = forms.CharField(max_length=160)
    type = forms.ModelChoiceField(ToolType.objects.all(), to_field_name="slug")
    association = forms.ModelChoiceField(Association.objects.all(), to_field_name="slug")
    summary = forms.CharField(max_length=500, required=False)
    themes = forms.ModelMultipleChoiceField(Theme.objects.all(), to_field_name="slug", required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    sharing = forms.ChoiceField(choices=SharingLevel.choices, required=False)
    groups = forms.Field(required=False)
    licence = forms.ChoiceField(choices=Licence.choices, required=False)
    author = forms.CharField(max_length=120, required=False)
    origin = forms.CharField(max_length=200, required=False)
    contact = forms.EmailField(required=False)
    review_on = forms.DateField(input_formats=DATES, required=False)
    search_words = forms.Field(required=False)
    slug = forms.SlugField(max_length=80, required=False)

    def __init__(self, cells: dict[str, str], *, by: Any) -> None:
        self.by = by
        listed = {name: [one.strip() for one in cells.get(name, "").split(";") if one.strip()] for name in LISTS}
        super().__init__(cells | listed)

    def clean_sharing(self) -> str:
        """Only an editor makes something public."""
        sharing: str = self.cleaned_data["sharing"] or SharingLevel.ASSOCIATION
        if sharing == SharingLevel.PUBLIC and not (self.by and self.by.is_editor):
            raise forms.ValidationError(_("Only an editor makes a tool public: name one with --by."))
        return sharing

    def clean_association(self) -> Association:
        """People import for their own association, editors for all."""
        association: Association = self.cleaned_data["association"]
        if self.by and not self.by.is_editor and self.by.association_id != association.pk:
            raise forms.ValidationError(_("%(name)s does not belong to this association.") % {"name": self.by})
        return association

    def clean_groups(self) -> list[WorkingGroup]:
        """Groups by their slug in either language."""
        wanted = [slug.replace("\0", "") for slug in self.cleaned_data["groups"] or []]
        known = WorkingGroup.objects.visible_to(self.by) if self.by else WorkingGroup.objects.all()
        found = list(known.filter(Q(slug_fr__in=wanted) | Q(slug_nl__in=wanted)).distinct())
        unknown = [slug for slug in wanted if not any(slug in (group.slug_fr, group.slug_nl) for group in found)]
        if unknown:
            raise forms.ValidationError(_("Unknown working groups: %(slugs)s.") % {"slugs": ", ".join(unknown)})
        return found

    def clean_contact(self) -> User | None:
        """Somebody with an account."""
        email = self.cleaned_data["contact"]
        if not email:
            return self.by
        person = User.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return person

    def clean_search_words(self) -> list[str]:
        """Words that fit their column."""
        words = [word.replace("\0", "") for word in self.cleaned_data["search_words"] or []]
        long = [word[:40] for word in words if len(word) > 80]
        if long:
            raise forms.ValidationError(_("Too long, at most 80 characters each: %(words)s…") % {"words": long[0]})
        return list(dict.fromkeys(words))

    def clean(self) -> dict[str, Any]:
        """Level of sharing, working groups and licence go together."""
        cleaned = super().clean() or self.cleaned_data
        check_licence(self, cleaned)
        is_with_groups = cleaned.get("sharing") == SharingLevel.GROUPS
        if is_with_groups and not cleaned.get("groups") and "groups" not in self.errors:
            self.add_error("groups", _("Name the working groups that will see it."))
        if not is_with_groups and cleaned.get("groups"):
            self.add_error("groups", _("Working groups go with the sharing level “groups” only."))
        return cleaned
