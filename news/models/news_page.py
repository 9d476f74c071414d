"""Public news."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from home.access import VisiblePageQuerySet
from home.blocks import BodyBlock
from home.fields import StreamField
from home.models import BasePage
from wagtail.models import PageManager


class NewsPageQuerySet(VisiblePageQuerySet):
    """Articles by date."""

    def newest_first(self) -> "NewsPageQuerySet":
        """The order of every list of news."""
        return self.order_by("-date", "-pk")


class NewsIndexPage(BasePage):
    """The list of public news; paging and years are in its view."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of news")


class NewsPage(BasePage):
    """A public article."""

    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.TextField(_("summary"), max_length=300)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    associations = ParentalManyToManyField(
        "members.Association", blank=True, related_name="news", verbose_name=_("associations concerned")
    )

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    template = "news/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels: list[Any] = [
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("source_url"),
        FieldPanel("associations"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("source_url", overridable=False),
    ]

    class Meta:
        verbose_name = _("news article")
