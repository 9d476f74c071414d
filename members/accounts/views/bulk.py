"""Inviting many colleagues at once."""

import re

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.access import member_required
from home.throttling import is_within_limit
from home.trail import Step, member_trail
from members.accounts import bulk
from members.accounts.forms import InvitationListForm
from members.permissions import can_invite_somebody


@member_required
def invite_many(request: HttpRequest) -> HttpResponse:
    """Check a list first, line by line; then invite the good lines and keep the others to mend."""
    if not can_invite_somebody(request.user):
        raise PermissionDenied
    form = InvitationListForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid() and "send" in request.POST and _may_send(request, form):
        sent = bulk.send(form.read, association=form.cleaned_data["association"], by=request.user)
        _say(request, len(sent))
        if not form.bad:
            return redirect("members:invitations")
        form = _with_what_is_left(form, request)
    trail = member_trail(Step(_("Invitations"), reverse("members:invitations")))
    is_wrong = form.is_bound and not form.is_valid()
    return render(
        request, "members/accounts/invite_many.html", {"form": form, "trail": trail}, status=422 if is_wrong else 200
    )


def _may_send(request: HttpRequest, form: InvitationListForm) -> bool:
    if not form.good:
        return False
    if is_within_limit(request, "invitation-list", settings.INVITATION_LIST_RATE_LIMIT):
        return True
    form.add_error(None, _("That was many lists in a short time. Nothing is lost: send it again in an hour."))
    return False


def _say(request: HttpRequest, number: int) -> None:
    if number:
        said = ngettext("One letter is on its way.", "%(count)d letters are on their way.", number)
        messages.success(request, said % {"count": number})


def _with_what_is_left(form: InvitationListForm, request: HttpRequest) -> InvitationListForm:
    """The same form without the lines that were sent: those to mend as they were typed, below their head."""
    typed = form.cleaned_data["lines"].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    sent = {line.number for line in form.good}
    kept = (line for number, line in enumerate(typed, start=1) if number not in sent)
    left = "\n".join(line for line in kept if re.search(r"\w", line))
    data = {"association": form.cleaned_data["association"].pk, "lines": left}
    return InvitationListForm(data, by=request.user)
