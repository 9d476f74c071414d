"""Blocks of words: heading, text, quote, notice.

Every optional field has ``default=""``: wagtail-localize cannot translate a missing value (features.md, P10).
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.plain import CharBlock, ImageChooserBlock, RichTextBlock, TextAreaBlock
from home.pictures import shown

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class HeadingBlock(CharBlock):
    """A section heading, which also gives the section its anchor."""

    class Meta:
        icon = "title"
        group = _("Text")
        label = _("Heading")
        description = _("Starts a section of the page.")
        template = "blocks/heading.html"
        preview_value = "Une aide près de chez vous"


class TextBlock(RichTextBlock):
    """Paragraphs with simple formatting."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"features": TEXT_FEATURES} | kwargs))

    class Meta:
        icon = "pilcrow"
        group = _("Text")
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = "<p>Chaque association garde sa forme ; ensemble, elles font un cercle.</p>"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = TextAreaBlock(label=_("Words"))
    author = CharBlock(label=_("Who says it"), required=False, default="")
    role = CharBlock(label=_("In what role"), required=False, default="")

    class Meta:
        icon = "openquote"
        group = _("Text")
        label = _("Quote")
        description = _("A sentence that somebody said or wrote.")
        template = "blocks/quote.html"
        preview_value = {"text": "On commence petit.", "author": "Une coordinatrice", "role": "Groupe qualité"}


class Tone(models.TextChoices):
    """How a notice speaks."""

    INFO = "info", _("Information")
    WARNING = "warning", _("Caution")
    SUCCESS = "success", _("Good news")


class NoticeBlock(blocks.StructBlock):
    """Something the reader must not miss."""

    tone = blocks.ChoiceBlock(choices=Tone.choices, default=Tone.INFO, label=_("Tone"))
    title = CharBlock(label=_("Title"), required=False, default="")
    text = RichTextBlock(label=_("Text"), features=["bold", "italic", "link", "ul"])

    class Meta:
        icon = "info-circle"
        group = _("Text")
        label = _("Notice")
        description = _("A short text set apart, such as a caution.")
        template = "blocks/notice.html"
        preview_value = {"tone": "warning", "title": "En danger ?", "text": "<p>Appelez le 112.</p>"}


class PictureBlock(blocks.StructBlock):
    """A picture with its caption; the description is the picture's own alternative text."""

    image = ImageChooserBlock(label=_("Picture"))
    alternative = CharBlock(
        label=_("What it shows"),
        required=False,
        default="",
        help_text=_("For people who do not see it. Leave empty when it only decorates."),
    )
    caption = CharBlock(label=_("Caption"), required=False, default="")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the picture itself; the first thing of a text is looked at first, so that it does not wait."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        image, is_lead = value["image"], context.get("is_lead", False)
        context["picture"] = shown(image, value["alternative"], is_lead=is_lead) if image else None
        return context

    class Meta:
        icon = "image"
        group = _("Text")
        label = _("Picture")
        description = _("A picture of ours, with a caption.")
        template = "blocks/picture.html"
        preview_template = "blocks/picture_preview.html"  # the pictures of this site may still be none
        preview_value = {"image": None, "alternative": "Un cercle", "caption": "Des pétales en cercle"}
