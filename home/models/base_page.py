"""The page that every other page builds on."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.access import VisiblePageManager
from home.languages import LANGUAGES, Alternate


class BasePage(Page):
    """A page of the site: knows its languages, its trail and who may see it."""

    is_member_only: ClassVar[bool] = False
    is_on_site_map: ClassVar[bool] = True
    # Wagtail's page privacy leaks across languages (home.access); editors are not offered it.
    private_page_options: ClassVar[list[str]] = []

    objects = VisiblePageManager()

    class Meta:
        abstract = True

    promote_panels = [
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]),
    ]
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
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

    @property
    def readers_in_words(self) -> str:
        """Who may read the page, for the CMS, where it is not public."""
        return gettext("Everybody of the alliance who has an account here can read it.")

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """None: who may read is said by ``is_visible_to``, and asking Wagtail too would cost two queries a page."""
        return PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the frame of every page shows: its languages and its trail."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["alternates"] = self.get_alternates()
        context["trail"] = self.get_trail()
        return context

    def get_alternates(self) -> list[Alternate]:
        """The same page in every language; where there is no translation, the nearest translated parent."""
        found = {page.locale.language_code: page for page in self._translations}
        return [self._alternate(language, found.get(language)) for language in LANGUAGES]

    @cached_property
    def _translations(self) -> list[Page]:
        return list(self.get_translations(inclusive=True).live().select_related("locale"))

    def _alternate(self, language: str, page: Page | None) -> Alternate:
        if page:
            return Alternate(language, page.url)
        keys = [parent.translation_key for parent in self.get_trail()]
        near = Page.objects.live().filter(translation_key__in=keys, locale__language_code=language)
        nearest = near.order_by("-depth").first()
        return Alternate(language, nearest.url if nearest else f"/{language}/", is_translation=False)

    def get_trail(self) -> list[Page]:
        """The pages above this one, home first; read once."""
        return self._trail

    def follow(self, trail: list[Page], translations: list[Page]) -> None:
        """Take the pages above this one, and it in every language, from whoever has read them already."""
        self._trail, self._translations = trail, translations

    @cached_property
    def _trail(self) -> list[Page]:
        return list(self.get_ancestors().filter(depth__gt=1).live())
