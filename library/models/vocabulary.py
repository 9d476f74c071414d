"""Types and themes of tools, which an editor manages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages import Bilingual


class ToolType(models.Model):
    """What kind of document a tool is, such as work rules or a job profile."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=120))

    class Meta:
        verbose_name = _("type of tool")
        verbose_name_plural = _("types of tools")

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """What a tool is about, such as finance or volunteers."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=120))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name
