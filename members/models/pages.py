"""The public pages of associations and needs; each record has its own address below them."""

from functools import partial
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from home.blocks.lists import SHORT_FEATURES
from home.components import Pagination
from home.fields import StreamField
from home.models import BasePage
from home.navigation import Menu, entries_of_menu, menu_of
from home.page_cache.memory import MEMORY
from members.blocks import CharterArticleBlock
from members.components import AT_ONCE, AssociationCards, SomeAssociations
from members.filters import AssociationFilterForm
from members.models.association import Association


class AssociationIndexPage(BasePage):
    """Every association of the alliance."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "members/association_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of associations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the associations that fit what the visitor chose, page by page; 404 for a page that there is not."""
        draw = partial(self._drawn, request)
        try:
            found = draw() if request.GET else MEMORY.value(f"list {self.url}", draw)
        except InvalidPage as error:
            raise Http404 from error
        return super().get_context(request, *args, **kwargs) | {"found": found}

    def _drawn(self, request: HttpRequest) -> SafeString:
        """What one can choose, and the associations that fit; the same for every reader."""
        form = AssociationFilterForm(request.GET)
        page = Paginator(form.associations().for_cards(), AT_ONCE).page(request.GET.get("page") or 1)
        shown = {
            "url": self.url,
            "form": form,
            "number": page.paginator.count,
            "cards": AssociationCards(page, level=2),
            "pagination": Pagination(page, request.GET, anchor="#list"),
            "menu": Menu.of(entries_of_menu(), request),  # that of the request was read before
        }
        return render_to_string("members/found_associations.html", shown)


class NeedIndexPage(BasePage):
    """Find help: the needs by group."""

    introduction = models.TextField(_("introduction"), blank=True)
    not_listed_title = models.CharField(_("title when nothing fits"), max_length=120, blank=True)
    not_listed_text = models.TextField(_("text when nothing fits"), blank=True)

    template = "members/need_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("not_listed_title"),
        FieldPanel("not_listed_text"),
    ]

    class Meta:
        verbose_name = _("find help")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where to write when nothing fits."""
        return super().get_context(request, *args, **kwargs) | {"not_listed_url": menu_of(request).contact_url}


class CharterPage(BasePage):
    """The charter: numbered articles, and who signed."""

    introduction = models.TextField(_("introduction"), blank=True)
    draft_notice = models.TextField(
        _("notice while it is a draft"), blank=True, help_text=_("Empty once the charter is signed.")
    )
    preamble = RichTextField(_("preamble"), blank=True, features=SHORT_FEATURES)
    articles = StreamField([("article", CharterArticleBlock())], blank=True, verbose_name=_("articles"))
    closing = models.TextField(_("closing words"), blank=True)

    template = "members/charter_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("draft_notice"),
        FieldPanel("preamble"),
        FieldPanel("articles"),
        FieldPanel("closing"),
    ]

    class Meta:
        verbose_name = _("charter")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add who signed; of a great many the first."""
        signatories = Association.objects.visible_to(None).signatories().in_order()
        return super().get_context(request, *args, **kwargs) | {"signatories": SomeAssociations.of(signatories)}
