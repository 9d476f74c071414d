"""What the page of an article shows of the conversation about it, to one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.contrib.messages import get_messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from laces.components import Component

from home.components import Pagination
from home.languages import current_language
from members.models import User
from members.permissions import can_coordinate
from news.comments.forms import CommentForm
from news.comments.letters import Audience
from news.comments.words import Piece, paragraphs
from news.models import Comment, GroupNewsPage

A_PAGE = 50  # comments
OF_A_NAME = ("id", "first_name", "last_name", "email", "is_active", "is_in_directory")  # what a name is shown with


@dataclass(frozen=True)
class Said:
    """A comment as one reader sees it, with the answers to it."""

    comment: Comment
    reader: Any
    coordinates: bool
    named: Sequence[User] = ()
    notice: str = ""  # what the site answers to the reader who just wrote or corrected it
    answers: list["Said"] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[list[Piece]]:
        """Its text, with the names of today."""
        return paragraphs(self.comment.text, {one.pk: one for one in self.named}, self.reader)

    @property
    def is_own(self) -> bool:
        """Tell whether the reader wrote it."""
        return self.comment.author_id == self.reader.pk

    @property
    def can_edit(self) -> bool:
        """Tell whether the reader may still correct it."""
        return self.is_own and self.comment.is_editable

    @property
    def can_remove(self) -> bool:
        """Tell whether the reader may remove it; agrees with ``permissions.can_remove_comment``."""
        return self.comment.removed_at is None and (self.is_own or self.coordinates)

    @property
    def has_page(self) -> bool:
        """Tell whether the author's page in the directory may be shown."""
        author = self.comment.author
        return author is not None and author.is_active and author.is_in_directory

    @property
    def is_removed_by_author(self) -> bool:
        """Tell who removed it, of a comment that was removed."""
        return self.comment.removed_by_id == self.comment.author_id


@dataclass(frozen=True)
class Conversation(Component):
    """The comments on an article, whatever the language of its page, and the forms to add one."""

    article: GroupNewsPage
    comments: Sequence[Said]
    number: int
    form: CommentForm
    answered: Comment | None  # the form then stands under its thread instead of below all
    audience: Audience
    messages: Sequence[Any] = ()  # those that belong to none of the comments
    pagination: Pagination | None = None

    template_name = "components/conversation.html"

    @classmethod
    def about(
        cls,
        article: GroupNewsPage,
        request: HttpRequest,
        form: CommentForm | None = None,
        answers: Comment | None = None,
    ) -> Self:
        """Read it for who asks; with a form that was sent and is not right, at its place."""
        reader: Any = request.user
        comments, page = _read(article, request, answers)
        answers = answers or _chosen(comments, request.GET.get("reply", ""))
        messages = list(get_messages(request))
        notices = {one.extra_tags: str(one) for one in messages}
        anchors = {one.anchor for one in comments}
        return cls(
            article=article,
            comments=_threads(comments, reader, bool(comments) and can_coordinate(reader, article.group), notices),
            number=sum(one.removed_at is None for one in page.paginator.object_list),
            form=form or CommentForm(article=article),
            answered=answers,
            audience=Audience.of(article, reader),
            messages=[one for one in messages if one.extra_tags not in anchors],
            pagination=Pagination(page, path=article.url, anchor="#comments"),
        )

    @property
    def open_thread(self) -> int | None:
        """The comment under whose answers the form stands."""
        return (self.answered.parent_id or self.answered.pk) if self.answered else None

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template shows; forms need the page's own token."""
        return {
            "talk": self,
            "language": current_language(),
            "csrf_token": parent_context.get("csrf_token", "") if parent_context else "",
        }


def _read(article: GroupNewsPage, request: HttpRequest, answers: Comment | None) -> tuple[list[Comment], Page]:
    """The comments of one page in order, with whom they name; an answer never stands without what it answers."""
    rows: Any = Comment.objects.under(article).by_thread().values_list("pk", "parent", "removed_at", named=True)
    places = list(rows)
    page = Paginator(places, A_PAGE).get_page(_page_asked(request, places, answers))
    shown = {one.pk for one in page} | {one.parent for one in page}
    found: Any = Comment.objects.by_thread().for_lists().annotate(people_named=_people_named())
    return list(found.filter(pk__in=shown - {None})), page


def _people_named() -> ArraySubquery:
    """Whom a comment names, with what a name needs, in the query of the comments; who was erased has no name."""
    named = User.objects.filter(mentioned_in=OuterRef("pk"), erased_at__isnull=True)
    return ArraySubquery(named.order_by().values(json=JSONObject(**{name: name for name in OF_A_NAME})))


def _page_asked(request: HttpRequest, places: Sequence[Any], answers: Comment | None) -> Any:
    """The page on which the comment stands that is answered, or to which a link leads; else the one asked for."""
    wanted = str(answers.pk) if answers else request.GET.get("reply") or request.GET.get("comment")
    found = next((number for number, one in enumerate(places) if str(one.pk) == wanted), None)
    return request.GET.get("page") if found is None else found // A_PAGE + 1


def _threads(comments: Sequence[Comment], reader: Any, coordinates: bool, notices: Mapping[str, str]) -> list[Said]:
    """The comments in order, each with its answers."""
    said = {one.pk: Said(one, reader, coordinates, _named(one), notices.get(one.anchor, "")) for one in comments}
    for one in comments:
        if one.parent_id in said:
            said[one.parent_id].answers.append(said[one.pk])
    return [one for one in said.values() if one.comment.parent_id is None]


def _named(comment: Any) -> list[User]:
    return [User(**facts) for facts in comment.people_named]


def _chosen(comments: Sequence[Comment], number: str) -> Comment | None:
    """The comment that the reader wants to answer."""
    return next((one for one in comments if str(one.pk) == number and one.removed_at is None), None)
