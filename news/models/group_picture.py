"""Pictures of working groups: seen where their group is seen, and by nobody else."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.access import is_member
from news.models.working_group import WorkingGroup

FOLDER = "pictures"
WIDTHS = (480, 960, 1600)  # pixels; a narrower picture keeps its own


class GroupPictureQuerySet(models.QuerySet["GroupPicture"]):
    """Pictures by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Those of the groups that this person may see."""
        if not is_member(user):
            return self.none()
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))

    def seen_by_all_of(self, group: WorkingGroup) -> Self:
        """Those that everybody sees who sees this group."""
        return self.filter(models.Q(group=group) | models.Q(group__is_open=True))


class GroupPicture(models.Model):
    """A picture in the widths that readers need, drawn anew: what a camera wrote into the file is not kept.

    Wagtail's own images lie in the public media folder, whoever sees the page (wagtail#3880); these do not.
    """

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="pictures", verbose_name=_("working group"))
    title = models.CharField(_("title"), max_length=120, help_text=_("To find it again here. Readers do not see it."))
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    width = models.PositiveSmallIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveSmallIntegerField(_("height in pixels"), editable=False)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    objects = GroupPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a working group")
        verbose_name_plural = _("pictures of working groups")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The widest one."""
        return self.address(self.width)

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may see the picture."""
        return GroupPicture.objects.visible_to(user).filter(pk=self.pk).exists()

    @property
    def widths(self) -> list[int]:
        """The widths in which it is there, in pixels."""
        return widths_of(self.width)

    @property
    def sources(self) -> str:
        """Every width with its address, as browsers choose among them."""
        return ", ".join(f"{self.address(width)} {width}w" for width in self.widths)

    @property
    def smallest_url(self) -> str:
        """The narrowest one, for lists."""
        return self.address(self.widths[0])

    def address(self, width: int) -> str:
        """Where the picture is given in one of its widths."""
        return reverse("news:picture", args=[self.key, width])

    def path(self, width: int) -> str:
        """Where it lies in the private storage in one of its widths."""
        return f"{FOLDER}/{self.key}-{width}.webp"


def widths_of(width: int) -> list[int]:
    """The widths that are made of a picture: never wider than it is, nor than the widest."""
    return [*(one for one in WIDTHS if one < width), min(width, WIDTHS[-1])][: len(WIDTHS)]
