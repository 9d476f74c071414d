"""Communities of practice across the associations."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from translated_fields import to_attribute

from home.languages import Bilingual, current_language
from members.models import User
from members.models.user import EDITORS_GROUP
from news.enums import Joining


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Groups by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Open groups for every member; closed ones for their people and for editors."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_editor else self.open_or_joined_by(user)

    def open_or_joined_by(self, person: Any) -> Self:
        """Open groups and the person's own: what anybody in the same groups sees, whatever the role."""
        own = models.Q(pk__in=person.working_groups.all()) | models.Q(coordinators=person)
        return self.filter(models.Q(is_open=True) | own).distinct()

    def coordinated_by(self, user: Any) -> Self:
        """Groups in whose name this person writes."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_editor else self.filter(coordinators=user)

    def with_slug(self, slug: str) -> Self:
        """The group with this address in the active language."""
        return self.filter(**{to_attribute("slug", current_language()): slug})

    def with_standing_of(self, user: Any) -> Self:
        """With ``is_member`` and ``is_coordinator``: what the person, ``standing_of``, is in each group."""
        joined = WorkingGroup.members.through.objects.filter(workinggroup=models.OuterRef("pk"), user=user.pk)
        leads = WorkingGroup.coordinators.through.objects.filter(workinggroup=models.OuterRef("pk"), user=user.pk)
        return self.annotate(
            standing_of=models.Value(user.pk), is_member=models.Exists(joined), is_coordinator=models.Exists(leads)
        )

    def for_lists(self, user: Any) -> Self:
        """By name, with what a list shows: the coordinators, the next meeting, whether it is one's own."""
        own = models.Q(pk__in=user.working_groups.all()) | models.Q(pk__in=user.coordinated_groups.all())
        upcoming = models.Q(meetings__ends_at__gte=timezone.now(), meetings__is_cancelled=False)
        return (
            self.annotate(is_mine=models.ExpressionWrapper(own, models.BooleanField()))
            .annotate(next_meeting_at=models.Min("meetings__starts_at", filter=upcoming))
            .prefetch_related("coordinators")
            .order_by("-is_mine", to_attribute("name", current_language()))
        )


class WorkingGroup(ClusterableModel):
    """People with the same job in different associations, who share what works."""

    slug = Bilingual(models.SlugField(_("slug"), max_length=60, unique=True))
    name = Bilingual(models.CharField(_("name"), max_length=120))
    purpose = Bilingual(models.TextField(_("purpose")))
    is_open = models.BooleanField(
        _("open to the whole alliance"),
        default=True,
        help_text=_("Otherwise only its members see the group, its news, its meetings and its tools."),
    )
    joining = models.CharField(_("how to join"), max_length=13, choices=Joining.choices, default=Joining.ON_REQUEST)
    coordinators = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="coordinated_groups", verbose_name=_("coordinators")
    )
    members = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="working_groups", verbose_name=_("members")
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_open=True) | models.Q(joining=Joining.BY_INVITATION),
                name="closed_group_invites",  # nobody else knows that it is there
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self, language: str | None = None) -> str:
        """The group's page in the member area."""
        with override(language or current_language()):
            return reverse("news:group", args=[self.slug])

    @property
    def is_joined_at_once(self) -> bool:
        """Tell whether whoever wants to becomes a member."""
        return self.is_open and self.joining == Joining.OPEN

    @property
    def is_joined_on_request(self) -> bool:
        """Tell whether one asks its coordinators."""
        return self.is_open and self.joining == Joining.ON_REQUEST

    def is_coordinated_by(self, user: Any) -> bool:
        """Tell whether the person is one of its coordinators; a group read ``with_standing_of`` them knows it."""
        if getattr(self, "standing_of", None) == user.pk:
            return bool(self.is_coordinator)
        return self.coordinators.filter(pk=user.pk).exists()

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this user may read what the group shares."""
        return WorkingGroup.objects.visible_to(user).filter(pk=self.pk).exists()

    def readers(self) -> models.QuerySet[User]:
        """Everybody who may see the group, from the other side: agrees with ``visible_to``."""
        people: models.QuerySet[User] = User.objects.active()
        if self.is_open:
            return people
        inside = models.Q(working_groups=self) | models.Q(coordinated_groups=self)
        return people.filter(inside | models.Q(is_superuser=True) | models.Q(groups__name=EDITORS_GROUP)).distinct()
