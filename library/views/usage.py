"""How the library is used, in numbers, for the steering committee."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from home.access import member_required
from home.components import Pagination
from home.trail import Step, member_trail
from library.usage.charts import Bar, ColumnChart
from library.usage.forms import PeriodForm
from library.usage.numbers import Usage, Use, month_names
from library.usage.spreadsheets import as_csv
from members.audit.log import record
from members.components import AT_ONCE
from members.enums import AuditAction
from members.models import Association
from members.permissions import can_export, can_see_usage


@member_required
def usage(request: HttpRequest) -> HttpResponse:
    """Who shares, who takes, what is asked for, and what is taken most."""
    user: Any = request.user
    form, found = _read(request)
    page = Paginator(found.keys, AT_ONCE + 1).get_page(request.GET.get("page"))  # and the public
    own = [key for key in [user.association_id] if key in found.keys]
    uses = found.uses(dict.fromkeys([*page, *own]))
    context = {
        "form": form,
        "usage": found,
        "chart": ColumnChart(_("Downloads a month"), list(zip(month_names(found.months), found.numbers, strict=True))),
        "uses": _with_bars(found, [uses[key] for key in page if key in uses]),
        "pagination": Pagination(page, request.GET, anchor="#associations"),
        "csv": f"{reverse('library:usage_csv')}?{request.GET.urlencode()}",
        "exports": _exports(user, uses.values()),
        "trail": member_trail(Step(_("Library"), reverse("library:tools"))),
    }
    return render(request, "library/usage.html", context)


@member_required
def usage_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers for a spreadsheet."""
    _form, found = _read(request)
    record(AuditAction.EXPORTED, by=request.user, detail="library usage")
    response = HttpResponse(as_csv(found.rows()), content_type="text/csv; charset=utf-8")
    name = _("library-usage")
    name = f"{name}-{found.months[-1]:%Y-%m}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _read(request: HttpRequest) -> tuple[PeriodForm, Usage]:
    if not can_see_usage(request.user):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    return form, Usage(form.months, request.user)


def _with_bars(found: Usage, shown: Iterable[Use]) -> list[tuple[Use, Bar, Bar]]:
    """Some associations with their bars of what they share and what they take, compared with all."""
    most_shared, most_taken = found.most("shared"), found.most("taken")
    return [(use, Bar(use.shared, most_shared), Bar(use.taken, most_taken)) for use in shown]


def _exports(user: Any, uses: Iterable[Use]) -> list[Association]:
    """Whose tools this person may take away: of the associations that are shown, and of one's own."""
    return [use.association for use in uses if use.association and can_export(user, use.association)]
