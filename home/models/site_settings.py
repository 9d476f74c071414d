"""Facts about the alliance itself that an editor may change."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.languages import Bilingual
from home.panels import both


@register_setting(icon="group")
class AllianceSettings(BaseGenericSetting):
    """How to reach the alliance; what is unknown stays empty and is not shown."""

    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    street = Bilingual(models.CharField(_("street and number"), max_length=160, blank=True))
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    locality = Bilingual(models.CharField(_("locality"), max_length=80, blank=True))
    company_number = models.CharField(_("company number"), max_length=12, blank=True)
    alert = Bilingual(models.CharField(_("alert on every page"), max_length=200, blank=True))

    panels = [
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        both("street"),
        both("locality"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("company_number")]),
        both("alert"),
    ]

    class Meta:
        verbose_name = _("The alliance")
