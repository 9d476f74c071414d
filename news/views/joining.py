"""Joining a group, leaving it, and answering an invitation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from home.access import member_required
from home.throttling import is_within_limit
from home.trail import member_trail
from members.permissions import can_ask_to_join, can_join
from news.joining import actions
from news.joining.forms import WordForm
from news.joining.people import Standing
from news.models import MembershipProposal, WorkingGroup
from news.views.groups import alternates_of, group_trail, visible_group

OTHER_WAY = gettext_lazy("How one joins this group was changed meanwhile. Nothing was sent: this is how it is now.")
ANSWERS = {"yes": True, "no": False}


@member_required
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join at once, or ask to, as the page said that one does; what was typed is never lost."""
    found = visible_group(request.user, slug)
    standing = Standing.of(found)
    may_ask = can_ask_to_join(request.user, found) and not standing.request
    if standing.is_inside or not (may_ask or can_join(request.user, found)):
        if request.method == "POST" and not standing.is_inside and request.POST.get("way") != found.joining:
            messages.warning(request, OTHER_WAY)
        return redirect(found)  # whose page says how one stands to it
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _has_joined(request, found, form):
        return redirect(found)
    context = {
        "group": found,
        "form": form,
        "alternates": alternates_of(found, "news:join_group"),
        "trail": group_trail(found),
    }
    return render(request, "news/joining/join.html", context, status=422 if form.is_bound else 200)


def _has_joined(request: HttpRequest, group: WorkingGroup, form: WordForm) -> bool:
    if request.POST.get("way") != group.joining:  # whoever meant to join at once did not mean to write a letter
        form.add_error(None, OTHER_WAY)
        return False
    if can_join(request.user, group):
        actions.join(group=group, by=request.user)
        messages.success(request, _("You are in this group now."))
        return True
    if not is_within_limit(request, "group letter", settings.GROUP_LETTER_RATE_LIMIT):
        form.add_error(None, _("That was many letters in a short time. Nothing is lost: send it again in an hour."))
        return False
    try:
        actions.ask(group=group, message=form.cleaned_data["message"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Your request is on its way. The answer comes by e-mail."))
    return True


@member_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether one really wants to, then cease to be a member."""
    found = visible_group(request.user, slug)
    if found.is_coordinator or not found.is_member:
        return redirect(found)  # whose page says who changes that
    if request.method != "POST":
        context = {
            "group": found,
            "alternates": alternates_of(found, "news:leave_group"),
            "trail": group_trail(found),
        }
        return render(request, "news/joining/leave.html", context)
    try:
        actions.leave(group=found, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
        return redirect(found)
    messages.success(request, _("You are no longer in the group “%(name)s”.") % {"name": found})
    return redirect("news:groups")


@member_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody who is invited must know of a group to answer; of a closed one this is all they see."""
    own = MembershipProposal.objects.invitations().filter(person=request.user.pk)
    known = get_object_or_404(own.select_related("group", "proposed_by__association"), pk=pk)
    context = {"invitation": known, "trail": member_trail()}
    if own.open().filter(pk=known.pk).exists():
        return render(request, "news/joining/invitation.html", context)
    if known.group.is_visible_to(request.user):
        return redirect(known.group)
    return render(request, "news/joining/invitation_closed.html", context, status=410)


@require_POST
@member_required
def answer_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no: to an invitation, or as a coordinator to a request."""
    known = _known_proposal(request.user, pk)
    is_accepted = ANSWERS.get(request.POST.get("answer", ""))
    if is_accepted is None:
        raise Http404
    try:
        actions.answer(proposal=known, is_accepted=is_accepted, by=request.user)
    except actions.AlreadyAnswered:
        messages.warning(request, _("This was answered or withdrawn meanwhile."))
    else:
        messages.success(request, _words(known, is_accepted))
    return _back(request, known)


def _words(known: MembershipProposal, is_accepted: bool) -> str:
    if known.is_request:
        yes, no = _("%(person)s is in the group now."), _("%(person)s gets a letter with your answer.")
    else:
        yes, no = _("You are in the group “%(group)s” now."), _("Noted: you do not join the group “%(group)s”.")
    return (yes if is_accepted else no) % {"person": known.person, "group": known.group}


@require_POST
@member_required
def withdraw_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's request, or an invitation of one's group, back."""
    known = _known_proposal(request.user, pk)
    try:
        actions.withdraw(proposal=known, by=request.user)
    except actions.AlreadyAnswered:
        messages.warning(request, _("This was answered or withdrawn meanwhile."))
    else:
        messages.success(request, _("It is withdrawn."))
    return _back(request, known)


def _known_proposal(user: Any, pk: int) -> MembershipProposal:
    known = MembershipProposal.objects.visible_to(user).select_related("group", "person")
    return get_object_or_404(known, pk=pk)


def _back(request: HttpRequest, known: MembershipProposal) -> HttpResponse:
    """To where one came from: one's own page of the group, or the page of its people."""
    if known.person_id != request.user.pk:
        return redirect(reverse("news:group_people", args=[known.group.slug]))
    return redirect(known.group if known.group.is_visible_to(request.user) else "members:dashboard")
