"""The accounts of an association's people, and what one does about each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.trail import Step, member_trail
from members.accounts import actions
from members.accounts.forms import AccountForm, Act, ByAssociationForm
from members.models import Transfer, User
from members.permissions import can_see_accounts

A_PAGE = 50


@member_required
def accounts(request: HttpRequest) -> HttpResponse:
    """Whose account works, who pauses, who left; editors see everybody, or one association."""
    user: Any = request.user
    if not can_see_accounts(user):
        raise PermissionDenied
    people = User.objects.colleagues_of(user)
    form = ByAssociationForm(request.GET, by=user)
    if form.chosen:
        people = people.filter(association=form.chosen)
    page = Paginator(_in_order(people), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pagination": Pagination(page, request.GET),
        "form": form,
        "sees_several": user.is_editor,
        "transfers": _waiting(user),
        "trail": member_trail(),
    }
    return render(request, "members/accounts/accounts.html", context)


def _in_order(people: Any) -> Any:
    known = people.select_related("association", "job_function")
    return known.order_by("-is_active", "last_name", "first_name", "pk")


def _waiting(user: Any) -> Any:
    waiting = Transfer.objects.visible_to(user).open()
    return waiting.select_related("person__association", "to", "proposed_by")


@member_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One colleague's account, and everything that one may do about it, said before it is done."""
    if not can_see_accounts(request.user):
        raise PermissionDenied
    known = User.objects.colleagues_of(request.user).select_related("association", "job_function")
    person = get_object_or_404(known, pk=pk)
    form = AccountForm(request.POST or None, person=person, by=request.user)
    if request.method == "POST" and form.is_valid() and _is_done(request, form, person):
        hands_over = form.cleaned_data["act"] == Act.HAND_OVER  # and sees this list no longer
        return redirect("members:dashboard" if hands_over else "members:accounts")
    context = {
        "person": person,
        "form": form,
        "is_own": person.pk == request.user.pk,
        "transfer": Transfer.objects.open().filter(person=person).select_related("to").first(),
        "trail": member_trail(Step(_("Accounts"), reverse("members:accounts"))),
    }
    return render(request, "members/accounts/account.html", context, status=422 if form.is_bound else 200)


def _is_done(request: HttpRequest, form: AccountForm, person: User) -> bool:
    by, to = request.user, form.cleaned_data["to"]
    acts: dict[Act, Callable[[], Any]] = {
        Act.SUSPEND: partial(actions.suspend, person=person, by=by),
        Act.REOPEN: partial(actions.reopen, person=person, by=by),
        Act.END: partial(actions.end, person=person, by=by),
        Act.MOVE: partial(actions.propose_transfer, person=person, to=to, by=by),
        Act.HAND_OVER: partial(actions.hand_over, to=person, by=by),
    }
    try:
        made = acts[Act(form.cleaned_data["act"])]()
    except ValidationError as error:
        form.add_error("to", error)
        return False
    messages.success(request, _said(form, person, is_proposed=made is not None))
    return True


def _said(form: AccountForm, person: User, *, is_proposed: bool) -> str:
    sentences = {
        Act.SUSPEND: _("The account of %(name)s is suspended. Nothing opens with it any more."),
        Act.REOPEN: _("The account of %(name)s works again."),
        Act.END: _("The account of %(name)s is closed. What %(name)s made stays with the association."),
        Act.MOVE: _("%(name)s now belongs to %(to)s."),
        Act.HAND_OVER: _("%(name)s is now the delegate."),
    }
    sentence = sentences[Act(form.cleaned_data["act"])]
    if is_proposed:
        sentence = _("We wrote to %(to)s. %(name)s stays with you until they say yes.")
    return sentence % {"name": person, "to": form.cleaned_data["to"]}


@require_POST
@member_required
def answer_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a colleague of another association, or do not."""
    if not can_see_accounts(request.user):
        raise PermissionDenied
    transfer = get_object_or_404(Transfer.objects.visible_to(request.user), pk=pk)
    try:
        moves = actions.answer_transfer(transfer=transfer, is_welcome="yes" in request.POST, by=request.user)
    except actions.AlreadyAnswered:
        messages.warning(request, _("Somebody answered this meanwhile."))
    else:
        said = _("%(name)s now belongs to %(to)s.") if moves else _("%(name)s does not change association.")
        messages.success(request, said % {"name": transfer.person, "to": transfer.to})
    return redirect("members:accounts")
