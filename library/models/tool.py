"""A tool that an association shares."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from home.access import is_member
from home.languages import current_language
from library.enums import Licence, SharingLevel
from library.models.tool_version import ToolVersion
from members.models import Association
from news.models import WorkingGroup


class ToolQuerySet(models.QuerySet["Tool"]):
    """Tools by who may see them and what they are."""

    def visible_to(self, user: Any) -> Self:
        """What this person's association, groups and the alliance share with them; editors see all."""
        if not is_member(user):
            return self.none()
        if user.is_editor:
            return self
        return self.filter(
            models.Q(sharing=SharingLevel.ALLIANCE)
            | models.Q(association__isnull=False, association=user.association_id)
            | models.Q(sharing=SharingLevel.GROUP, group__in=WorkingGroup.objects.visible_to(user))
        )

    def editable_by(self, user: Any) -> Self:
        """Tools that this person may change: all for editors, their association's for delegates."""
        if not is_member(user):
            return self.none()
        if user.is_editor:
            return self
        return self.filter(association=user.association_id) if user.is_delegate else self.none()

    def newest_first(self) -> Self:
        """By the date of the last version."""
        return self.order_by("-updated_on", "-pk")

    def for_lists(self) -> Self:
        """With what a list shows, in a constant number of queries."""
        newest = ToolVersion.objects.order_by("tool_id", "-number").distinct("tool_id")
        return self.select_related("type", "association").prefetch_related(
            "themes", models.Prefetch("versions", newest, to_attr="newest_versions")
        )

    def for_page(self) -> Self:
        """With what a tool's own page shows."""
        return self.select_related("type", "association", "contact__job_function").prefetch_related(
            "themes", "versions"
        )

    def related_to(self, tool: Any) -> Self:
        """Its source, its adaptations and its translations."""
        return self.filter(
            models.Q(pk__in=[tool.derived_from_id or 0, tool.translation_of_id or 0])
            | models.Q(derived_from=tool)
            | models.Q(translation_of=tool)
        ).select_related("association")


class Tool(ClusterableModel):
    """A document that colleagues elsewhere can take and adapt; its address always gives the newest version."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=500)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    type = models.ForeignKey("library.ToolType", models.PROTECT, related_name="tools", verbose_name=_("type"))
    themes = ParentalManyToManyField("library.Theme", blank=True, related_name="tools", verbose_name=_("themes"))
    association = models.ForeignKey(Association, models.PROTECT, related_name="tools", verbose_name=_("association"))
    sharing = models.CharField(
        _("who sees it"), max_length=12, choices=SharingLevel.choices, default=SharingLevel.ASSOCIATION
    )
    group = models.ForeignKey(
        WorkingGroup, models.PROTECT, null=True, blank=True, related_name="tools", verbose_name=_("working group")
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence.choices, default=Licence.CC_BY_SA)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    contact_role = models.CharField(_("role of the contact"), max_length=120, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    derived_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="adaptations", verbose_name=_("derived from")
    )
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="translations", verbose_name=_("translation of")
    )
    updated_on = models.DateField(_("updated on"), null=True, blank=True, editable=False)

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sharing=SharingLevel.GROUP, group__isnull=False)
                | (~models.Q(sharing=SharingLevel.GROUP) & models.Q(group__isnull=True)),
                name="tool_group_with_group_sharing",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self, language: str | None = None) -> str:
        """The tool's page, which always gives its newest version."""
        with override(language or current_language()):
            return reverse("library:tool", args=[self.slug])

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may see the tool and take its files."""
        return Tool.objects.visible_to(user).filter(pk=self.pk).exists()

    @cached_property
    def newest_version(self) -> "ToolVersion | None":
        """The version that people get."""
        fetched = getattr(self, "newest_versions", None)
        if fetched is not None:
            return fetched[0] if fetched else None
        return self.versions.order_by("-number").first()
