"""What an association offers."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from translated_fields import to_attribute
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from home.languages import LANGUAGES, Bilingual
from home.provenance import Provenance
from members.enums import ServiceStatus, SpokenLanguage, StartMode
from members.models.association import Association
from members.models.vocabulary import Commune


class ServiceQuerySet(models.QuerySet["Service"]):
    """Services by who can use them, and where."""

    def visible_to(self, user: Any) -> Self:
        """Published and verified services of published associations; they are public."""
        verified = self.filter(live=True, verified_on__isnull=False, association__live=True)
        return verified.exclude(status=ServiceStatus.UNVERIFIED)

    def in_order(self) -> Self:
        """The association's own order."""
        return self.order_by("order", "pk")

    def for_audience(self, audience: Any) -> Self:
        """Services for this group; those open to everyone are always among them.

        A service that names no audience is for those of its association.
        """
        everyone = models.Q(is_for_everyone=True) | models.Q(audiences__is_everyone=True)
        unnamed = models.Q(audiences__isnull=True, association__audiences=audience)
        return self.filter(everyone | models.Q(audiences=audience) | unnamed)

    def in_commune(self, commune: Any) -> Self:
        """Services that come to, or receive people of, this commune."""
        return self.filter(models.Q(covers_region=True) | models.Q(communes=commune))

    def of_unknown_area(self) -> Self:
        """Services of which nobody told us where they work."""
        return self.filter(covers_region=False, communes__isnull=True)

    def with_area(self) -> Self:
        """With its communes, named in each language and in its alphabetical order, in the same query."""
        communes = Commune.objects.filter(service=models.OuterRef("pk"))
        names = {language: to_attribute("name", language) for language in LANGUAGES}
        return self.annotate(
            commune_keys=ArraySubquery(communes.values("pk")),
            **{
                to_attribute("commune_names", language): ArraySubquery(communes.order_by(name).values(name))
                for language, name in names.items()
            },
        )


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
    status = models.CharField(_("status"), max_length=12, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE)
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
    def area(self) -> str:
        """Where it works, as far as it is known; ``with_area`` spares a query."""
        if self.covers_region:
            return gettext("Every commune of Brussels")
        names = getattr(self, to_attribute("commune_names"), None)
        return ", ".join([str(commune) for commune in self.communes.all()] if names is None else names)

    @property
    def spoken_language_names(self) -> str:
        """The languages in which one is served, in words."""
        return ", ".join(str(SpokenLanguage(code).label) for code in self.spoken_languages)

    @property
    def start_mode_names(self) -> str:
        """The ways to start, in words."""
        return ", ".join(str(StartMode(code).label) for code in self.start_modes)

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

    def clean(self) -> None:
        """Say next to the field what the database also refuses."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
