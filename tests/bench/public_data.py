"""Makes what visitors read of a large alliance: the lists, the charter, a need that all answer, and years of news."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page

from home.models import HomePage
from members.models import Association, AssociationIndexPage, CharterPage, NeedIndexPage
from news.models import NewsIndexPage, NewsPage
from tests.bench.group_data import BODY
from tests.bench.page_tree import NewPage, insert_pages
from tests.factories.members import ServiceFactory

A_WEEK = 3  # articles
LISTS = (
    (AssociationIndexPage, "membres", "leden"),
    (NeedIndexPage, "trouver", "vinden"),
    (CharterPage, "charte", "charter"),
    (NewsIndexPage, "actualites", "nieuws"),
)


def add_public_pages(associations: list[Association], articles: int) -> None:
    """Every association signed the charter and has a service; each article is about one of them."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    made = {}
    for model, *slugs in LISTS:
        for language, slug in zip(("fr", "nl"), slugs, strict=True):
            page = model(title=slug.title(), slug=slug, locale=homes[language].locale)
            page.translation_key = UUID(int=LISTS.index((model, *slugs)) + 1)
            made[model, language] = homes[language].add_child(instance=page)
    Association.objects.update(has_signed_charter=True)
    ServiceFactory(association=associations[0])
    indexes = {language: made[NewsIndexPage, language].page_ptr for language in homes}
    pages = insert_pages(NewsPage, [one for number in range(articles) for one in _article(indexes, number)])
    about = NewsPage.associations.through
    about.objects.bulk_create(
        (
            about(newspage_id=page.pk, association=associations[place % len(associations)])
            for place, page in enumerate(pages)
        ),
        batch_size=2_000,
    )


def _article(indexes: dict[str, Page], number: int) -> list[NewPage]:
    """One in two also stands in the other language; the first is of today."""
    languages = ("fr", "nl") if number % 2 else (("fr", "nl")[number // 2 % 2],)
    facts = {"date": timezone.localdate() - timedelta(days=number * 7 // A_WEEK), "summary": "En bref.", "body": BODY}
    return [
        NewPage(indexes[language], f"Article {number}", f"article-{number}", UUID(int=5_000_000 + number), facts)
        for language in languages
    ]
