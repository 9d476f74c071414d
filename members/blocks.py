"""Blocks about the alliance."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.lists import SHORT_FEATURES
from home.blocks.plain import CharBlock, RichTextBlock


class CharterArticleBlock(blocks.StructBlock):
    """One article of the charter; its number is its place."""

    title = CharBlock(label=_("Title"))
    text = RichTextBlock(label=_("Text"), features=SHORT_FEATURES)

    class Meta:
        icon = "doc-full"
        label = _("Article")
        group = _("Charter")
        description = _("One numbered article of the charter.")
        template = "blocks/charter_article.html"
        preview_value = {"title": "Autonomie", "text": "<p>Chaque association garde ses organes et ses choix.</p>"}
