"""A tool that an association shares."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from home.access import is_member
from home.languages import current_language
from library.enums import Licence, SharingLevel
from library.models.tool_version import ToolVersion
from members.models import Association
from news.models import Meeting, WorkingGroup

NEWEST_FIRST = (models.F("updated_on").desc(nulls_last=True), models.F("id").desc())


class ToolQuerySet(models.QuerySet["Tool"]):
    """Tools by who may see them and what they are."""

    def visible_to(self, user: Any) -> Self:
        """What this person's association, groups and the alliance share with them; editors see all.

        Visitors see what an editor made public.
        """
        if not is_member(user):
            return self.public()
        if user.is_editor:
            return self
        groups = WorkingGroup.objects.visible_to(user).values("pk")
        of_groups = Tool.groups.through.objects.filter(workinggroup__in=groups).values("tool")
        return self.filter(
            models.Q(sharing__in=[SharingLevel.ALLIANCE, SharingLevel.PUBLIC])
            | models.Q(association__isnull=False, association=user.association_id)
            | models.Q(sharing=SharingLevel.GROUPS, pk__in=of_groups)
        )

    def public(self) -> Self:
        """What an editor published for everybody, and whose file people may get."""
        return self.filter(sharing=SharingLevel.PUBLIC, current_version__isnull=False)

    def seen_by_all_of(self, group: WorkingGroup) -> Self:
        """Those that everybody sees who sees this group."""
        groups = WorkingGroup.objects.filter(models.Q(is_open=True) | models.Q(pk=group.pk)).values("pk")
        of_groups = Tool.groups.through.objects.filter(workinggroup__in=groups).values("tool")
        return self.filter(
            models.Q(sharing__in=[SharingLevel.ALLIANCE, SharingLevel.PUBLIC])
            | models.Q(sharing=SharingLevel.GROUPS, pk__in=of_groups)
        )

    def editable_by(self, user: Any) -> Self:
        """Tools that this person may change.

        All for editors, their association's for delegates, those for which they are the contact for others.
        """
        if not is_member(user):
            return self.none()
        if user.is_editor:
            return self
        own = self.filter(association__isnull=False, association=user.association_id)
        return own if user.is_delegate else own.filter(contact=user)

    def extendable_by(self, user: Any) -> Self:
        """Tools to which this person may add a version: all for editors, their association's for its people.

        What the public reads goes through an editor.
        """
        if not is_member(user):
            return self.none()
        if user.is_editor:
            return self
        own = self.filter(association__isnull=False, association=user.association_id)
        return own.exclude(sharing=SharingLevel.PUBLIC)

    def due_for_review(self, day: date) -> Self:
        """Those whose review date is over on that day."""
        return self.filter(review_on__lt=day)

    def not_asked(self) -> Self:
        """Those whose keepers were not written to about this review."""
        return self.exclude(review_asked_for__isnull=False, review_asked_for=models.F("review_on"))

    def newest_first(self) -> Self:
        """By the date of the last version that can be taken; those that have none yet come last."""
        return self.order_by(*NEWEST_FIRST)

    def for_lists(self) -> Self:
        """With what a list shows, in one query."""
        return self.select_related("type", "association", "current_version__stored_file")

    def for_page(self) -> Self:
        """With what a tool's own page shows."""
        return self.select_related("type", "association", "current_version__stored_file").prefetch_related(
            "themes", models.Prefetch("versions", ToolVersion.objects.newest_first())
        )

    def for_editing(self, user: Any) -> Self:
        """With what the form of a tool shows, and ``can_extend``: whether this person may add a version."""
        extendable = self.model.objects.extendable_by(user).filter(pk=models.OuterRef("pk"))
        return (
            self.select_related("association", "contact")
            .prefetch_related("themes", "groups")
            .annotate(can_extend=models.Exists(extendable))
        )

    def with_contact(self) -> Self:
        """With whom members ask about a tool; the public pages name nobody."""
        return self.select_related("contact__job_function")

    def related_to(self, tool: Any) -> Self:
        """Its source, its adaptations and its translations."""
        return self.filter(
            models.Q(pk__in=[tool.derived_from_id or 0, tool.translation_of_id or 0])
            | models.Q(derived_from=tool)
            | models.Q(translation_of=tool)
        ).select_related("association")


class Tool(ClusterableModel):
    """A document that colleagues elsewhere can take and adapt; its address always gives the current version."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    type = models.ForeignKey("library.ToolType", models.PROTECT, related_name="tools", verbose_name=_("type"))
    themes = ParentalManyToManyField("library.Theme", blank=True, related_name="tools", verbose_name=_("themes"))
    association = models.ForeignKey(Association, models.PROTECT, related_name="tools", verbose_name=_("association"))
    search_words = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("search words"),
        help_text=_("What colleagues also call it, in French or in Dutch, one a line."),
    )
    author = models.CharField(
        _("author"), max_length=120, blank=True, help_text=_("A team or a function, such as the personnel department.")
    )
    origin = models.CharField(
        _("origin"),
        max_length=200,
        blank=True,
        help_text=_("Where it comes from, when it was not written from nothing."),
    )
    sharing = models.CharField(
        _("who sees it"), max_length=12, choices=SharingLevel.choices, default=SharingLevel.ASSOCIATION
    )
    groups = ParentalManyToManyField(WorkingGroup, blank=True, related_name="tools", verbose_name=_("working groups"))
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices, default=Licence.CC_BY_SA)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    contact_role = models.CharField(_("role of the contact"), max_length=120, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    review_asked_for = models.DateField(
        _("review that its contact was written about"), null=True, blank=True, editable=False
    )
    needs_work_since = models.DateField(_("needs work since"), null=True, blank=True)
    derived_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="adaptations", verbose_name=_("derived from")
    )
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations", verbose_name=_("translation of")
    )
    minutes_of = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="minutes",
        verbose_name=_("minutes of"),
    )
    current_version = models.OneToOneField(
        ToolVersion, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    updated_on = models.DateField(_("updated on"), null=True, blank=True, editable=False)

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sharing=SharingLevel.PUBLIC, licence=Licence.ALLIANCE),
                name="public_tool_may_be_used_outside",
            )
        ]
        indexes = [
            models.Index(*NEWEST_FIRST, name="newest_tools"),
            models.Index(*NEWEST_FIRST, condition=models.Q(sharing=SharingLevel.PUBLIC), name="newest_public_tools"),
            models.Index("type", "association", *NEWEST_FIRST, name="newest_tools_of_type"),
            models.Index(fields=["type", "association", "sharing"], name="tools_of_type_shared"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self, language: str | None = None) -> str:
        """The tool's page, which always gives its current version."""
        with override(language or current_language()):
            return reverse("library:tool", args=[self.slug])

    def get_public_url(self, language: str | None = None) -> str:
        """Where everybody finds the tool, while it is public."""
        with override(language or current_language()):
            return reverse("library:public_tool", args=[self.slug])

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may see the tool and take its files."""
        return Tool.objects.visible_to(user).filter(pk=self.pk).exists()
