"""The form with which a coordinator adds a picture."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from news.models import GroupPicture, WorkingGroup
from news.pictures.drawing import drawn
from news.pictures.keeping import keep


class GroupPictureForm(WagtailAdminModelForm):
    """A picture of one of the groups in whose name the person writes; the file itself never changes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG or WebP. Where and when it was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = GroupPicture
        fields = ["file", "title", "group"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = WorkingGroup.objects.coordinated_by(self.for_user).order_by("name_fr")
        self.fields["group"].queryset = own
        if len(own) == 1:
            self.fields["group"].initial = own[0]
        if self.instance.pk:
            del self.fields["file"]

    def clean_file(self) -> Any:
        """Draw the picture now, so that what cannot be read is said next to the field."""
        file = self.cleaned_data["file"]
        self.made = drawn(file, file.size)
        return file

    @transaction.atomic
    def save(self, commit: bool = True) -> GroupPicture:
        """Save the picture and its files, both or neither."""
        picture: GroupPicture = super().save(commit=commit and bool(self.instance.pk))
        return keep(picture, self.made) if commit and "file" in self.fields else picture
