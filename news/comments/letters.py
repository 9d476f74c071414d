"""The letter about a new comment: to those who take part in the conversation, and to whom it names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from members.letters import Letter
from members.models import OutgoingMail, User
from members.tasks import post, take_back_about, written
from news.comments.words import plain, shown_name
from news.letters import subjects
from news.letters.stops import stop_headers, stop_url
from news.models import Comment, GroupNewsPage, MutedThread

COMMENT = Letter("emails/comment_subject.txt", "emails/comment.txt")


class Audience(NamedTuple):
    """How many get a letter about the next comment of a person, whoever it names; and whether that person muted it."""

    number: int
    is_muted: bool

    @classmethod
    def of(cls, article: GroupNewsPage, writer: Any) -> Self:
        """Read both in one query."""
        concerned = article.group.readers().filter(_takes_part(article) | Q(pk=writer.pk))
        rows = concerned.annotate(is_muted=_is_muted(article), hears=_hears(article)).values("pk", "is_muted", "hears")
        own = [row["is_muted"] for row in rows if row["pk"] == writer.pk]
        return cls(sum(row["hears"] and row["pk"] != writer.pk for row in rows), any(own))


def tell_thread(*, comment: Comment, article: GroupNewsPage) -> None:
    """Write once to each person who takes part or is named; called in the transaction that saves the comment."""
    named = _named(comment)
    _write(comment, article, _listeners(article).filter(_takes_part(article) | Q(pk__in=named)), named)


def tell_correction(*, comment: Comment, article: GroupNewsPage) -> None:
    """Write to those whom a correction names and who had no letter about the comment yet.

    Letters that quote it as it was and went to nobody yet are written anew.
    """
    subject, named = subjects.of_comment(comment.pk), _named(comment)
    unheard = OutgoingMail.objects.unheard().about(subject).select_for_update()
    again = list(unheard.values_list("person", flat=True))
    take_back_about(subject)
    comment.told.remove(*again)
    concerned = Q(pk__in=named) | (Q(pk__in=again) & _takes_part(article))
    people = _listeners(article).filter(concerned).exclude(pk__in=comment.told.values("pk"))
    _write(comment, article, people, named)


def _named(comment: Comment) -> dict[int, User]:
    return {person.pk: person for person in comment.mentions.all()}


def _listeners(article: GroupNewsPage) -> QuerySet[User]:
    """Who may read the article and wants letters about it."""
    return article.group.readers().annotate(hears=_hears(article)).filter(hears=True)


def _hears(article: GroupNewsPage) -> ExpressionWrapper:
    """Who did not say that they want no letters, about this conversation or about any."""
    wants = ~Q(letter_choice__gets_comments=False)
    return ExpressionWrapper(wants & ~_is_muted(article), BooleanField())


def _is_muted(article: GroupNewsPage) -> Exists:
    return Exists(MutedThread.objects.filter(person=OuterRef("pk"), article_key=article.translation_key))


def _takes_part(article: GroupNewsPage) -> Q:
    """The authors of the article in either language, and those who commented on it."""
    pages = GroupNewsPage.objects.order_by().filter(translation_key=article.translation_key, owner__isnull=False)
    wrote = Comment.objects.order_by().under(article).standing().filter(author__isnull=False)
    return Q(pk__in=pages.values("owner")) | Q(pk__in=wrote.values("author"))


def _write(comment: Comment, article: GroupNewsPage, people: QuerySet[User], named: Mapping[int, User]) -> None:
    """Keep all letters at once, and whom they tell; as many queries for one as for many."""
    receivers = list(people.exclude(pk__in=[comment.author_id]))
    post(list(_letters(comment, article, receivers, named)))
    comment.told.add(*receivers)


def _letters(
    comment: Comment, article: GroupNewsPage, receivers: Iterable[User], named: Mapping[int, User]
) -> Iterator[OutgoingMail]:
    """To each in their language, about the page in it where there is one."""
    pages = GroupNewsPage.objects.live().filter(translation_key=article.translation_key).select_related("locale")
    thread = subjects.of_thread(article.translation_key)
    by_language = {page.locale.language_code: page for page in pages}
    for person in receivers:
        stop = stop_url(person, thread)
        context = {
            "comment": comment,
            "group": article.group,
            "article": by_language.get(person.language, article),
            "quoted": _quoted(comment, named, person),
            "is_named": person.pk in named,
            "stop": stop,
        }
        subject, body = COMMENT.written(person.language, context)
        about = ["gets_comments", thread, subjects.of_comment(comment.pk), subjects.of_reading(article.group_id)]
        yield written(subject, body, person.email, stop_headers(stop), person=person, about=about)


def _quoted(comment: Comment, named: Mapping[int, User], reader: User) -> str:
    """The text as letters quote what somebody said."""
    text = plain(comment.text, lambda pk: shown_name(named.get(pk), reader))
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
