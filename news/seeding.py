"""Loads public news, and the working groups with their articles and meetings; of these, days count from today."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from home.languages import DEFAULT_LANGUAGE, LANGUAGES
from home.seeding import add_in_every_language, add_missing, fields, pages_content, read, with_bodies
from members.models import Association, User
from news.actions import sync_group
from news.comments.words import mark
from news.models import (
    Attendance,
    Comment,
    GroupIndexPage,
    GroupNewsPage,
    GroupPage,
    GroupPicture,
    Meeting,
    MemberAreaPage,
    NewsIndexPage,
    NewsPage,
    WorkingGroup,
)
from news.pictures.drawing import drawn
from news.pictures.keeping import keep

SEED = settings.BASE_DIR / "news" / "seed"
FRIDAY, MONDAY_AFTER = 4, 7


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
    """The working groups with their meetings, by the key of the seed."""
    content = read(SEED / "groups.yaml")
    groups: dict[str, WorkingGroup] = {}
    for facts in content["groups"]:
        key = facts.pop("slug")
        groups[key], is_new = add_missing(WorkingGroup, fields(WorkingGroup, facts), key="slug_fr")
        if is_new:
            sync_group(groups[key])
    for facts in content["meetings"]:
        _seed_meeting(groups[facts["group"]], facts)
    return groups


def _seed_meeting(group: WorkingGroup, facts: dict[str, Any]) -> None:
    if group.meetings.filter(title_fr=facts["title_fr"]).exists():
        return
    day = timezone.localdate() + timedelta(days=facts["in_days"])
    if day.weekday() > FRIDAY:
        day += timedelta(days=MONDAY_AFTER - day.weekday())
    times = {f"{name}_at": _moment(day, facts[name]) for name in ("starts", "ends")}
    Meeting.objects.create(**fields(Meeting, facts) | times, group=group)


def _moment(day: date, hour: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(hour)))


def seed_articles(groups: dict[str, WorkingGroup], tools: dict[str, Any]) -> None:
    """The articles of the groups, with their pictures and with tools of the library by slug."""
    content = read(SEED / "groups.yaml")
    pictures = {facts["file"]: _seed_picture(groups[facts["group"]], facts) for facts in content["pictures"]}
    for article in content["news"]:
        group = groups[article["group"]]
        parents = {page.locale.language_code: page for page in GroupPage.objects.filter(group=group)}
        day = timezone.localdate() - timedelta(days=article["days_ago"])
        shared = {"date": day, "first_published_at": _moment(day, "09:00"), "group": group}
        words = _with_records(_article_words(article, shared), pictures, tools)
        add_in_every_language(parents, GroupNewsPage, words)


def _with_records(words: dict[str, Any], pictures: dict[str, GroupPicture], tools: dict[str, Any]) -> dict[str, Any]:
    """The words with the pictures and tools that their blocks name."""
    for language in words.keys() & set(LANGUAGES):
        for kind, value in words[language]["body"]:
            if kind == "picture":
                value["picture"] = pictures[value["picture"]]
            elif kind == "attachment":
                value["tool"] = tools[value["tool"]]
    return words


def _seed_picture(group: WorkingGroup, facts: dict[str, Any]) -> GroupPicture:
    there = group.pictures.filter(title=facts["title"]).first()
    if there:
        return there
    path = SEED / "pictures" / facts["file"]
    with path.open("rb") as file:
        return keep(GroupPicture(group=group, title=facts["title"]), drawn(file, path.stat().st_size))


def seed_conversations(people: dict[str, User]) -> None:
    """What the demo's people, by name, say about articles and which meetings they come to; nothing twice."""
    content = read(SEED / "conversations.yaml")
    talked_of = set(Comment.objects.values_list("article_key", flat=True))
    for facts in content["comments"]:
        article = GroupNewsPage.objects.filter(slug=facts["article"]).first()
        if article is None or article.translation_key in talked_of:
            continue
        said = _seed_comment(article, facts, people)
        for answer in facts.get("answers", []):
            _seed_comment(article, answer, people, said)
    for facts in content["coming"]:
        meeting = Meeting.objects.upcoming().filter(group__slug_fr=facts["group"]).first()
        for name in facts["by"] if meeting else ():
            answer = {"is_coming": True, "language": DEFAULT_LANGUAGE}
            Attendance.objects.get_or_create(meeting=meeting, person=people[name], defaults=answer)


def _seed_comment(
    article: GroupNewsPage, facts: dict[str, Any], people: dict[str, User], parent: Comment | None = None
) -> Comment:
    named = [person for name, person in people.items() if f"{{{name}}}" in facts["text"]]
    comment = Comment.objects.create(
        article_key=article.translation_key,
        parent=parent,
        author=people[facts["by"]],
        text=facts["text"].format(**{name: mark(person.pk) for name, person in people.items()}),
        language=facts["language"],
        written_at=timezone.now() - timedelta(hours=facts["hours_ago"]),
    )
    comment.mentions.set(named)
    return comment
