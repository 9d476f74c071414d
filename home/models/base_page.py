"""The page that every other page builds on."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.access import VisiblePageManager
from home.languages import LANGUAGES, Alternate


class BasePage(Page):
    """A page of the site: knows its languages, its trail and who may see it."""

    is_member_only: ClassVar[bool] = False

    objects = VisiblePageManager()

    class Meta:
        abstract = True

    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]),
    ]
    settings_panels: ClassVar[list[Any]] = [FieldPanel("go_live_at"), FieldPanel("expire_at")]
    override_translatable_fields = [
        TranslatableField("slug"),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
        SynchronizedField("go_live_at"),
        SynchronizedField("expire_at"),
    ]

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may read the page; public pages are for everyone."""
        return self.live

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame of every page shows: its languages and its trail."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["alternates"] = self.get_alternates()
        context["trail"] = self.get_trail()
        return context

    def get_alternates(self) -> list[Alternate]:
        """The same page in every language; where there is no translation, the nearest translated parent."""
        found = {page.locale.language_code: page for page in self._live_translations()}
        return [self._alternate(language, found.get(language)) for language in LANGUAGES]

    def _live_translations(self) -> models.QuerySet[Page]:
        return self.get_translations(inclusive=True).live().select_related("locale")

    def _alternate(self, language: str, page: Page | None) -> Alternate:
        if page:
            return Alternate(language, page.url)
        for parent in self.get_ancestors().filter(depth__gt=1).order_by("-depth"):
            near = parent.get_translations(inclusive=True).live().filter(locale__language_code=language).first()
            if near:
                return Alternate(language, near.url, is_translation=False)
        return Alternate(language, f"/{language}/", is_translation=False)

    def get_trail(self) -> list[Page]:
        """The pages above this one, home first."""
        return list(self.get_ancestors().filter(depth__gt=1).live())
