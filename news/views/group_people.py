"""The people of a group: who is in it, for its coordinators also who asks, is invited and leaves; what it is for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.throttling import is_within_limit
from members.models import OutgoingMail
from members.permissions import can_coordinate
from news.joining import actions
from news.joining.forms import GroupForm, InviteForm
from news.joining.people import coordinators_of, members_of, members_seen_by
from news.letters.subjects import of_proposal
from news.models import WorkingGroup
from news.views.groups import alternates_of, group_trail, visible_group

PEOPLE_PER_PAGE = 100


@member_required
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the group, as far as this person may see it."""
    return _show(request, visible_group(request.user, slug), InviteForm())


def _show(request: HttpRequest, group: WorkingGroup, form: InviteForm, status: int = 200) -> HttpResponse:
    manages = can_coordinate(request.user, group)
    shown = members_seen_by(request.user, group, with_all_names=manages)
    page = Paginator(shown, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "coordinators": coordinators_of(group),
        "page": page,
        "unnamed": 0 if manages else members_of(group).count() - page.paginator.count,
        "pagination": Pagination(page, request.GET),
        "manages": manages,
        "alternates": alternates_of(group, "news:group_people"),
        "trail": group_trail(group),
    }
    context |= {"form": form, **_proposals(group)} if manages else {}
    return render(request, "news/joining/people.html", context, status=status)


def _proposals(group: WorkingGroup) -> dict[str, Any]:
    """What waits for an answer, and who said no lately."""
    known = group.proposals.open() | group.proposals.invitations().declined_lately()
    proposals = list(known.select_related("person__association", "person__job_function", "proposed_by"))
    undelivered = OutgoingMail.objects.undelivered([of_proposal(one.pk) for one in proposals if not one.is_request])
    for one in proposals:
        one.is_undelivered = of_proposal(one.pk) in undelivered
    return {
        "requests": [one for one in proposals if one.is_request],
        "invitations": [one for one in proposals if not one.is_request and not one.is_answered],
        "declined": [one for one in proposals if one.is_answered],
    }


@require_POST
@member_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite one colleague, or say why not and keep what was typed."""
    found = _coordinated_group(request.user, slug)
    if not is_within_limit(
        request, "group letter", settings.GROUP_LETTER_RATE_LIMIT
    ):  # also of who only looks for accounts
        messages.warning(
            request, _("That was many letters in a short time. Nothing is lost: send it again in an hour.")
        )
        return _show(request, found, InviteForm(initial=request.POST.dict()), status=429)
    form = InviteForm(request.POST)
    if form.is_valid() and _is_invited(request, found, form):
        return redirect("news:group_people", slug)
    return _show(request, found, form, status=422)


def _is_invited(request: HttpRequest, group: WorkingGroup, form: InviteForm) -> bool:
    try:
        words = {"invited_as": form.invited_as, "message": form.cleaned_data["message"]}
        actions.invite(group=group, person=form.chosen, by=request.user, **words)
    except ValidationError as error:
        form.add_error("who", error)
        return False
    messages.success(request, _("The invitation is on its way."))
    return True


@member_required
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether one really wants to, then take a member out of the group."""
    found = _coordinated_group(request.user, slug)
    person = get_object_or_404(members_of(found, with_closed=True), pk=pk)
    if request.method != "POST":
        context = {
            "group": found,
            "person": person,
            "alternates": alternates_of(found, "news:remove_from_group", pk),
            "trail": group_trail(found),
        }
        return render(request, "news/joining/remove.html", context)
    actions.remove(group=found, person=person, by=request.user)
    messages.success(request, _("%(person)s is no longer in the group.") % {"person": person})
    return redirect("news:group_people", slug)


@member_required
def describe(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the group is for and how one joins it."""
    found = _coordinated_group(request.user, slug)
    form = GroupForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        actions.describe(group=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is saved."))
        return redirect(found)
    known = WorkingGroup.objects.get(pk=found.pk)  # the frame keeps showing what is saved
    context = {
        "group": known,
        "form": form,
        "alternates": alternates_of(known, "news:describe_group"),
        "trail": group_trail(known),
    }
    return render(request, "news/joining/describe.html", context, status=422 if form.is_bound else 200)


def _coordinated_group(user: Any, slug: str) -> WorkingGroup:
    found = visible_group(user, slug)
    if not can_coordinate(user, found):
        raise PermissionDenied
    return found
