"""Working groups, their meetings and articles, in a page tree with both languages."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import HomePage
from news.actions import sync_group
from news.enums import Joining
from news.models import Comment, GroupIndexPage, GroupNewsPage, GroupPage, Meeting, MemberAreaPage, WorkingGroup
from tests.factories.people import UserFactory


class WorkingGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkingGroup

    slug_fr = factory.Sequence(lambda n: f"groupe-{n}")
    slug_nl = factory.Sequence(lambda n: f"groep-{n}")
    name_fr = factory.LazyAttribute(lambda made: f"Le {made.slug_fr}")
    name_nl = factory.LazyAttribute(lambda made: f"De {made.slug_nl}")
    purpose_fr = "Partager ce qui marche."
    purpose_nl = "Delen wat werkt."
    is_open = True
    joining = factory.LazyAttribute(lambda made: Joining.ON_REQUEST if made.is_open else Joining.BY_INVITATION)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    group = factory.SubFactory(WorkingGroupFactory)
    title_fr = factory.Sequence(lambda n: f"Réunion {n}")
    title_nl = factory.Sequence(lambda n: f"Vergadering {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=2))


class GroupNewsPageFactory:
    """Articles stand in a page tree, which this makes where it is missing."""

    number = 0

    def __new__(cls, *, group: WorkingGroup, language: str = "fr", **fields: Any) -> Any:
        cls.number += 1
        fields = {"title": f"Article {cls.number}", "slug": f"article-{cls.number}", "summary": "Résumé.", **fields}
        page = GroupNewsPage(**fields)
        folder_of(group, language).add_child(instance=page)
        page.save_revision().publish()
        return GroupNewsPage.objects.get(pk=page.pk)


def translated(article: GroupNewsPage) -> Any:
    """The Dutch page of a French article."""
    page = GroupNewsPage(title=f"NL {article.title}", slug=f"nl-{article.slug}", summary="Samenvatting.")
    page.locale, page.translation_key = Locale.objects.get(language_code="nl"), article.translation_key
    folder_of(article.group, "nl").add_child(instance=page)
    page.save_revision().publish()
    return GroupNewsPage.objects.get(pk=page.pk)


class CommentFactory(factory.django.DjangoModelFactory):
    """A comment on ``article``, written just now."""

    class Meta:
        model = Comment

    class Params:
        article = None

    article_key = factory.LazyAttribute(lambda made: made.article.translation_key)
    author = factory.SubFactory(UserFactory)
    text = factory.Sequence(lambda n: f"Remarque {n}")
    language = "fr"


def folder_of(group: WorkingGroup, language: str) -> GroupPage:
    """The folder of a group's articles; the ``homes`` fixture must have made the home pages."""
    if not GroupIndexPage.objects.exists():
        make_member_area()
    sync_group(group)
    return GroupPage.objects.get(group=group, locale__language_code=language)


def make_member_area() -> None:
    """The fixed pages of the member area below both home pages."""
    above: dict[str, Page] = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    slugs = {"fr": ("espace", "groupes"), "nl": ("ruimte", "groepen")}
    for level, model in enumerate((MemberAreaPage, GroupIndexPage)):
        made: dict[str, Page] = {}
        for language, parent in above.items():
            page = model(title=slugs[language][level], slug=slugs[language][level])
            page.locale = Locale.objects.get(language_code=language)
            if made:
                page.translation_key = next(iter(made.values())).translation_key
            parent.add_child(instance=page)
            made[language] = page
        above = made
