"""The pieces of this app in their states, for the style guide; made up and never saved."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from laces.components import Component
from wagtail.models import Locale, Site

from members.models import User
from news.comments.conversation import Conversation, Said
from news.comments.forms import CommentForm
from news.comments.letters import Audience
from news.comments.words import mark
from news.components import GroupNewsList, MeetingList, NewsList
from news.directory import GroupNames
from news.joining.dashboard import WaitingProposals
from news.models import Comment, GroupNewsPage, Meeting, MembershipProposal, NewsPage, WorkingGroup


def samples(user: Any) -> Iterator[Component]:
    """News in both languages, with and without the group; meetings of every kind."""
    articles = [NewsPage(**fields) for fields in _articles()]
    yield NewsList(articles)
    yield NewsList(articles, columns=True)
    of_group = [GroupNewsPage(group=_group(), **fields) for fields in _articles()]
    yield GroupNewsList(of_group)
    yield GroupNewsList(of_group, with_group=False)
    yield MeetingList(_meetings())
    yield MeetingList(_meetings()[:1], with_group=False)
    yield GroupNames([_group()])
    yield WaitingProposals(_proposals())
    yield _conversation(user)


def _conversation(user: Any) -> Conversation:
    """A comment that one may correct, an answer in the other language that names somebody, and a removed one."""
    article = GroupNewsPage(pk=1, group=_group(), **_articles()[0])
    answer = Comment(pk=2, author=user, text=f"Dank u, {mark(user.pk)}: zie https://www.voorbeeld.be/", language="nl")
    answer.written_at = answer.edited_at = timezone.make_aware(datetime(2026, 3, 2, 9, 30))
    comments = [
        Said(Comment(pk=1, author=user, text="Une remarque.\n\nEt la suite.", language="fr"), user, True),
        Said(Comment(pk=3, removed_at=timezone.now(), language="fr"), user, True),
    ]
    comments[0].answers.append(Said(answer, user, True, [user]))
    form = CommentForm(article=article)
    return Conversation(article, comments, number=2, form=form, answered=None, audience=Audience(3, is_muted=False))


def _articles() -> list[dict[str, Any]]:
    """What an article in each language says."""
    words = {
        "fr": ("Un article en français", "Son résumé, en une phrase."),
        "nl": ("Een artikel in het Nederlands", "De samenvatting, in één zin."),
    }
    return [
        {
            "title": title,
            "summary": summary,
            "date": date(2026, 3, 2),
            "locale": Locale(language_code=language),
            "url_path": _home_path(language),
        }
        for language, (title, summary) in words.items()
    ]


def _home_path(language: str) -> str:
    """A sample leads to the home page; it has no page of its own."""
    roots = Site.get_site_root_paths()
    return next((root.root_path for root in roots if root.language_code == language), "/")


def _group() -> WorkingGroup:
    return WorkingGroup(
        slug_fr="exemple", slug_nl="voorbeeld", name_fr="Groupe exemple", name_nl="Voorbeeldgroep", is_open=True
    )


def _proposals() -> list[MembershipProposal]:
    """An invitation, and a request."""
    group = _group()
    awa, tom = (User(pk=pk, first_name=name, last_name="Exemple") for pk, name in ((1, "Awa"), (2, "Tom")))
    group.pk = 1
    return [
        MembershipProposal(pk=1, group=group, person=awa, proposed_by=tom),
        MembershipProposal(pk=2, group=group, person=tom, proposed_by=tom),
    ]


def _meetings() -> list[Meeting]:
    """One on a place, one online over two days, and one that is cancelled."""
    start = timezone.make_aware(datetime(2026, 12, 7, 14, 0))
    end = start + timedelta(hours=2)
    group, link = _group(), "https://www.exemple.be/reunion"
    return [
        Meeting(
            pk=1,
            group=group,
            title_fr="Réunion sur place",
            starts_at=start,
            ends_at=end,
            place_fr="Salle exemple, Bruxelles",
            agenda_fr="<p>Ce que chacun apporte.</p>",
        ),
        Meeting(
            pk=2,
            group=group,
            title_fr="Deux jours en ligne",
            starts_at=start,
            ends_at=end + timedelta(days=1),
            link=link,
        ),
        Meeting(
            pk=3, group=group, title_fr="Réunion annulée", starts_at=start, ends_at=end, link=link, is_cancelled=True
        ),
    ]
