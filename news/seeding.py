"""Loads public news, and the working groups with their articles and meetings."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from home.languages import LANGUAGES
from home.seeding import add_in_every_language, add_missing, fields, pages_content, read, with_bodies
from members.models import Association
from news.actions import sync_group
from news.models import (
    GroupIndexPage,
    GroupNewsPage,
    GroupPage,
    Meeting,
    MemberAreaPage,
    NewsIndexPage,
    NewsPage,
    WorkingGroup,
)

SEED = settings.BASE_DIR / "news" / "seed"


def seed_public_news(homes: dict[str, Page]) -> None:
    """The list of news and its articles."""
    lists = add_in_every_language(homes, NewsIndexPage, pages_content()["news"])
    for article in read(SEED / "public_news.yaml")["news"]:
        shared = {
            "date": article["date"],
            "source_url": article["source_url"] or "",
            "associations": list(Association.objects.filter(slug__in=article["associations"])),
        }
        add_in_every_language(lists, NewsPage, _article_words(article, shared))


def _article_words(article: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    words = {code: {**article[code], **shared} for code in LANGUAGES if code in article}
    return {**with_bodies(words), "source_language": article["source_language"]}


def seed_member_area(homes: dict[str, Page]) -> None:
    """The places in the page tree below which each group's pages stand."""
    words = {"fr": {"title": "Espace membres", "slug": "espace"}, "nl": {"title": "Ledenruimte", "slug": "ruimte"}}
    areas = add_in_every_language(homes, MemberAreaPage, words)
    words = {
        "fr": {"title": "Groupes de travail", "slug": "groupes"},
        "nl": {"title": "Werkgroepen", "slug": "groepen"},
    }
    add_in_every_language(areas, GroupIndexPage, words)


def seed_groups() -> dict[str, WorkingGroup]:
    """The working groups with their articles and meetings, by the key of the seed."""
    content = read(SEED / "groups.yaml")
    groups: dict[str, WorkingGroup] = {}
    for facts in content["groups"]:
        key = facts.pop("slug")
        groups[key], is_new = add_missing(WorkingGroup, fields(WorkingGroup, facts), key="slug_fr")
        if is_new:
            sync_group(groups[key])
    for facts in content["meetings"]:
        _seed_meeting(groups[facts["group"]], facts)
    for article in content["news"]:
        group = groups[article["group"]]
        parents = {page.locale.language_code: page for page in GroupPage.objects.filter(group=group)}
        add_in_every_language(
            parents, GroupNewsPage, _article_words(article, {"date": article["date"], "group": group})
        )
    return groups


def _seed_meeting(group: WorkingGroup, facts: dict[str, Any]) -> None:
    times = {name: timezone.make_aware(datetime.fromisoformat(facts[name])) for name in ("starts_at", "ends_at")}
    if not group.meetings.filter(starts_at=times["starts_at"]).exists():
        Meeting.objects.create(**fields(Meeting, facts) | times, group=group)
