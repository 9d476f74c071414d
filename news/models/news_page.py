"""Public news."""

from typing import Any, ClassVar

from django.core.paginator import InvalidPage
from django.db import connection, models
from django.db.models import Q
from django.http import Http404, HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail_localize.fields import SynchronizedField

from home.access import VisiblePageQuerySet
from home.blocks import BodyBlock
from home.components import Pagination
from home.fields import StreamField
from home.languages import current_language, preferred_translations
from home.models import BasePage
from home.page_cache.memory import MEMORY
from home.paging import UncountedPaginator
from home.panels import several

PAGE_SIZE = 12
# From one year to the one before by the index of days, whatever the number of articles.
YEARS = """
    WITH RECURSIVE newest (date) AS (
        (SELECT date FROM news_newspage JOIN wagtailcore_page ON id = page_ptr_id WHERE live
         ORDER BY date DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT article.date FROM news_newspage AS article JOIN wagtailcore_page ON id = page_ptr_id
                WHERE live AND article.date < date_trunc('year', newest.date)::date ORDER BY article.date DESC LIMIT 1)
        FROM newest WHERE newest.date IS NOT NULL
    )
    SELECT extract(year FROM date)::int FROM newest WHERE date IS NOT NULL
"""


class NewsPageQuerySet(VisiblePageQuerySet):
    """Articles by date."""

    def newest_first(self) -> "NewsPageQuerySet":
        """The order of every list of news."""
        return self.order_by("-date", "-pk")

    def listed(self) -> "NewsPageQuerySet":
        """Every public article once: in the reader's language if there is one, else in its own."""
        return preferred_translations(self.visible_to(None)).select_related("locale")

    def around(self, page: Any) -> "NewsPageQuerySet":
        """The next older and the next newer article of the same list, in one query.

        The days are named once more, for the index knows them.
        """
        before = self.filter(Q(date__lt=page.date) | Q(date=page.date, pk__lt=page.pk), date__lte=page.date)
        after = self.filter(Q(date__gt=page.date) | Q(date=page.date, pk__gt=page.pk), date__gte=page.date)
        keys = before.newest_first()[:1].values("pk").union(after.order_by("date", "pk")[:1].values("pk"))
        return self.model.objects.filter(pk__in=keys).defer("body").select_related("locale").newest_first()


def years() -> list[str]:
    """The years of the public articles, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return [str(year) for (year,) in cursor.fetchall()]


class NewsIndexPage(BasePage):
    """The list of public news, by page and by year."""

    introduction = models.TextField(_("introduction"), blank=True)

    template = "news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add a page of the articles, of one year or of all; 404 for a year or a page that there is not."""
        year = request.GET.get("year", "")
        if year and year not in MEMORY.value("years of news", years):
            raise Http404
        try:
            number = UncountedPaginator([], PAGE_SIZE).validate_number(request.GET.get("page") or 1)
            news = MEMORY.value(f"news {self.url} {year} {number}", lambda: self._drawn(year, number))
        except InvalidPage as error:
            raise Http404 from error
        return super().get_context(request, *args, **kwargs) | {"news": news, "year": year}

    def _drawn(self, year: str, number: int) -> SafeString:
        """The years, and one page of the list; the same for every reader."""
        listed = NewsPage.objects.listed().newest_first()
        articles = UncountedPaginator(listed.filter(date__year=int(year)) if year else listed, PAGE_SIZE).page(number)
        shown = {
            "url": self.url,
            "articles": articles,
            "pagination": Pagination(articles, QueryDict(f"year={year}" if year else "")),
            "years": MEMORY.value("years of news", years),
            "year": year,
            "language": current_language(),
        }
        return render_to_string("news/page_of_news.html", shown)


class NewsPage(BasePage):
    """A public article."""

    is_on_site_map: ClassVar[bool] = False  # their list is, and may be long

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
        several("associations"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("source_url", overridable=False),
        SynchronizedField("associations", overridable=False),
    ]

    class Meta:
        verbose_name = _("news article")
        indexes = [models.Index(fields=["date", "page_ptr"], name="news_by_date")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the associations concerned, and the articles before and after."""
        around = self._around() if self.pk else []  # a preview may have no key yet
        return super().get_context(request, *args, **kwargs) | {
            "associations": [one for one in self.associations.all() if one.live],
            "newer": next((page for page in around if page.is_after(self)), None),
            "older": next((page for page in around if self.is_after(page)), None),
        }

    def is_after(self, other: "NewsPage") -> bool:
        """Tell which of two articles comes first in the list."""
        return (self.date, self.pk) > (other.date, other.pk)

    def _around(self) -> list["NewsPage"]:
        """The articles next to it in the reader's list; a preview may have another date."""
        name = f"around {self.pk} {self.date} {current_language()}"
        return MEMORY.value(name, lambda: list(NewsPage.objects.listed().around(self)))
