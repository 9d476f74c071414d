"""Plain records with a French and a Dutch name: communes, audiences, job functions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.languages import Bilingual


class Commune(models.Model):
    """One of the communes of the Brussels-Capital Region."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=80))
    postcodes = ArrayField(models.CharField(max_length=4), verbose_name=_("postcodes"))
    other_names = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("other names"),
        help_text=_("How people also call it or one of its neighbourhoods, in any language."),
    )
    nis_code = models.CharField(_("NIS code"), max_length=5, unique=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name


class Audience(models.Model):
    """A group of people that a service is for."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=120))
    is_everyone = models.BooleanField(_("everyone"), default=False)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return self.name


class JobFunction(models.Model):
    """What somebody does in an association, so that one finds one's counterpart elsewhere."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=120))
    other_names = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("other names"),
        help_text=_("How colleagues also call it, in any language: the directory finds it by these words too."),
    )

    class Meta:
        verbose_name = _("job function")
        verbose_name_plural = _("job functions")

    def __str__(self) -> str:
        return self.name
