"""What an association offers."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from home.languages import Bilingual
from home.provenance import Provenance
from members.enums import ServiceStatus, SpokenLanguage, StartMode
from members.models.association import Association


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services by who can use them, and where."""

    def visible_to(self, user: Any) -> Self:
        """Published and verified services of published associations; they are public."""
        return self.filter(live=True, verified_on__isnull=False, association__live=True)

    def for_audience(self, audience: Any) -> Self:
        """Services for this group; a service open to everyone is always among them."""
        return self.filter(models.Q(is_for_everyone=True) | models.Q(audiences=audience))

    def in_commune(self, commune: Any) -> Self:
        """Services that come to, or receive people of, this commune."""
        return self.filter(models.Q(covers_region=True) | models.Q(communes=commune))


class Service(DraftStateMixin, RevisionMixin, Provenance, ClusterableModel):
    """One thing an association does for people; what is unknown stays empty, never guessed."""

    association = models.ForeignKey(
        Association, models.CASCADE, related_name="services", verbose_name=_("association")
    )
    slug = models.SlugField(_("slug"))
    label = Bilingual(models.CharField(_("label"), max_length=160))
    summary = Bilingual(models.TextField(_("summary"), blank=True))
    for_whom = Bilingual(models.TextField(_("for whom"), blank=True))
    audiences = ParentalManyToManyField("members.Audience", blank=True, verbose_name=_("audiences"))
    is_for_everyone = models.BooleanField(_("open to everyone"), default=False)
    covers_region = models.BooleanField(_("in every commune of Brussels"), default=False)
    communes = ParentalManyToManyField("members.Commune", blank=True, verbose_name=_("communes"))
    spoken_languages = ArrayField(
        models.CharField(max_length=4, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )
    cost = Bilingual(models.TextField(_("cost"), blank=True))
    how_to_start = Bilingual(models.TextField(_("how to start"), blank=True))
    start_modes = ArrayField(
        models.CharField(max_length=10, choices=StartMode.choices),
        default=list,
        blank=True,
        verbose_name=_("ways to start"),
    )
    papers = Bilingual(models.TextField(_("papers to bring"), blank=True))
    hours = Bilingual(models.TextField(_("opening hours"), blank=True))
    hours_verified_on = models.DateField(_("opening hours verified on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE
    )
    notice = Bilingual(models.TextField(_("caution for the public"), blank=True))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [models.UniqueConstraint(fields=["association", "slug"], name="service_slug_per_association")]

    def __str__(self) -> str:
        return self.label

    @property
    def published_hours(self) -> str:
        """The opening hours once somebody verified them."""
        return self.hours if self.hours_verified_on else ""


class ServiceException(Orderable):
    """Days on which a service's usual hours do not hold."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="exceptions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    note = Bilingual(models.CharField(_("what changes"), max_length=200))

    class Meta(Orderable.Meta):
        verbose_name = _("exception to the hours")
        verbose_name_plural = _("exceptions to the hours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="service_exception_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
