"""A member association, and how to reach it."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from translated_fields import to_attribute
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from home.languages import LANGUAGES, Bilingual, current_language
from home.previews import BilingualPreviewMixin
from home.provenance import Provenance, VerifiedQuerySet
from home.telephone import dialable, validate_phone
from members.enums import ContactKind


class AssociationQuerySet(models.QuerySet["Association"]):
    """Associations, in the order that the alliance chose."""

    def visible_to(self, user: Any) -> Self:
        """Published associations; they are public."""
        return self.filter(live=True)

    def was_public(self) -> Self:
        """Those that were public once and were taken away on purpose."""
        return self.filter(live=False, first_published_at__isnull=False)

    def in_order(self) -> Self:
        """The alliance's own order."""
        return self.order_by("order", "slug")

    def for_cards(self) -> Self:
        """With what a card, a link and a petal show and no more, for every page reads them all."""
        names = (to_attribute(name, language) for name in ("name", "short_name", "plain") for language in LANGUAGES)
        return self.only("slug", "order", *names)

    def signatories(self) -> Self:
        """Those that signed the charter, whether or not the date is known."""
        return self.filter(models.Q(has_signed_charter=True) | models.Q(charter_signed_on__isnull=False))


def hue_of(order: int) -> int:
    """The step of the colour wheel of the association in this place; neighbours stand apart."""
    return order * 7 % 24


class Association(DraftStateMixin, RevisionMixin, BilingualPreviewMixin, Provenance, ClusterableModel):
    """A non-profit of the alliance."""

    slug = models.SlugField(_("slug"), unique=True)
    name = Bilingual(models.CharField(_("official name"), max_length=200, blank=True), {"fr": {"blank": False}})
    short_name = Bilingual(models.CharField(_("short name"), max_length=60, blank=True), {"fr": {"blank": False}})
    legal_form = Bilingual(models.CharField(_("legal form"), max_length=20, blank=True))
    kbo_number = models.CharField(_("company number (KBO/BCE)"), max_length=12, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    plain = Bilingual(models.CharField(_("plain sentence"), max_length=160))
    description = Bilingual(models.TextField(_("description")))
    notice = Bilingual(models.TextField(_("caution for the public"), blank=True))
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    audiences = ParentalManyToManyField("members.Audience", blank=True, verbose_name=_("audiences"))
    joined_on = models.DateField(_("joined the alliance on"), null=True, blank=True)
    charter_signed_on = models.DateField(_("signed the charter on"), null=True, blank=True)
    has_signed_charter = models.BooleanField(_("has signed the charter"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = AssociationQuerySet.as_manager()

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self, language: str | None = None) -> str:
        """The association's public page in the active or the given language."""
        with override(language or current_language()):
            return reverse("members:association", args=[self.slug])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """What an editor sees before publishing."""
        return "members/association.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """What the page would show with what the editor typed."""
        from members.association_page import association_context  # noqa: PLC0415  # the page needs this model

        return super().get_preview_context(request, mode_name) | association_context(request, self)

    @property
    def hue(self) -> int:
        """The association's own step of the colour wheel (``.hue-0`` to ``.hue-23``)."""
        return hue_of(self.order)


class ContactPoint(Orderable, Provenance):
    """One way to reach an association; shown only once verified."""

    association = ParentalKey(Association, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind.choices)
    value = models.CharField(_("number or address"), max_length=300)
    label = Bilingual(models.CharField(_("label"), max_length=120, blank=True))
    hours = Bilingual(models.CharField(_("when"), max_length=200, blank=True))

    objects = VerifiedQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Refuse what a link could not lead to, such as an address that runs a script."""
        checks: dict[str, Any] = {ContactKind.EMAIL: validate_email, ContactKind.PHONE: validate_phone}
        try:
            checks.get(self.kind, URLValidator(["https", "http"]))(self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from error

    @property
    def href(self) -> str:
        """The address that a link to it takes."""
        schemes = {ContactKind.PHONE: "tel:", ContactKind.EMAIL: "mailto:"}
        return schemes.get(ContactKind(self.kind), "") + (
            dialable(self.value) if self.kind == ContactKind.PHONE else self.value
        )


class Address(Orderable, Provenance):
    """Where an association receives people; shown only once verified."""

    association = ParentalKey(Association, on_delete=models.CASCADE, related_name="addresses")
    kind = Bilingual(models.CharField(_("kind"), max_length=80, blank=True))
    street = Bilingual(models.CharField(_("street and number"), max_length=200, blank=True), {"fr": {"blank": False}})
    postcode = models.CharField(_("postcode"), max_length=4)
    commune = models.ForeignKey("members.Commune", models.PROTECT, null=True, blank=True, verbose_name=_("commune"))
    locality = Bilingual(models.CharField(_("locality outside Brussels"), max_length=80, blank=True))

    objects = VerifiedQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("address")
        verbose_name_plural = _("addresses")

    def __str__(self) -> str:
        return f"{self.street}, {self.postcode}"
