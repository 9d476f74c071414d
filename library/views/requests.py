"""Side by side: what every association shares of a type, what is missing, and asking for it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.throttling import is_within_limit
from home.trail import Step, member_trail
from library.asking import actions as actions_requests
from library.asking.actions import RequestClosed
from library.asking.forms import AskForm, GiveForm, NoneForm, ThemeForm
from library.asking.side_by_side import SideBySide, side_by_side_url, types_for
from library.models import Theme, ToolRequest, ToolType
from members.components import AT_ONCE
from members.models import Association
from members.permissions import can_answer


@member_required
def types(request: HttpRequest) -> HttpResponse:
    """Every type of tool, and how many associations share one."""
    context = {
        "types": types_for(request.user),
        "total": Association.objects.visible_to(None).count(),
        "trail": _trail(),
    }
    return render(request, "library/types.html", context)


@member_required
def side_by_side(request: HttpRequest, slug: str) -> HttpResponse:
    """One type, of one theme or of all: every association's tool that this person may see, and the gaps."""
    kind = get_object_or_404(ToolType, slug=slug)
    narrow = ThemeForm(request.GET, kind=kind, user=request.user)
    shown = SideBySide(kind, request.user, narrow.chosen)
    return _show(request, shown, narrow)


def _show(
    request: HttpRequest,
    shown: SideBySide,
    narrow: ThemeForm,
    form: AskForm | None = None,
    asked: Association | None = None,
) -> HttpResponse:
    number = shown.page_with(asked) if asked else request.GET.get("page")
    page = Paginator(list(shown.sharing), AT_ONCE).get_page(number)
    address = side_by_side_url(shown.type, shown.theme)
    path, _question_mark, query = address.partition("?")
    context = {
        "type": shown.type,
        "theme": shown.theme,
        "narrow": narrow,
        "rows": shown.rows(list(page)),
        "sharing": sum(shown.sharing.values()),
        "total": len(shown.sharing),
        "pagination": Pagination(page, QueryDict(query), path),
        "form": form,
        "asked": asked,
        "plain_form": AskForm(auto_id=False),
        "trail": [*_trail(), Step(_("Side by side"), reverse("library:types"))],
    }
    return render(request, "library/side_by_side.html", context, status=422 if form else 200)


@require_POST
@member_required
def ask(request: HttpRequest, slug: str, association: str) -> HttpResponse:
    """Send one letter to the delegates of an association, or say why not and keep what was typed."""
    kind = get_object_or_404(ToolType, slug=slug)
    asked = get_object_or_404(Association.objects.visible_to(None), slug=association)
    form, narrow = AskForm(request.POST), ThemeForm(request.POST, kind=kind, user=request.user)
    shown = SideBySide(kind, request.user, narrow.chosen)
    if form.is_valid() and narrow.is_valid() and _is_asked(request, kind, shown.theme, asked, form):
        return redirect(side_by_side_url(kind, shown.theme, shown.page_with(asked)))
    return _show(request, shown, narrow, form, asked)


def _is_asked(request: HttpRequest, kind: ToolType, theme: Theme | None, asked: Association, form: AskForm) -> bool:
    if not is_within_limit(request, "tool request", settings.TOOL_REQUEST_RATE_LIMIT):
        form.add_error(None, _("That was many requests in a short time. Nothing is lost: send it again in an hour."))
        return False
    try:
        message = form.cleaned_data["message"]
        actions_requests.ask(type=kind, theme=theme, association=asked, message=message, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Your request to %(name)s is on its way.") % {"name": asked})
    return True


@member_required
def requests(request: HttpRequest) -> HttpResponse:
    """What associations are asked for: what waits for this person first, then the rest, then the last answers."""
    user: Any = request.user
    known = ToolRequest.objects.visible_to(user).for_lists(user)
    waiting = list(known.open())
    mine = [one for one in waiting if one.association_id == user.association_id]
    context = {
        "mine": mine,
        "others": [one for one in waiting if one not in mine],
        "answered": known.answered()[:20],
        "trail": _trail(),
    }
    return render(request, "library/requests.html", context)


@member_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways to answer: with a new file, with a tool that is there, or that there is none."""
    return _answer_page(request, _answerable(request, pk))


@require_POST
@member_required
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a tool that the association has already."""
    asked = _answerable(request, pk)
    form = GiveForm(request.POST, request=asked, by=request.user)
    if not form.is_valid():
        return _answer_page(request, asked, give=form, status=422)
    tool = form.cleaned_data["tool"]
    return _finish(request, lambda: actions_requests.answer_with(request=asked, tool=tool, by=request.user))


@require_POST
@member_required
def have_none(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer that there is no such tool."""
    asked = _answerable(request, pk)
    form = NoneForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, asked, none=form, status=422)
    note = form.cleaned_data["note"]
    return _finish(request, lambda: actions_requests.answer_none(request=asked, note=note, by=request.user))


@require_POST
@member_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request away that nobody needs any more."""
    asked = get_object_or_404(ToolRequest.objects.visible_to(request.user), pk=pk)
    return _finish(request, lambda: actions_requests.close(request=asked, by=request.user))


def _answerable(request: HttpRequest, pk: int) -> ToolRequest:
    known = ToolRequest.objects.visible_to(request.user)
    asked = get_object_or_404(known.select_related("type", "theme", "association", "asked_by", "asked_for"), pk=pk)
    if not can_answer(request.user, asked):
        raise PermissionDenied
    return asked


def _answer_page(request: HttpRequest, asked: ToolRequest, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "asked": asked,
        "give": forms.get("give") or GiveForm(request=asked, by=request.user),
        "none": forms.get("none") or NoneForm(),
        "trail": [*_trail(), Step(_("Requests"), reverse("library:requests"))],
    }
    return render(request, "library/answer.html", context, status=status)


def _finish(request: HttpRequest, action: Callable[[], None]) -> HttpResponse:
    try:
        action()
    except RequestClosed:
        messages.warning(request, _("Somebody answered or closed this request meanwhile."))
    else:
        messages.success(request, _("Thank you. The request is closed."))
    return redirect("library:requests")


def _trail() -> list[Step]:
    return member_trail(Step(_("Library"), reverse("library:tools")))
