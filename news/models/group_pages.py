"""Pages of the member area: each working group, and its articles. None of them is public."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from home.access import VisiblePageQuerySet, is_member
from home.blocks import BodyBlock
from home.fields import StreamField
from home.languages import Alternate
from home.models import BasePage
from news.article_address import ArticleForm, refuse_fixed_address
from news.blocks import ARTICLE_BLOCKS, CHOSEN
from news.choices import for_reader
from news.models.seen import is_unread_by
from news.models.working_group import WorkingGroup
from news.panels import ReadershipPanel
from news.readership import Readership

NO_PREVIEW: list[tuple[str, str]] = []  # of a page at whose address a view answers


class MemberAreaPage(BasePage):
    """The root of the member area; its dashboard is a view at the same address."""

    is_member_only: ClassVar[bool] = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.GroupIndexPage"]
    preview_modes = NO_PREVIEW
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("member area")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the dashboard."""
        return redirect("members:dashboard")

    def is_visible_to(self, user: Any) -> bool:
        """Every member."""
        return is_member(user)


class GroupIndexPage(BasePage):
    """The place of the groups' pages; the list itself is a view at the same address."""

    is_member_only: ClassVar[bool] = True
    parent_page_types = ["news.MemberAreaPage"]
    subpage_types = ["news.GroupPage"]
    preview_modes = NO_PREVIEW
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of working groups")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the list."""
        return redirect("news:groups")

    def is_visible_to(self, user: Any) -> bool:
        """Every member."""
        return is_member(user)


class GroupContentQuerySet(VisiblePageQuerySet):
    """Pages that belong to a working group."""

    def visible_to(self, user: Any) -> "GroupContentQuerySet":
        """Live pages of the groups that this user may see, in every language."""
        if not is_member(user):
            return self.none()
        return self.live().filter(group__in=WorkingGroup.objects.visible_to(user))

    def newest_first(self) -> "GroupContentQuerySet":
        """The order of every list of news."""
        return self.order_by("-date", "-pk")

    def for_lists(self) -> "GroupContentQuerySet":
        """Newest first, with what a list shows."""
        return self.newest_first().select_related("locale", "group")

    def unread_by(self, user: Any) -> "GroupContentQuerySet":
        """Articles that are new to a person."""
        return self.filter(is_unread_by(user))

    def marked_for(self, user: Any) -> "GroupContentQuerySet":
        """Articles with ``is_unread``: whether they are new to a person."""
        return self.annotate(is_unread=models.ExpressionWrapper(is_unread_by(user), models.BooleanField()))


class GroupContentPage(BasePage):
    """What a working group owns: visible to whom the group is visible, whatever the language."""

    is_member_only: ClassVar[bool] = True
    objects = PageManager.from_queryset(GroupContentQuerySet)()

    class Meta:
        abstract = True

    def is_visible_to(self, user: Any) -> bool:
        """Live, and of a group that the user may see; it is then known, with what the user is in it."""
        if not (self.live and is_member(user)):
            return False
        group = WorkingGroup.objects.visible_to(user).with_standing_of(user).filter(pk=self.group_id).first()
        if group:
            self.group = group
        return group is not None

    @property
    def readers_in_words(self) -> str:
        """How many people see the group."""
        return Readership.of(self.group).who


class GroupPage(GroupContentPage):
    """The folder of a group's articles in one language; the group's page itself is a view."""

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="pages", verbose_name=_("working group"))

    parent_page_types = ["news.GroupIndexPage"]
    subpage_types = ["news.GroupNewsPage"]
    preview_modes = NO_PREVIEW
    content_panels: list[Any] = [*BasePage.content_panels, FieldPanel("group", read_only=True)]

    class Meta:
        verbose_name = _("working group's news")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the group's page."""
        return redirect(self.group.get_absolute_url(self.locale.language_code))


class GroupNewsPage(GroupContentPage):
    """An article of a working group; it belongs to the group under which it stands."""

    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, related_name="articles", editable=False, verbose_name=_("working group")
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    summary = models.TextField(_("summary"), max_length=300)
    body = StreamField(BodyBlock(ARTICLE_BLOCKS), blank=True, verbose_name=_("body"))

    is_unread = False  # ``marked_for`` says it

    template = "news/group_news_page.html"
    parent_page_types = ["news.GroupPage"]
    subpage_types: list[str] = []
    base_form_class = ArticleForm
    content_panels: list[Any] = [
        ReadershipPanel(),
        *BasePage.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("article of a working group")
        indexes = [
            models.Index(fields=["date", "page_ptr"], name="group_news_by_date"),
            models.Index(fields=["group", "date", "page_ptr"], name="group_news_by_group"),
        ]

    def clean(self) -> None:
        """Keep off the fixed addresses below the group, in whatever way the article or its translation is made."""
        super().clean()
        if folder := self.get_parent():
            refuse_fixed_address(folder, self.slug)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Check it as it will be saved."""
        self._follow_folder_and_schedule()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A draft is saved without being checked."""
        self._follow_folder_and_schedule()
        super().save(*args, **kwargs)

    def _follow_folder_and_schedule(self) -> None:
        """Take the group from the page above, so that moving an article moves its readers.

        An article that goes live later bears the day on which it can be read, or lists would show it as old news.
        """
        parent = self.get_parent()
        if parent is not None:
            self.group_id = parent.specific.group_id
        if self.go_live_at and self.date:
            self.date = max(self.date, timezone.localdate(self.go_live_at))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, and note that this person saw it."""
        from news.reading import note_visit  # noqa: PLC0415  # needs the models

        note_visit(request, self.translation_key)
        return super().serve(request, *args, **kwargs)

    def _alternate(self, language: str, page: Page | None) -> Alternate:
        """Where there is no translation, the group in that language, which is known without a query."""
        if page is None:
            return Alternate(language, self.group.get_absolute_url(language), is_translation=False)
        return super()._alternate(language, page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what of the chosen pictures and documents this reader may see, and what is said about the article.

        Nobody comments a draft. ``form`` and ``answers``: a comment that is not right yet, and what it answers.
        """
        from news.comments.conversation import Conversation  # noqa: PLC0415  # needs the models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["body"], context[CHOSEN] = for_reader(self.body, request.user)
        if self.live and not getattr(request, "is_preview", False):
            context["conversation"] = Conversation.about(self, request, kwargs.get("form"), kwargs.get("answers"))
        return context
