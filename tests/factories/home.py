"""Pages for tests, hung into the tree below their parent."""

from typing import Any

import factory
from wagtail.models import Page

from home.models import ContactPage


class PageFactory(factory.django.DjangoModelFactory):
    """A live page below ``parent``, in its language; ``translation_of`` links it to another one."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Page {number}")
    slug = factory.Sequence(lambda number: f"page-{number}")

    @classmethod
    def _create(
        cls, model: type[Page], *args: Any, parent: Page, translation_of: Page | None = None, **values: Any
    ) -> Page:
        page = model(*args, locale=parent.locale, **values)
        if translation_of:
            page.translation_key = translation_of.translation_key
        parent.add_child(instance=page)
        return page


class ContactPageFactory(PageFactory):
    class Meta:
        model = ContactPage

    title = "Contact"
    slug = "contact"
    thank_you_title = "Merci"
    thank_you_text = "Votre message est arrivé."


def in_both(factory_class: type[PageFactory], homes: dict[str, Page], **slugs: str) -> dict[str, Page]:
    """The same page in French and in Dutch, below the two home pages: ``in_both(F, homes, fr="a", nl="b")``."""
    french = factory_class(parent=homes["fr"], slug=slugs["fr"], title=slugs["fr"].title())
    dutch = factory_class(parent=homes["nl"], slug=slugs["nl"], title=slugs["nl"].title(), translation_of=french)
    return {"fr": french, "nl": dutch}
