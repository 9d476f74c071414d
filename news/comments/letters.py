"""The letter about a new comment: to those who take part in the conversation, and to whom it names."""

from collections.abc import Collection
from typing import Any, NamedTuple, Self

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from members.letters import Letter, send_letter
from members.models import User
from news.comments import subjects
from news.comments.muting import stop_address
from news.comments.words import plain, shown_name
from news.letters.stops import stop_headers
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
    named = set(comment.mentions.values_list("pk", flat=True))
    people = _listeners(article).filter(_takes_part(article) | Q(pk__in=named))
    _write(comment, article, people, named)


def tell_named(*, comment: Comment, article: GroupNewsPage, named: Collection[int]) -> None:
    """Write to those whom a correction names, unless they heard of the comment already."""
    if named:
        _write(comment, article, _listeners(article).filter(pk__in=named).exclude(_takes_part(article)), named)


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


def _write(comment: Comment, article: GroupNewsPage, people: QuerySet[User], named: Collection[int]) -> None:
    pages = GroupNewsPage.objects.live().filter(translation_key=article.translation_key).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    for person in people.exclude(pk__in=[comment.author_id]):
        stop = stop_address(person, article.translation_key)
        context = {
            "comment": comment,
            "group": article.group,
            "article": by_language.get(person.language, article),
            "quoted": _quoted(comment, person),
            "is_named": person.pk in named,
            "stop": stop,
        }
        about = ["gets_comments", subjects.of_thread(article.translation_key), subjects.of_comment(comment.pk)]
        send_letter(
            COMMENT, person.language, [person.email], context, stop_headers(stop), person=person, about=about
        )


def _quoted(comment: Comment, reader: User) -> str:
    """The text as letters quote what somebody said."""
    known = {person.pk: person for person in comment.mentions.all()}
    text = plain(comment.text, lambda pk: shown_name(known.get(pk), reader))
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
