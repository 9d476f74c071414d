"""Blocks of group articles whose records each reader sees only where ``visible_to`` gives them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.widgets import AdminSnippetChooser
from wagtail_localize.segments import OverridableSegmentValue

from home.blocks import MEMBER_BLOCKS
from home.blocks.plain import CharBlock, ChosenOrNone
from members.audit.acting import acting_person

CHOSEN = "chosen"  # in the context of a page: what its reader may see of it, by model and key
ARTICLE_GROUP = "#article-group"  # the field of the form that says which group an article is of


def name_of(record: Any) -> str:
    """What a record is called in the CMS, where whoever works there may see it."""
    person = acting_person()
    known = person is not None and record.is_visible_to(person)
    return str(record) if known else gettext("Something that you cannot see")


class DiscreetChooser(AdminSnippetChooser):
    """The field of a form that shows what was chosen, but for records that its reader may not see."""

    def get_display_title(self, instance: Any) -> str:
        """The record's name, or that there is one."""
        return name_of(instance)


class VisibleChooserBlock(ChosenOrNone, SnippetChooserBlock):
    """A record that only those readers see who may; the page finds out for all of its blocks at once."""

    def __init__(
        self, target_model: str, related: Iterable[str] = (), linked_fields: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(target_model, **kwargs)
        self.related = tuple(related)
        self.linked_fields = linked_fields or {}

    @cached_property
    def widget(self) -> DiscreetChooser:
        """The chooser of the model."""
        return DiscreetChooser(self.target_model, icon=self.meta.icon, linked_fields=self.linked_fields)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """The records of these keys; one that was found for a reader already stays as it is."""
        values = list(values)
        read = super().bulk_to_python([None if isinstance(value, Model) else value for value in values])
        return [value if isinstance(value, Model) else record for value, record in zip(values, read, strict=True)]

    def visible(self, keys: Iterable[int], user: Any) -> dict[int, Any]:
        """Those of these records that a person may see, with what is shown of them."""
        records = self.target_model.objects.visible_to(user)
        return (records.select_related(*self.related) if self.related else records).in_bulk(list(keys))

    def shown(self, value: Any, context: Any) -> Any:
        """The record, where the page found that its reader may see it; otherwise nothing at all."""
        return (context or {}).get(CHOSEN, {}).get((self.target_model, value.pk)) if value else None

    def render_basic(self, value: Any, context: Any = None) -> str:
        """What the comparison of two versions says."""
        return name_of(value) if value else ""

    def get_translatable_segments(self, value: Any) -> list[OverridableSegmentValue]:
        """A translation has the same record, and may have another one."""
        return [OverridableSegmentValue("", value.pk)] if value else []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The record of the translation; none when it was deleted meanwhile, where the package would fail."""
        return self.target_model.objects.filter(pk=segments[0].data).first()


class AttachmentBlock(blocks.StructBlock):
    """A document of the library with its newest file, and a word about it."""

    tool = VisibleChooserBlock(
        "library.Tool",
        icon="doc-full",
        label=_("Document"),
        related=("association", "type", "current_version__stored_file"),
    )
    note = CharBlock(label=_("What it is for here"), required=False, default="")

    class Meta:
        icon = "doc-full"
        group = _("Pictures and documents")
        label = _("Document of the library")
        description = _("A tool of the library. Each reader sees it only if it is shared with them.")
        template = "blocks/attachment.html"
        preview_template = "blocks/attachment_preview.html"  # the library of this site may still be empty
        preview_value = {"tool": None, "note": "À lire avant la réunion"}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The tool, for who may see it."""
        block = self.child_blocks["tool"]
        context = super().get_context(value, parent_context)
        return {**context, "tool": block.shown(value["tool"], parent_context)}


class GroupPictureBlock(blocks.StructBlock):
    """A picture of the group, with what it shows in the article's language."""

    picture = VisibleChooserBlock(
        "news.GroupPicture", icon="image", label=_("Picture"), linked_fields={"group": ARTICLE_GROUP}
    )
    alternative = CharBlock(
        label=_("What it shows"), required=False, default="", help_text=_("For people who do not see it.")
    )
    is_decorative = blocks.BooleanBlock(label=_("It only decorates: there is nothing to say"), required=False)
    caption = CharBlock(label=_("Caption"), required=False, default="")

    class Meta:
        icon = "image"
        group = _("Pictures and documents")
        label = _("Picture")
        description = _("A picture that only those see who see the group.")
        template = "blocks/group_picture.html"
        preview_template = "blocks/picture_preview.html"
        preview_value = {
            "picture": None,
            "alternative": "Un cercle",
            "is_decorative": False,
            "caption": "Des pétales en cercle",
        }

    def clean(self, value: Any) -> Any:
        """Ask for a description, or for the word that there is none."""
        cleaned = super().clean(value)
        if bool(cleaned["alternative"]) == bool(cleaned["is_decorative"]):
            message = _("Say what the picture shows, or tick that it only decorates: one of the two.")
            raise StructBlockValidationError({"alternative": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The picture, for who may see it."""
        block = self.child_blocks["picture"]
        context = super().get_context(value, parent_context)
        return {**context, "picture": block.shown(value["picture"], parent_context)}


ARTICLE_BLOCKS: list[tuple[str, Any]] = [
    *MEMBER_BLOCKS,
    ("picture", GroupPictureBlock()),
    ("attachment", AttachmentBlock()),
]
