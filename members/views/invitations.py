"""Inviting colleagues, and accepting an invitation."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.throttling import is_within_limit
from home.trail import member_trail
from members import actions
from members.forms import AcceptForm, InvitationForm
from members.letters import of_invitation
from members.models import Invitation, OutgoingMail
from members.permissions import can_invite_somebody

A_PAGE = 50


@member_required
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; see who has not answered yet."""
    if not can_invite_somebody(request.user):
        raise PermissionDenied
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and _is_invited(request, form):
        return redirect("members:invitations")
    known = Invitation.objects.visible_to(request.user).unanswered().select_related("association", "invited_by")
    page = Paginator(known, A_PAGE).get_page(request.GET.get("page"))
    undelivered = OutgoingMail.objects.undelivered([of_invitation(one.pk) for one in page])
    for one in page:
        one.is_undelivered = of_invitation(one.pk) in undelivered
    context = {
        "form": form,
        "invitations": [one for one in page if one.is_open],
        "expired": [one for one in page if not one.is_open],
        "pagination": Pagination(page, request.GET),
        "trail": member_trail(),
    }
    return render(request, "members/invitations.html", context, status=422 if form.is_bound else 200)


def _is_invited(request: HttpRequest, form: InvitationForm) -> bool:
    if not is_within_limit(request, "invitation", settings.INVITATION_RATE_LIMIT):
        form.add_error(
            None, _("That was many invitations in a short time. Nothing is lost: send it again in an hour.")
        )
        return False
    try:
        invitation = actions.invite(**form.cleaned_data, by=request.user)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, _("The letter to %(email)s is on its way.") % {"email": invitation.email})
    return True


@require_POST
@member_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an open invitation useless."""
    if not can_invite_somebody(request.user):
        raise PermissionDenied
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.withdraw(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("members:invitations")


@require_POST
@member_required
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the letter again, with a new link and fourteen more days."""
    if not can_invite_somebody(request.user):
        raise PermissionDenied
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    if not is_within_limit(request, "invitation", settings.INVITATION_RATE_LIMIT):
        messages.warning(request, _("That was many invitations in a short time. Try it again in an hour."))
        return redirect("members:invitations")
    try:
        actions.resend(invitation=invitation, by=request.user)
    except actions.InvitationClosed:
        messages.warning(
            request, _("%(email)s has an account, or the invitation was withdrawn.") % {"email": invitation.email}
        )
    else:
        messages.success(request, _("A new letter to %(email)s is on its way.") % {"email": invitation.email})
    return redirect("members:invitations")


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account that an invitation promises, and sign its owner in."""
    known = Invitation.objects.select_related("association", "invited_by")
    invitation = None if "\0" in token else known.filter(token=token).first()
    if invitation is None or not actions.is_acceptable(invitation):
        return _closed(request, status=410 if invitation else 404)
    form = AcceptForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        return _make_account(request, form)
    context = {"form": form, "invitation": invitation}
    return render(request, "members/accept_invitation.html", context, status=422 if form.is_bound else 200)


def _make_account(request: HttpRequest, form: AcceptForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        user = actions.accept(
            invitation=form.invitation,
            first_name=data["first_name"],
            last_name=data["last_name"],
            password=data["password1"],
        )
    except actions.InvitationClosed:
        return _closed(request, status=410)
    messages.success(request, _("Welcome. Your account is ready."))
    return perform_login(request, user, email=user.email)


def _closed(request: HttpRequest, *, status: int) -> HttpResponse:
    return render(request, "members/accept_invitation_closed.html", status=status)
