"""What was said among the people of a closed group is not shown to others unawares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm

from news.models import Comment, GroupNewsPage, WorkingGroup


def would_show_more(article: GroupNewsPage, group: WorkingGroup) -> bool:
    """Tell whether comments on an article would get other readers if it stood in this group."""
    if article.group.is_open or not Comment.objects.under(article).standing().exists():
        return False
    others = group.readers().exclude(pk__in=article.group.readers().values("pk"))
    return group.is_open or others.exists()


class OpeningForm(WagtailAdminModelForm):
    """Asks before a closed group in which people commented is opened."""

    shows_comments = forms.BooleanField(label=_("Let the whole alliance read the comments too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = Comment.objects.in_closed(self.instance).standing().count()
        if not number:
            del self.fields["shows_comments"]
            return
        said = ngettext(
            "%(number)d comment was written when only the people of this group could read it.",
            "%(number)d comments were written when only the people of this group could read them.",
            number,
        )
        self.fields["shows_comments"].help_text = said % {"number": number}

    def clean(self) -> dict[str, Any]:
        """Opening needs the tick where there is something to show."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("is_open") and cleaned.get("shows_comments") is False:
            said = _("Open groups show their comments to everybody: agree to it here, or remove the comments first.")
            self.add_error("shows_comments", said)
        return cleaned
