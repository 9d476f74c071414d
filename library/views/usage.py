"""How the library is used, in numbers, for the steering committee."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from home.access import member_required
from home.trail import Step, member_trail
from library.models import Tool
from library.usage.charts import Bar, ColumnChart
from library.usage.forms import PeriodForm
from library.usage.numbers import Usage, month_names
from library.usage.spreadsheets import as_csv
from members.audit.log import record
from members.enums import AuditAction
from members.models import Association
from members.permissions import can_export, can_see_usage


@member_required
def usage(request: HttpRequest) -> HttpResponse:
    """Who shares, who takes, what is asked for, and what is taken most."""
    form, found = _read(request)
    context = {
        "form": form,
        "usage": found,
        "chart": ColumnChart(_("Downloads a month"), list(zip(month_names(found.months), found.numbers, strict=True))),
        "uses": _with_bars(found),
        "csv": f"{reverse('library:usage_csv')}?{request.GET.urlencode()}",
        "exports": [one for one in Association.objects.visible_to(None).in_order() if can_export(request.user, one)],
        "tool_total": Tool.objects.count(),
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


def _with_bars(found: Usage) -> list[tuple[object, Bar, Bar]]:
    """Each association with its bars of what it shares and what it takes."""
    uses = found.by_association
    most_shared, most_taken = (max(getattr(use, name) for use in uses) for name in ("shared", "taken"))
    return [(use, Bar(use.shared, most_shared), Bar(use.taken, most_taken)) for use in uses]
