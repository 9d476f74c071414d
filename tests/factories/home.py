"""Pages for tests, hung into the tree below their parent."""

from typing import Any

import factory
from wagtail.models import Locale, Page, Site

from home.models import ContactPage, HomePage, StandardPage


def make_homes() -> dict[str, HomePage]:
    """The two home pages, linked as translations, served by one site."""
    locales = {language: Locale.objects.get_or_create(language_code=language)[0] for language in ("fr", "nl")}
    # A test that commits leaves nothing behind, not even what the migrations made.
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    made: dict[str, HomePage] = {}
    for language, title in (("fr", "Accueil"), ("nl", "Onthaal")):
        home = HomePage(
            title=title,
            slug=title.lower(),
            headline=title,
            introduction=title,
            help_title=title,
            members_title=title,
            axes_title=title,
            news_title=title,
            locale=locales[language],
        )
        if made:
            home.translation_key = made["fr"].translation_key
        root.add_child(instance=home)
        made[language] = home
    Site.objects.create(hostname="localhost", root_page=made["fr"], is_default_site=True)
    return made


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


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


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
