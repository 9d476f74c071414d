"""Where articles stand: below the page of their group, beside fixed addresses such as that of its people."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import Page


def refuse_fixed_address(folder: Page, slug: str) -> None:
    """Raise ValidationError where the article would stand at an address that shows something else."""
    address = urlsplit(folder.get_url() or "").path
    with override(folder.locale.language_code):
        is_free = not address or resolve(f"{address}{slug}/").url_name == "wagtail_serve"
    if not is_free:
        said = _("At the address “%(slug)s” stands another page of the group. Choose another word.")
        raise ValidationError({"slug": said % {"slug": slug}})


class ArticleForm(WagtailAdminPageForm):
    """A new article has no place yet by which it could check its address itself."""

    def clean(self) -> dict[str, Any]:
        """Check where it will stand."""
        cleaned: dict[str, Any] = super().clean()
        if self.instance.pk is None and cleaned.get("slug"):
            try:
                refuse_fixed_address(self.parent_page, cleaned["slug"])
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned
