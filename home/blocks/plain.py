"""Fields of blocks that are never missing.

Stored JSON may hold ``null`` where a field was empty, and wagtail-localize cannot translate what is not a text
(https://github.com/wagtail/wagtail-localize/issues/918; research/features.md, P10).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock

from home.pictures import with_renditions


class NeverMissing:
    """Reads a missing value as an empty one."""

    empty: Any = ""

    def get_default(self) -> Any:
        """What a field has that is not stored at all."""
        value = super().get_default()  # type: ignore[misc]  # a block's
        return self.to_python(None) if value is None else value

    def to_python(self, value: Any) -> Any:
        """The value, or an empty one."""
        return super().to_python(self.empty if value is None else value)  # type: ignore[misc]  # a block's

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """The same for many values at once."""
        present = [self.empty if value is None else value for value in values]
        return super().bulk_to_python(present)  # type: ignore[misc]  # a block's


class CharBlock(NeverMissing, blocks.CharBlock):
    """A line of text."""


class TextAreaBlock(NeverMissing, blocks.TextBlock):
    """Several lines of text."""


class URLBlock(NeverMissing, blocks.URLBlock):
    """An address on the web."""


class RichTextBlock(NeverMissing, blocks.RichTextBlock):
    """Text with formatting."""


class ListBlock(NeverMissing, blocks.ListBlock):
    """Repeated blocks."""

    empty: list[Any] = []


class ChosenOrNone:
    """Reads an empty choice, however it was stored, as none."""

    def to_python(self, value: Any) -> Any:
        """The chosen record, or none."""
        return super().to_python(value or None)  # type: ignore[misc]  # a block's

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """The same for many values at once."""
        return super().bulk_to_python([value or None for value in values])  # type: ignore[misc]  # a block's


class PageChooserBlock(ChosenOrNone, blocks.PageChooserBlock):
    """A page of ours."""


class ImageChooserBlock(ChosenOrNone, WagtailImageChooserBlock):
    """A picture of ours."""

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        """All pictures of a text with what was drawn of them, in two queries however many there are."""
        images = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], with_renditions())
        return images
