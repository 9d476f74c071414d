"""What the site holds about oneself: to take, and to have erased."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.trail import Step, member_trail
from members.accounts import actions
from members.accounts.holdings import holdings
from members.audit.log import record
from members.enums import AuditAction


@member_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Take everything that the site holds about oneself, or ask to be erased."""
    context = {
        "days": settings.DELETION_AT_THE_LATEST.days,
        "trail": member_trail(Step(_("My profile"), reverse("members:profile"))),
    }
    return render(request, "members/accounts/my_data.html", context)


@require_POST
@member_required
def take_my_data(request: HttpRequest) -> HttpResponse:
    """A ZIP with one file in JSON for each part of the site."""
    person: Any = request.user
    record(AuditAction.EXPORTED, by=person, person=person, association=person.association, detail="own data")
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for holding in holdings():
            told = json.dumps(holding.tell(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{holding.name}.json", told)
    response = HttpResponse(content.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="otonom-{timezone.localdate().isoformat()}.zip"'
    return response


@require_POST
@member_required
def ask_for_deletion(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, or take that back."""
    person: Any = request.user
    if "keep" in request.POST:
        actions.keep_account(person=person)
        messages.success(request, _("Your account stays."))
    else:
        actions.ask_for_deletion(person=person)
        messages.success(request, _("We told your delegate and the administrators."))
    return redirect("members:my_data")
