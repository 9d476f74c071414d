"""Writes about the directory of counterparts."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.directory.letters import DEPARTURE, SUGGESTION, TAKEN_OUT
from members.enums import ReportOutcome
from members.letters import delegates_of, editors, send_in_both_languages
from members.models import Association, DirectoryReport, JobFunction, User
from members.permissions import can_handle_report


class ReportClosed(Exception):
    """Somebody handled the report meanwhile."""


@transaction.atomic
def save_details(*, person: User, changed: list[str]) -> None:
    """Save what people say of themselves: it counts as confirmed today, and fills the gap that somebody reported.

    Only what they changed is written: the account may have been closed, or lost a role, since it was read.
    """
    person.details_confirmed_on = timezone.localdate()
    person.save(update_fields=[*changed, "details_confirmed_on"])
    if person.is_in_directory and person.association_id and person.job_function_id:
        gap = DirectoryReport.objects.suggestions().open()
        filled = gap.filter(association=person.association_id, job_function=person.job_function_id)
        filled.update(outcome=ReportOutcome.DONE, handled_by=person, handled_at=timezone.now())


def suggest(*, job_function: JobFunction, association: Association, message: str, by: Any) -> DirectoryReport:
    """Tell the delegates of an association who could fill a gap; raises ValidationError when it is none any more."""
    if User.objects.listed().filter(association=association, job_function=job_function).exists():
        raise ValidationError(_("Somebody is listed for this meanwhile."), code="filled")
    try:
        with transaction.atomic():
            report = DirectoryReport.objects.create(
                association=association, job_function=job_function, message=message, reported_by=by
            )
            recipients = delegates_of(association)
            context = {"report": report, "has_delegate": bool(recipients)}
            send_in_both_languages(SUGGESTION, recipients or editors(), context)
    except IntegrityError as error:  # one open suggestion for each function and association
        said = _("Somebody was suggested to %(name)s already. Their delegate has not answered yet.")
        raise ValidationError(said, code="suggested", params={"name": str(association)}) from error
    return report


def report_departure(*, person: User, message: str, by: Any) -> DirectoryReport:
    """Tell the delegates that somebody in the directory left; raises ValidationError when they know already."""
    if person.pk == by.pk:
        raise PermissionDenied
    try:
        with transaction.atomic():
            report = DirectoryReport.objects.create(
                association=person.association, person=person, message=message, reported_by=by
            )
            recipients = delegates_of(person.association, besides=person) if person.association else []
            context = {"report": report, "has_delegate": bool(recipients)}
            send_in_both_languages(DEPARTURE, recipients or editors(besides=person), context)
    except IntegrityError as error:  # one open report for each person
        said = _("Somebody told it already. The delegate has not answered yet.")
        raise ValidationError(said, code="reported") from error
    return report


@transaction.atomic
def handle(*, report: DirectoryReport, outcome: ReportOutcome, by: Any) -> None:
    """Close a report once; somebody who left is taken out of the directory and told so. Raises ReportClosed."""
    if not can_handle_report(by, report):
        raise PermissionDenied
    locked = DirectoryReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not locked.is_open:
        raise ReportClosed
    locked.outcome, locked.handled_by, locked.handled_at = outcome, by, timezone.now()
    locked.save(update_fields=["outcome", "handled_by", "handled_at"])
    person = locked.person
    if person and outcome == ReportOutcome.DONE:
        # Who moved meanwhile left indeed, but the entry is now another association's.
        still_there = User.objects.listed().filter(pk=person.pk, association=locked.association_id)
        if still_there.update(is_in_directory=False):
            send_in_both_languages(TAKEN_OUT, [person.email], {"person": person})
