"""Commenting an article of a working group, and the letters about it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from home.access import member_required
from home.languages import preferred_translations
from home.throttling import is_within_limit
from home.trail import Step, member_trail
from members.permissions import can_remove_comment
from news.comments import actions
from news.comments.forms import CommentForm
from news.comments.holdings import left_behind
from news.comments.mentions import Colleagues
from news.comments.muting import mute, unmute
from news.models import Comment, GroupNewsPage
from news.models.comment import EDITABLE_FOR


@require_POST
@member_required
def write_comment(request: HttpRequest, pk: int, answers: int | None = None) -> HttpResponse:
    """Add a comment or an answer to one; what is not right is told on the article's page, and nothing is lost."""
    article = _visible_article(request.user, pk)
    answered = get_object_or_404(Comment.objects.under(article), pk=answers) if answers else None
    form = CommentForm(request.POST, article=article)
    if form.is_valid() and _is_within_limit(request, form):
        try:
            comment = actions.write(article=article, by=request.user, words=form.words, answers=answered)
        except ValidationError as error:
            form.add_error("text", error)
            answered = None
        else:
            done = form.said(_("Your comment is there. You can correct it for 15 minutes."))
            messages.success(request, done, comment.anchor)
            return redirect(f"{article.url}{comment.place}")
    context = article.get_context(request, form=form, answers=answered)
    return render(request, article.template, context, status=422)


@member_required
def edit_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's own comment; when the time is over the page says so, and keeps what was typed."""
    comment, article = _visible_comment(request.user, pk)
    if comment.author_id != request.user.pk or comment.removed_at:
        raise PermissionDenied
    form = CommentForm(request.POST, article=article, corrects=comment) if request.method == "POST" else None
    if form and form.is_valid() and _is_within_limit(request, form):
        try:
            actions.edit(comment=comment, article=article, by=request.user, words=form.words)
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(request, form.said(_("Your comment is corrected.")), comment.anchor)
            return redirect(f"{article.url}{comment.place}")
    context = {"form": form or CommentForm.correcting(comment, article), "is_over": not (form or comment.is_editable)}
    context |= _place_of(comment, article)
    return render(request, "news/edit_comment.html", context, status=422 if form else 200)


@require_POST
@member_required
def remove_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment away: one's own, also after one left the group, or in a group that one coordinates."""
    comment = get_object_or_404(Comment.objects.removable_by(request.user), pk=pk)
    article = _article_of(comment, GroupNewsPage.objects.visible_to(request.user))
    place = article or _article_of(comment, GroupNewsPage.objects.all())
    if not (place and can_remove_comment(request.user, comment, place.group)):
        raise PermissionDenied
    actions.remove(comment=comment, article=place, by=request.user)
    messages.success(request, _("The comment is removed."))
    return redirect(f"{article.url}#comments" if article else reverse("news:comments_left"))


@require_GET
@member_required
def comments_left(request: HttpRequest) -> HttpResponse:
    """What one said in groups that one no longer sees, to take it away."""
    trail = member_trail(
        Step(_("My profile"), reverse("members:profile")), Step(_("My data"), reverse("members:my_data"))
    )
    context = {"comments": left_behind(request.user), "trail": trail}
    return render(request, "news/comments_left.html", context)


@require_POST
@member_required
def choose_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters about this conversation, or none."""
    article = _visible_article(request.user, pk)
    chosen = request.POST.get("letters")
    if chosen == "no":
        mute(article_key=article.translation_key, person=request.user)
        messages.success(request, _("You get no more letters about this conversation."))
    elif chosen == "yes":
        unmute(article_key=article.translation_key, person=request.user)
        messages.success(request, _("You get letters about this conversation again."))
    return redirect(f"{article.url}#comments")


@require_GET
@member_required
def colleagues(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom one may name in a comment, by the beginning of a name, for a script that suggests them."""
    article = _visible_article(request.user, pk)
    if not is_within_limit(request, "colleagues", settings.COLLEAGUES_RATE_LIMIT):
        return JsonResponse({"colleagues": []}, status=429)
    known = Colleagues.of(article.group)
    found = known.beginning(request.GET.get("q", "")[:100])
    told = [{"name": one.name, "association": one.association, "written": known.written(one)} for one in found]
    return JsonResponse({"colleagues": told, "label": _("Colleagues"), "said": _said_of(len(found))})


def _visible_article(user: Any, pk: int) -> GroupNewsPage:
    """An article that this person may read; others do not exist."""
    return get_object_or_404(GroupNewsPage.objects.visible_to(user).select_related("group", "locale"), pk=pk)


def _visible_comment(user: Any, pk: int) -> tuple[Comment, GroupNewsPage]:
    """A comment, and the article that it is about in the reader's language if there is one."""
    comment = get_object_or_404(Comment.objects.visible_to(user), pk=pk)
    article = _article_of(comment, GroupNewsPage.objects.visible_to(user))
    if article is None:
        raise Http404
    return comment, article


def _article_of(comment: Comment, articles: Any) -> GroupNewsPage | None:
    """What a comment is about, of these articles, in the reader's language if there is one."""
    pages = articles.filter(translation_key=comment.article_key).select_related("group", "locale")
    return preferred_translations(pages).first()


def _place_of(comment: Comment, article: GroupNewsPage) -> dict[str, Any]:
    """Where a comment stands, and until when it can be corrected."""
    group = Step(article.group.name, article.group.get_absolute_url())
    return {
        "comment": comment,
        "article": article,
        "until": comment.written_at + EDITABLE_FOR,
        "trail": member_trail(group, Step(article.title, article.url)),
    }


def _said_of(number: int) -> str:
    """What a screen reader says of the suggestions."""
    if not number:
        return ""
    said = ngettext("%(number)d colleague fits.", "%(number)d colleagues fit.", number) % {"number": number}
    return f"{said} {_('Choose with the arrow keys and Enter.')}"


def _is_within_limit(request: HttpRequest, form: CommentForm) -> bool:
    if is_within_limit(request, "comment", settings.COMMENT_RATE_LIMIT):
        return True
    form.add_error(None, _("That was many comments in a short time. Nothing is lost: send it again in an hour."))
    return False
