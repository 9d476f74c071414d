"""The map of gaps, suggesting somebody for one, telling that somebody left, and handling what was told."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.access import member_required
from home.components import Pagination
from home.throttling import is_within_limit
from members.directory import actions
from members.directory.components import ReportList
from members.directory.coverage import rows_for
from members.directory.forms import CoverageForm, ReportForm, SuggestionForm
from members.directory.views.people import directory_trail
from members.enums import ReportOutcome
from members.models import Association, DirectoryReport, JobFunction, User
from members.permissions import can_handle_some_report

ASSOCIATIONS_PER_PAGE = 10  # columns that fit on a desk
WAITING_PER_PAGE = 20
HANDLED_SHOWN = 20


@member_required
def coverage(request: HttpRequest) -> HttpResponse:
    """Who does what in which association, and where nobody is listed yet."""
    associations = Association.objects.visible_to(request.user).in_order()
    page = Paginator(associations, ASSOCIATIONS_PER_PAGE).get_page(request.GET.get("page"))
    form = CoverageForm(request.GET)
    context = {
        "form": form,
        "associations": page,
        "rows": rows_for(request.user, form.functions(), list(page)),
        "pagination": Pagination(page, request.GET),
        "trail": directory_trail(),
    }
    return render(request, "members/directory/coverage.html", context, status=422 if form.errors else 200)


@member_required
def suggest(request: HttpRequest, function: str, association: str) -> HttpResponse:
    """Tell an association that nobody is listed for a job, and who could be; what was typed is never lost."""
    job_function = get_object_or_404(JobFunction, slug=function)
    asked = get_object_or_404(Association.objects.visible_to(request.user), slug=association)
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if _is_told(request, form, partial(actions.suggest, job_function=job_function, association=asked)):
        messages.success(request, _("Thank you. The letter to %(name)s is on its way.") % {"name": asked})
        return redirect("members:coverage")
    context = {"form": form, "function": job_function, "association": asked, "trail": directory_trail()}
    return render(request, "members/directory/suggest.html", context, status=422 if form.is_bound else 200)


@member_required
def report_departure(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the delegate that somebody left; what was typed is never lost."""
    known = User.objects.visible_to(request.user).listed().exclude(pk=request.user.pk)
    person = get_object_or_404(known.for_directory(), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if _is_told(request, form, partial(actions.report_departure, person=person)):
        messages.success(request, _("Thank you. The delegate gets a letter and decides."))
        return redirect("members:counterpart", person.pk)
    context = {"form": form, "person": person, "trail": directory_trail()}
    return render(request, "members/directory/departure.html", context, status=422 if form.is_bound else 200)


def _is_told(request: HttpRequest, form: ReportForm, tell: Callable[..., DirectoryReport]) -> bool:
    """Send the letter once the form is right; else the form says why not."""
    if not form.is_valid():
        return False
    if not is_within_limit(request, "directory report", settings.DIRECTORY_REPORT_RATE_LIMIT):
        form.add_error(None, _("That was many letters in a short time. Nothing is lost: send it again in an hour."))
        return False
    try:
        tell(message=form.cleaned_data["message"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@member_required
def directory_reports(request: HttpRequest) -> HttpResponse:
    """What colleagues told about the own association: what waits first, then what was handled last."""
    if not can_handle_some_report(request.user):
        raise PermissionDenied
    known = DirectoryReport.objects.visible_to(request.user).for_lists()
    page = Paginator(known.open(), WAITING_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": ReportList(page.object_list),
        "pagination": Pagination(page, request.GET),
        "handled": ReportList(list(known.handled()[:HANDLED_SHOWN])),
        "trail": directory_trail(),
    }
    return render(request, "members/directory/reports.html", context)


@require_POST
@member_required
def handle_report(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    """Close a report: it is done, or there is nothing to change."""
    if outcome not in (ReportOutcome.DONE, ReportOutcome.DISMISSED):
        raise Http404
    report = get_object_or_404(DirectoryReport.objects.visible_to(request.user), pk=pk)
    try:
        actions.handle(report=report, outcome=ReportOutcome(outcome), by=request.user)
    except actions.ReportClosed:
        messages.warning(request, _("Somebody handled this meanwhile."))
    else:
        messages.success(request, _("Thank you. It is noted."))
    return redirect("members:directory_reports")
