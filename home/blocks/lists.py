"""Blocks that repeat: questions and answers, terms, steps, and a button."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks.plain import CharBlock, ListBlock, PageChooserBlock, RichTextBlock, URLBlock
from home.page_links import address_of

SHORT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = CharBlock(label=_("Question"))
    answer = RichTextBlock(label=_("Answer"), features=SHORT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question")
        template = "blocks/question.html"


class QuestionsBlock(blocks.StructBlock):
    """Questions people ask, folded until opened."""

    title = CharBlock(label=_("Title"), required=False, default="")
    items = ListBlock(QuestionBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        group = _("Lists")
        label = _("Questions and answers")
        description = _("Questions that open to show their answer.")
        template = "blocks/questions.html"
        preview_value = {
            "title": "Vos questions",
            "items": [{"question": "Est-ce une fusion ?", "answer": "<p>Non. Chacune reste autonome.</p>"}],
        }


class DefinitionBlock(blocks.StructBlock):
    """One term and what it means."""

    term = CharBlock(label=_("Term"))
    description = RichTextBlock(label=_("Description"), features=SHORT_FEATURES)

    class Meta:
        icon = "list-ul"
        label = _("Term")
        template = "blocks/definition.html"


class DefinitionsBlock(blocks.StructBlock):
    """Terms with their descriptions, such as which data are kept and why."""

    title = CharBlock(label=_("Title"), required=False, default="")
    items = ListBlock(DefinitionBlock(), label=_("Terms"))

    class Meta:
        icon = "list-ul"
        group = _("Lists")
        label = _("Terms")
        description = _("A list of terms, each with its description.")
        template = "blocks/definitions.html"
        preview_value = {
            "title": "Vos données",
            "items": [{"term": "Formulaire de contact", "description": "<p>Gardé douze mois.</p>"}],
        }


class StepBlock(blocks.StructBlock):
    """One step."""

    title = CharBlock(label=_("Title"))
    text = RichTextBlock(label=_("Text"), features=SHORT_FEATURES, required=False, default="")

    class Meta:
        icon = "list-ol"
        group = _("Lists")
        label = _("Step")
        description = _("One step, or one axis of the alliance.")
        template = "blocks/step.html"
        preview_value = {"title": "Construire le « nous »", "text": "<p>Une charte, un comité léger.</p>"}


class StepsBlock(blocks.StructBlock):
    """Numbered steps or axes."""

    title = CharBlock(label=_("Title"), required=False, default="")
    items = ListBlock(StepBlock(), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        group = _("Lists")
        label = _("Steps")
        description = _("Numbered points in order.")
        template = "blocks/steps.html"
        preview_value = {
            "title": "Trois axes",
            "items": [{"title": "Construire le « nous »", "text": "<p>Une charte, un comité léger.</p>"}],
        }


class LinkStructValue(blocks.StructValue):
    """Where a button leads."""

    @property
    def url(self) -> str:
        """The page's address in the reader's language, or the outside address."""
        page: Any = self.get("page")
        return (address_of(page.pk) if page else self.get("address")) or ""


class ButtonBlock(blocks.StructBlock):
    """A button to one of our pages or to an outside address."""

    label = CharBlock(label=_("Label"), max_length=60)
    page = PageChooserBlock(label=_("Page"), required=False)
    address = URLBlock(label=_("Outside address"), required=False, default="")

    class Meta:
        icon = "link"
        group = _("Lists")
        label = _("Button")
        description = _("The one thing a reader can do next.")
        template = "blocks/button.html"
        value_class = LinkStructValue
        preview_value = {"label": "Trouver de l'aide", "page": None, "address": "https://www.belgium.be/"}

    def clean(self, value: Any) -> Any:
        """Ask for exactly one destination."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            message = _("Choose a page or give an address, one of the two.")
            raise StructBlockValidationError({"page": ValidationError(message)})
        return cleaned
