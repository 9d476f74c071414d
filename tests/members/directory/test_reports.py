"""Suggesting somebody for a gap, telling that somebody left, and handling both."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.directory import actions
from members.enums import ReportOutcome
from members.models import Association, DirectoryReport, JobFunction, User
from tests.factories.people import EmployerFactory, UserFactory
from tests.forgetting import forget
from tests.reading import errors, soup

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"members:{name}", args=args)


def suggested(function: JobFunction, association: Association, **fields: Any) -> DirectoryReport:
    return DirectoryReport.objects.create(job_function=function, association=association, **fields)


def receivers() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_a_suggestion_goes_to_the_delegates_in_one_letter(
    signed_in: Client, reader: User, function: JobFunction, empty: Association, on_commit: Any
) -> None:
    delegate = UserFactory(association=empty, is_delegate=True)
    UserFactory(association=empty)

    with on_commit():
        response = signed_in.post(url("suggest_counterpart", "rh", "gams"), {"message": "Peut-être Awa ?"})

    report = DirectoryReport.objects.get()
    assert response["Location"] == url("coverage")
    assert (report.reported_by, report.association, report.job_function) == (reader, empty, function)
    assert receivers() == [delegate.email]
    for part in ("Peut-être Awa ?", str(reader), function.name_fr, function.name_nl, url("directory_reports")):
        assert part in mail.outbox[0].body
    shown = soup(signed_in.get(url("coverage"))).select_one(f'td[data-label="{empty}"]')
    assert not shown.a
    assert "Awa" not in str(shown)


def test_without_a_delegate_the_editors_get_the_letter(
    signed_in: Client, function: JobFunction, empty: Association, on_commit: Any
) -> None:
    editor = UserFactory(is_editor=True)

    with on_commit():
        signed_in.post(url("suggest_counterpart", "rh", "gams"))

    assert receivers() == [editor.email]


def test_a_gap_is_told_once_until_it_is_handled(
    signed_in: Client, function: JobFunction, empty: Association, on_commit: Any
) -> None:
    delegate = UserFactory(association=empty, is_delegate=True)
    with on_commit():
        signed_in.post(url("suggest_counterpart", "rh", "gams"))
        again = signed_in.post(url("suggest_counterpart", "rh", "gams"), {"message": "Encore moi"})

    assert again.status_code == 422
    assert "Encore moi" in again.content.decode()
    assert len(mail.outbox) == 1
    browser(delegate).post(url("handle_report", DirectoryReport.objects.get().pk, "dismissed"))
    assert signed_in.post(url("suggest_counterpart", "rh", "gams")).status_code == 302


def test_a_gap_that_is_none_any_more_is_not_told(signed_in: Client, function: JobFunction, empty: Association) -> None:
    UserFactory(association=empty, job_function=function)

    assert signed_in.post(url("suggest_counterpart", "rh", "gams")).status_code == 422
    assert not DirectoryReport.objects.exists()


def test_who_enters_the_directory_fills_the_gap(function: JobFunction, empty: Association) -> None:
    report = suggested(function, empty)
    person = UserFactory(association=empty, is_in_directory=False)
    details = {"first_name": "Awa", "last_name": "Sow", "job_function": function.pk, "is_in_directory": "on"}

    browser(person).post(url("profile"), details)

    report.refresh_from_db()
    assert (report.outcome, report.handled_by) == (ReportOutcome.DONE, person)


def test_too_long_a_message_is_said_and_kept(signed_in: Client, function: JobFunction, empty: Association) -> None:
    response = signed_in.post(url("suggest_counterpart", "rh", "gams"), {"message": "x" * 501})

    assert list(errors(response)) == ["message"]
    assert "x" * 501 in response.content.decode()


@pytest.mark.parametrize("name", ["suggest_counterpart", "report_departure"])
def test_letters_without_end_are_stopped(
    signed_in: Client, settings: Any, function: JobFunction, empty: Association, name: str
) -> None:
    settings.DIRECTORY_REPORT_RATE_LIMIT = "0/hour"
    args = ["rh", "gams"] if name == "suggest_counterpart" else [UserFactory().pk]

    response = signed_in.post(url(name, *args), {"message": "Gardé"})

    assert response.status_code == 422
    assert "Gardé" in response.content.decode()
    assert not DirectoryReport.objects.exists()


def test_a_departure_goes_to_the_delegate_who_takes_the_entry_out(
    signed_in: Client, accountant: User, on_commit: Any
) -> None:
    delegate = UserFactory(association=accountant.association, is_delegate=True)
    with on_commit():
        signed_in.post(url("report_departure", accountant.pk), {"message": "Depuis août"})
    assert receivers() == [delegate.email]
    assert "Depuis août" in mail.outbox[0].body
    assert signed_in.get(url("counterpart", accountant.pk)).status_code == 200

    client = browser(delegate)
    assert soup(client.get(url("dashboard"))).select(f'main a[href="{url("directory_reports")}"]')
    action = soup(client.get(url("directory_reports"))).select_one(".request form")["action"]
    with on_commit():
        client.post(action)

    assert signed_in.get(url("counterpart", accountant.pk)).status_code == 404
    assert mail.outbox[-1].to == [accountant.email]
    assert url("profile") in mail.outbox[-1].body
    assert "Depuis août" in client.get(url("directory_reports")).content.decode()


def test_somebody_who_did_not_leave_stays(signed_in: Client, accountant: User) -> None:
    delegate = UserFactory(association=accountant.association, is_delegate=True)
    signed_in.post(url("report_departure", accountant.pk))

    browser(delegate).post(url("handle_report", DirectoryReport.objects.get().pk, "dismissed"))

    assert signed_in.get(url("counterpart", accountant.pk)).status_code == 200
    assert signed_in.post(url("report_departure", accountant.pk)).status_code == 302


def test_who_moved_meanwhile_stays_in_the_directory(accountant: User, on_commit: Any) -> None:
    former = UserFactory(association=accountant.association, is_delegate=True)
    report = DirectoryReport.objects.create(person=accountant, association=accountant.association)
    User.objects.filter(pk=accountant.pk).update(association=EmployerFactory())

    with on_commit():
        actions.handle(report=report, outcome=ReportOutcome.DONE, by=former)

    accountant.refresh_from_db()
    assert accountant.is_in_directory
    assert mail.outbox == []


def test_a_closed_account_needs_no_answer(accountant: User) -> None:
    delegate = UserFactory(association=accountant.association, is_delegate=True)
    DirectoryReport.objects.create(person=accountant, association=accountant.association, message="Partie")
    client = browser(delegate)
    page = soup(client.get(url("directory_reports")))
    assert client.get(page.select_one(".request a")["href"]).status_code == 200

    User.objects.filter(pk=accountant.pk).update(is_active=False)

    assert "Partie" not in client.get(url("directory_reports")).content.decode()


def test_the_delegate_who_left_is_not_asked_about_it(signed_in: Client, on_commit: Any) -> None:
    editor = UserFactory(is_editor=True)
    gone = UserFactory(is_delegate=True)

    with on_commit():
        signed_in.post(url("report_departure", gone.pk))
        again = signed_in.post(url("report_departure", gone.pk))

    assert receivers() == [editor.email]
    assert again.status_code == 422


@pytest.mark.parametrize("role", [{"is_delegate": True}, {"is_editor": True}, {"is_superuser": True}])
def test_who_is_told_to_have_left_neither_reads_nor_handles_it(role: dict[str, bool]) -> None:
    gone = UserFactory(**role)
    report = DirectoryReport.objects.create(person=gone, association=gone.association, message="Très discret")
    client = browser(gone)

    for page in ("dashboard", "directory_reports"):
        response = client.get(url(page))
        assert "discret" not in response.content.decode()
        assert not soup(response).select(".request")
    for outcome in ("dismissed", "done"):
        assert client.post(url("handle_report", report.pk, outcome)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.handle(report=report, outcome=ReportOutcome.DISMISSED, by=gone)

    other = UserFactory(association=gone.association, is_delegate=True)
    assert "discret" in browser(other).get(url("dashboard")).content.decode()
    assert browser(other).post(url("handle_report", report.pk, "done")).status_code == 302


def test_the_other_delegate_or_else_the_editors_get_the_letter(signed_in: Client, on_commit: Any) -> None:
    gone = UserFactory(is_delegate=True, is_editor=True)
    editor = UserFactory(is_editor=True)
    with on_commit():
        signed_in.post(url("report_departure", gone.pk))
    assert receivers() == [editor.email]

    mail.outbox.clear()
    second = UserFactory(is_delegate=True)
    colleague = UserFactory(is_delegate=True, association=second.association)
    with on_commit():
        signed_in.post(url("report_departure", second.pk))
    assert receivers() == [colleague.email]


def test_nobody_reports_oneself(signed_in: Client, reader: User) -> None:
    assert signed_in.post(url("report_departure", reader.pk)).status_code == 404


def test_reports_are_read_and_handled_by_their_delegate_and_editors_only(
    function: JobFunction, empty: Association
) -> None:
    report = suggested(function, empty, message="Très discret")
    gone = DirectoryReport.objects.create(person=UserFactory(association=None), message="Aussi discret")
    others = {"member": {}, "delegate": {"is_delegate": True}}

    for role in others.values():
        client = browser(UserFactory(**role))
        assert "discret" not in client.get(url("directory_reports")).content.decode()
        assert client.post(url("handle_report", report.pk, "done")).status_code == 404
    own = browser(UserFactory(association=empty, is_delegate=True)).get(url("directory_reports")).content.decode()
    assert "Très discret" in own
    assert "Aussi discret" not in own
    editor = browser(UserFactory(is_editor=True))
    assert editor.post(url("handle_report", gone.pk, "done")).status_code == 302
    assert editor.post(url("handle_report", report.pk, "open")).status_code == 404
    assert editor.get(url("handle_report", report.pk, "done")).status_code == 405


def test_a_report_is_handled_once(function: JobFunction, empty: Association) -> None:
    report = suggested(function, empty)
    delegate = UserFactory(association=empty, is_delegate=True)
    actions.handle(report=report, outcome=ReportOutcome.DONE, by=delegate)

    with pytest.raises(actions.ReportClosed):
        actions.handle(report=report, outcome=ReportOutcome.DISMISSED, by=delegate)

    response = browser(delegate).post(url("handle_report", report.pk, "dismissed"), follow=True)
    report.refresh_from_db()
    assert report.outcome == ReportOutcome.DONE
    assert soup(response).select(".messages .notice--warning")


def test_what_was_handled_is_deleted_after_ninety_days(function: JobFunction, empty: Association) -> None:
    now = timezone.now()
    for days in (89, 91):
        suggested(function, empty, outcome=ReportOutcome.DONE, handled_at=now - timedelta(days=days))
    suggested(function, empty, created_at=now - timedelta(days=200))

    forget()

    assert [report.handled_at and (now - report.handled_at).days for report in DirectoryReport.objects.all()] in (
        [89, None],
        [None, 89],
    )


def test_the_database_refuses_what_makes_no_sense(function: JobFunction, empty: Association) -> None:
    person = UserFactory()
    suggested(function, empty)
    DirectoryReport.objects.create(person=person)
    wrong: list[dict[str, Any]] = [
        {"job_function": function, "association": empty},
        {"person": person},
        {"association": empty},
        {"job_function": function, "person": UserFactory()},
        {"person": UserFactory(), "outcome": ReportOutcome.DONE},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            DirectoryReport.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(stand_in=person)
