"""Life situations in people's own words, and who answers them."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from translated_fields import to_attribute
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin

from home.languages import LANGUAGES, Bilingual, current_language
from home.previews import BilingualPreviewMixin
from home.provenance import Provenance, VerifiedQuerySet
from home.telephone import dialable, validate_phone
from members.enums import Coverage, HelplineKind, NeedAudience, SpokenLanguage
from members.models.association import Association
from members.models.service import Service

LONGEST_PHRASE = 120  # characters of a search word or sentence


class NeedGroup(models.Model):
    """A family of needs, which is also the kind of help an association gives."""

    slug = Bilingual(models.SlugField(_("slug"), unique=True))
    name = Bilingual(models.CharField(_("name"), max_length=120))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("group of needs")
        verbose_name_plural = _("groups of needs")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class HelplineQuerySet(VerifiedQuerySet):
    """Numbers to call now."""

    def emergencies(self) -> Self:
        """The emergency services that one can dial."""
        return self.published().filter(kind=HelplineKind.EMERGENCY).exclude(number="").order_by("pk")


class Helpline(Provenance):
    """A number to call now; without a verified number it is only a link."""

    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=HelplineKind.choices, default=HelplineKind.HELPLINE)
    number = models.CharField(_("number"), max_length=20, blank=True, validators=[validate_phone])
    url = models.URLField(_("website"), blank=True)
    name = Bilingual(models.CharField(_("name"), max_length=160))
    purpose = Bilingual(models.CharField(_("what for"), max_length=200, blank=True))
    hours = Bilingual(models.CharField(_("when"), max_length=120, blank=True))
    cost = Bilingual(models.CharField(_("cost"), max_length=80, blank=True))
    spoken_languages = ArrayField(
        models.CharField(max_length=4, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )

    objects = HelplineQuerySet.as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()

    @property
    def href(self) -> str:
        """What a telephone dials, or the website."""
        return f"tel:{dialable(self.number)}" if self.number else self.url

    @property
    def spoken_language_names(self) -> str:
        """The languages in which one is served, in words."""
        return ", ".join(str(SpokenLanguage(code).label) for code in self.spoken_languages)


class OutsideAddressQuerySet(VerifiedQuerySet):
    """Organisations outside the alliance."""

    def reachable(self) -> Self:
        """Verified ones that say how to reach them."""
        return self.published().exclude(phone="", email="", url="").order_by("pk")


class OutsideAddress(Provenance):
    """An organisation outside the alliance that helps."""

    slug = models.SlugField(_("slug"), unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=160))
    purpose = Bilingual(models.CharField(_("what for"), max_length=250))
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail address"), blank=True)
    url = models.URLField(_("website"), blank=True)

    objects = OutsideAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside address")
        verbose_name_plural = _("outside addresses")

    def __str__(self) -> str:
        return self.name

    @property
    def phone_href(self) -> str:
        """What a telephone dials."""
        return f"tel:{dialable(self.phone)}"


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs, with what their page shows."""

    def visible_to(self, user: Any) -> Self:
        """Published needs; they are public. The finder's words, some hundred a need, are on no page."""
        return self.filter(live=True).defer(*(f"synonyms_{name}" for name in (*LANGUAGES, "other")))

    def was_public(self) -> Self:
        """Those that were public once and were taken away on purpose."""
        return self.filter(live=False, first_published_at__isnull=False)

    def in_order(self) -> Self:
        """Urgent ones first within each group."""
        return self.order_by("group__order", "-is_urgent", "order", "pk")

    def of_the_group_of(self, slug: str) -> Self:
        """The need that has this slug in the active language, together with the others of its group."""
        return self.filter(**{f"group__needs__{to_attribute('slug')}": slug}).select_related("group").in_order()


class Need(DraftStateMixin, RevisionMixin, BilingualPreviewMixin, ClusterableModel):
    """A life situation, in the words of the person who lives it."""

    slug = Bilingual(models.SlugField(_("slug"), max_length=80, unique=True))
    group = models.ForeignKey(NeedGroup, models.PROTECT, related_name="needs", verbose_name=_("group"))
    audience = models.CharField(
        _("who speaks"), max_length=12, choices=NeedAudience.choices, default=NeedAudience.BENEFICIARY
    )
    label = Bilingual(models.CharField(_("in the person's words"), max_length=160))
    description = Bilingual(models.TextField(_("description")))
    advice = Bilingual(models.TextField(_("advice"), blank=True))
    synonyms = Bilingual(
        ArrayField(
            models.CharField(max_length=LONGEST_PHRASE), default=list, blank=True, verbose_name=_("search words")
        )
    )
    synonyms_other = ArrayField(
        models.CharField(max_length=LONGEST_PHRASE),
        default=list,
        blank=True,
        verbose_name=_("search words in other languages"),
        help_text=_("Words and short sentences in any language, one a line; the finder compares what they mean."),
    )
    say_on_phone = Bilingual(
        models.TextField(
            _("what to say on the phone"),
            blank=True,
            help_text=_("One or two sentences that somebody can read aloud; no name, no address."),
        )
    )
    is_urgent = models.BooleanField(_("urgent: help lines first"), default=False)
    coverage = models.CharField(_("coverage"), max_length=8, choices=Coverage.choices, default=Coverage.FULL)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    associations = models.ManyToManyField(Association, through="members.NeedAnswer", related_name="needs")

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self, language: str | None = None) -> str:
        """The need's public page in the active or the given language."""
        with override(language or current_language()):
            return reverse("members:need", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address that belongs to the finder, whose answer would stand before the need's page."""
        for language in LANGUAGES:
            with override(language):
                if getattr(self, to_attribute("slug")) and self.get_absolute_url() == reverse("members:finder"):
                    raise ValidationError(
                        {to_attribute("slug"): _("The finder has this address: choose another one.")}
                    )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """What an editor sees before publishing."""
        return "members/need.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """What the page would show with what the editor typed."""
        from members.need_page import need_context  # noqa: PLC0415  # the page needs this model

        beside = Need.objects.visible_to(None).filter(group=self.group_id).in_order()
        return super().get_preview_context(request, mode_name) | need_context(request, self, beside, is_typed=True)


class NeedAnswer(Orderable):
    """An association, and the service of it, that answers a need; best first."""

    need = ParentalKey(Need, on_delete=models.CASCADE, related_name="answers")
    association = models.ForeignKey(Association, models.CASCADE, verbose_name=_("association"))
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, verbose_name=_("service"))

    class Meta(Orderable.Meta):
        verbose_name = _("answer")

    def __str__(self) -> str:
        return f"{self.need} – {self.association}"


class NeedHelpline(Orderable):
    """A help line of a need, in order of display."""

    need = ParentalKey(Need, on_delete=models.CASCADE, related_name="helpline_links")
    helpline = models.ForeignKey(Helpline, models.CASCADE, verbose_name=_("help line"))

    class Meta(Orderable.Meta):
        verbose_name = _("help line")

    def __str__(self) -> str:
        return f"{self.need} – {self.helpline}"


class NeedOutsideAddress(Orderable):
    """An outside address of a need, in order of display."""

    need = ParentalKey(Need, on_delete=models.CASCADE, related_name="outside_links")
    outside_address = models.ForeignKey(OutsideAddress, models.CASCADE, verbose_name=_("outside address"))

    class Meta(Orderable.Meta):
        verbose_name = _("outside address")

    def __str__(self) -> str:
        return f"{self.need} – {self.outside_address}"
