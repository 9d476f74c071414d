"""Types and themes of tools, which an editor manages."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.at_once import in_both
from home.languages import Bilingual

TERM = ("slug", *in_both("name"), "search_words")  # the columns of a term


class Term(models.Model):
    """A word of the library in both languages, with what people type when they mean it."""

    slug = models.SlugField(unique=True)
    name = Bilingual(models.CharField(_("name"), max_length=120))
    search_words = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name=_("search words"),
        help_text=_("What colleagues also call it, in French or in Dutch, one a line."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ToolType(Term):
    """What kind of document a tool is, such as work rules or a job profile."""

    class Meta:
        verbose_name = _("type of tool")
        verbose_name_plural = _("types of tools")


class Theme(Term):
    """What a tool is about, such as finance or volunteers."""

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
