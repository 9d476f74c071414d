"""One thing of every kind that the public sees, in both languages, and what may happen to each."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.models import Image
from wagtail.models import Collection, Locale, Page

from home.models import AllianceSettings, ContactPage, HomePage, StandardPage
from library.models import Tool
from members.editors import sync_editors
from members.models import AssociationIndexPage, CharterPage, NeedIndexPage, ServiceException
from news.models import NewsPage
from tests.factories.home import make_homes
from tests.factories.library import ThemeFactory, ToolFactory, with_file
from tests.factories.members import (
    AssociationFactory,
    CommuneFactory,
    HelplineFactory,
    NeedFactory,
    ServiceFactory,
    add_address,
    add_contact,
    answer,
    attach,
)
from tests.factories.pages import add_page, news_indexes, publish, submit, translate_all
from tests.factories.people import UserFactory
from tests.factories.pictures import picture_file, send_picture

NAMES = ("name_fr", "name_nl", "short_name_fr", "short_name_nl")


class Step(NamedTuple):
    """Something that happens, and what the visitor must then read where, or must not read any more."""

    name: str
    do: Callable[[], Any]
    shown: dict[str, str]  # words by address
    gone: dict[str, str] = {}


class World:
    """The content, committed; a test with ``transaction=True`` empties the database afterwards."""

    def __init__(self) -> None:
        for code in ("fr", "nl"):
            Locale.objects.get_or_create(language_code=code)
        if not Page.objects.filter(depth=1).exists():
            Page.add_root(title="Root", slug="root")
        self.homes: dict[str, HomePage] = make_homes()
        self.news = news_indexes(self.homes)
        self.pages = {
            (model, language): self._page(model, language, slug)
            for model, *slugs in (
                (AssociationIndexPage, "membres", "leden"),
                (NeedIndexPage, "trouver", "vinden"),
                (ContactPage, "contact", "contact"),
                (CharterPage, "charte", "charter"),
                (StandardPage, "alliance", "alliantie"),
            )
            for language, slug in zip(("fr", "nl"), slugs, strict=True)
        }
        self._records()
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")
        sync_editors()
        self.editor = Client()
        self.editor.force_login(UserFactory(is_editor=True))

    def _page(self, model: type, language: str, slug: str) -> Any:
        return add_page(self.homes[language], model, title=slug.title(), slug=slug)

    def _records(self) -> None:
        AllianceSettings.load()  # the first page would make it
        self.commune = CommuneFactory()
        self.association = AssociationFactory(slug="csd", has_signed_charter=True)
        self.contact = add_contact(self.association, "02 111 11 11")
        add_address(self.association, "Rue du Lavoir 1", commune=self.commune)
        self.service = ServiceFactory(association=self.association)
        self.service.communes.add(self.commune)
        self.need = NeedFactory(slug_fr="aide", slug_nl="hulp")
        self.helpline = HelplineFactory()
        answer(self.need, self.association, self.service)
        attach(self.need, self.helpline)
        self.tool = ToolFactory(slug="outil", title="Un modèle", association=self.association, sharing="public")
        self.tool.themes.set([ThemeFactory()])
        self.tool.save()
        with_file(self.tool)

    @property
    def addresses(self) -> list[str]:
        """Every public page of this content."""
        return [
            *("/fr/", "/nl/", "/fr/membres/", "/nl/leden/", "/fr/membres/csd/", "/nl/leden/csd/"),
            *("/fr/trouver/", "/nl/vinden/", "/fr/trouver/aide/", "/nl/vinden/hulp/", "/fr/charte/", "/nl/charter/"),
            *("/fr/contact/", "/nl/contact/", "/fr/alliance/", "/nl/alliantie/", "/fr/actualites/", "/nl/nieuws/"),
            *("/fr/outils/", "/nl/hulpmiddelen/", "/fr/outils/outil/", "/nl/hulpmiddelen/outil/"),
            *("/fr/plan-du-site/", "/nl/overzicht/"),
        ]

    def steps(self) -> Iterator[Step]:
        """In an order in which each can happen."""
        yield from self._of_pages()
        yield from self._of_news()
        yield from self._of_records()
        yield from self._of_tools()

    def _of_pages(self) -> Iterator[Step]:
        french, dutch = self.pages[StandardPage, "fr"], self.pages[StandardPage, "nl"]
        yield Step(
            "a page is edited", lambda: _publish(french, introduction="Mots neufs."), {"/fr/alliance/": "Mots neufs."}
        )
        yield Step(
            "a page enters the menu",
            lambda: (_publish(french, show_in_menus=True, title="Au menu"), _publish(dutch, title="Op het menu")),
            {url: "Au menu" if url.startswith("/fr") else "Op het menu" for url in self.addresses},
        )
        yield Step(
            "the home page is edited",
            lambda: _publish(self.homes["nl"], headline="Nieuwe kop"),
            {"/nl/": "Nieuwe kop"},
        )
        settings = AllianceSettings.load()
        yield Step(
            "the alert is set",
            lambda: _save(settings, alert_fr="Fermé ce jour", alert_nl="Vandaag gesloten"),
            {url: "Fermé ce jour" if url.startswith("/fr") else "Vandaag gesloten" for url in self.addresses},
        )

        yield from self._of_pictures(french)
        yield Step(
            "a redirect is added",
            lambda: Redirect.add_redirect("/fr/ancienne-adresse", "/fr/charte/?depuis=ailleurs"),
            {"/fr/ancienne-adresse/": "/fr/charte/?depuis=ailleurs"},
        )

    def _of_pictures(self, page: Page) -> Iterator[Step]:
        send_picture(self.editor, "vue-premiere.jpg", picture_file().getvalue())
        picture = Image.objects.get(title="vue-premiere.jpg")
        yield Step(
            "a picture appears",
            lambda: _publish(page, body=[("picture", {"image": picture, "alternative": "", "caption": ""})]),
            {"/fr/alliance/": "vue-premiere."},
        )
        yield Step(
            "a picture gets another file",
            lambda: send_picture(self.editor, "vue-seconde.jpg", picture_file().getvalue(), picture),
            {"/fr/alliance/": "vue-seconde."},
            {"/fr/alliance/": "vue-premiere."},
        )

    def _of_news(self) -> Iterator[Step]:
        made: dict[str, Any] = {}

        def write(**fields: Any) -> None:
            page = NewsPage(title="Une nouvelle", slug="une-nouvelle", summary="Bref.", locale=self.news["fr"].locale)
            for name, value in fields.items():
                setattr(page, name, value)
            self.news["fr"].add_child(instance=page)
            made[page.slug] = page
            page.save_revision().publish() if page.live else page.save_revision(approved_go_live_at=page.go_live_at)

        def translate() -> None:
            translated = submit(self.editor, made["une-nouvelle"])
            translate_all(translated)
            publish(self.editor, translated)

        def plan() -> None:
            soon = timezone.now() + timedelta(milliseconds=1)
            write(title="Pour demain", slug="demain", live=False, go_live_at=soon)

        lists = ("/fr/", "/fr/actualites/", "/nl/nieuws/", "/nl/", "/fr/membres/csd/")
        yield Step(
            "an article appears",
            lambda: write(associations=[self.association]),
            dict.fromkeys(lists, "Une nouvelle") | {"/fr/actualites/une-nouvelle/": "Une nouvelle"},
        )
        yield Step(
            "a translation appears",
            translate,
            {"/nl/nieuws/": "NL Une nouvelle", "/nl/": "NL Une nouvelle", "/nl/leden/csd/": "NL Une nouvelle"}
            | {"/fr/actualites/une-nouvelle/": "/nl/nieuws/nl-une-nouvelle/"},
        )
        yield Step(
            "the day of an article comes",
            lambda: (plan(), call_command("publish_scheduled")),
            {"/fr/actualites/": "Pour demain", "/fr/": "Pour demain"},
        )
        yield Step(
            "an article is taken away",
            lambda: NewsPage.objects.get(slug="demain").unpublish(),
            {},
            {"/fr/actualites/": "Pour demain", "/fr/": "Pour demain"},
        )

    def _of_records(self) -> Iterator[Step]:
        of_association = ("/fr/membres/csd/", "/fr/membres/", "/fr/", "/fr/charte/", "/fr/trouver/aide/")
        yield Step(
            "an association is renamed",
            lambda: _save(self.association, **dict.fromkeys(NAMES, "Centrale")),
            dict.fromkeys((*of_association, "/nl/leden/csd/", "/nl/leden/", "/fr/outils/outil/"), "Centrale"),
        )
        yield Step(
            "a number changes",
            lambda: _save(self.contact, value="02 222 22 22"),
            dict.fromkeys(("/fr/membres/csd/", "/nl/leden/csd/", "/fr/trouver/aide/"), "02 222 22 22"),
            dict.fromkeys(("/fr/membres/csd/", "/nl/leden/csd/", "/fr/trouver/aide/"), "02 111 11 11"),
        )
        yield Step(
            "a service changes",
            lambda: _save(self.service, label_fr="Repas chauds", label_nl="Warme maaltijden"),
            {"/fr/membres/csd/": "Repas chauds", "/nl/leden/csd/": "Warme maaltijden"},
        )
        yield Step("a service closes for a day", self._close, {"/fr/membres/csd/": "Fermé pour cause de fête"})
        yield Step(
            "a need is worded anew",
            lambda: _save(self.need, label_fr="Je suis seule", label_nl="Ik ben alleen"),
            dict.fromkeys(("/fr/trouver/", "/fr/trouver/aide/"), "Je suis seule")
            | {"/nl/vinden/hulp/": "Ik ben alleen"},
        )
        yield Step(
            "a help line gets another number",
            lambda: _save(self.helpline, number="1712"),
            {"/fr/trouver/aide/": "1712", "/nl/vinden/hulp/": "1712"},
        )
        yield Step(
            "a commune is renamed",
            lambda: _save(self.commune, name_fr="Saint-Neuf", name_nl="Nieuwveld"),
            {"/fr/membres/csd/": "Saint-Neuf", "/nl/leden/csd/": "Nieuwveld"},
        )

    def _close(self) -> None:
        ServiceException.objects.create(
            service=self.service,
            starts_on=date.today(),
            ends_on=date.today() + timedelta(days=1),
            note_fr="Fermé pour cause de fête",
            note_nl="Gesloten",
        )

    def _of_tools(self) -> Iterator[Step]:
        tool, kind, theme = self.tool, self.tool.type, self.tool.themes.get()
        yield Step(
            "a type of tools is renamed",
            lambda: _save(kind, name_fr="Canevas", name_nl="Sjabloon"),
            {"/fr/outils/": "Canevas", "/nl/hulpmiddelen/outil/": "Sjabloon"},
        )
        yield Step("a theme is renamed", lambda: _save(theme, name_fr="Soins"), {"/fr/outils/outil/": "Soins"})
        yield Step(
            "a tool gets another version",
            lambda: with_file(tool, note="Corrigé en mai", content=b"%PDF-1.7\n%%EOF\n"),
            {"/fr/outils/outil/": "Version 2 du"},
        )
        yield Step(
            "the last public tool is taken back",
            lambda: Tool.objects.filter(pk=tool.pk).update(sharing="alliance"),
            {},
            {"/fr/outils/": "Un modèle", "/fr/": "/fr/outils/", "/nl/": "/nl/hulpmiddelen/"},
        )
        yield Step(
            "a tool is made public",
            lambda: Tool.objects.filter(pk=tool.pk).update(sharing="public"),
            {"/fr/outils/": "Un modèle", "/fr/": "/fr/outils/", "/nl/": "/nl/hulpmiddelen/"},
        )


def _publish(page: Page, **fields: Any) -> None:
    fresh: Any = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


def _save(record: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def add_draft(parent: Page) -> None:
    """A page that nobody published yet."""
    page = StandardPage(title="Bientôt", slug="bientot", live=False, locale=parent.locale)
    parent.add_child(instance=page)
    page.save_revision()
