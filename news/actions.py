"""Writes about working groups that touch several rows."""

from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale

from home.languages import LANGUAGES
from members.editors import COORDINATION, grant_pages
from news.models import GroupIndexPage, GroupPage, WorkingGroup

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")


@transaction.atomic
def sync_group(group: WorkingGroup) -> dict[str, GroupPage]:
    """Give a group its folder of articles in each language, and its coordinators the right to write there.

    A language without a list of working groups is passed over. Returns the folders by language.
    """
    pages = {page.locale.language_code: page for page in group.pages.select_related("locale")}
    key = next((page.translation_key for page in pages.values()), uuid4())
    for language in LANGUAGES:
        page = pages.get(language)
        if page:
            _rename(page, group, language)
        elif created := _create_page(group, language, key):
            pages[language] = created
    _sync_coordinators(group, pages)
    return pages


def _create_page(group: WorkingGroup, language: str, translation_key: Any) -> GroupPage | None:
    locale = Locale.objects.get(language_code=language)
    index = GroupIndexPage.objects.filter(locale=locale).first()
    if index is None:
        return None
    page = GroupPage(group=group, locale=locale, translation_key=translation_key, **_words(group, language))
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def _words(group: WorkingGroup, language: str) -> dict[str, str]:
    return {"title": getattr(group, f"name_{language}"), "slug": getattr(group, f"slug_{language}")}


def _rename(page: GroupPage, group: WorkingGroup, language: str) -> None:
    words = _words(group, language)
    if all(getattr(page, name) == word for name, word in words.items()):
        return
    for name, word in words.items():
        setattr(page, name, word)
    page.draft_title = page.title
    page.save()
    page.save_revision().publish()


def _sync_coordinators(group: WorkingGroup, pages: dict[str, GroupPage]) -> None:
    name = f"{COORDINATION}{group.slug_fr}"
    existing = Group.objects.filter(name__startswith=COORDINATION, page_permissions__page__in=pages.values())
    rights = existing.distinct().first() or Group.objects.get_or_create(name=name)[0]
    if rights.name != name:
        rights.name = name
        rights.save()
    for page in pages.values():
        grant_pages(rights, page, PAGE_PERMISSIONS)
    rights.user_set.set(group.coordinators.all())
