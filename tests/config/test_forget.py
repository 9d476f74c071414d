"""Every rule of ``manage.py forget``: what is due goes, what is not stays, whoever else runs it at the same time."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry, PageSubscription, Revision, UploadedFile

from config.management.commands import forget as command
from config.personal_data import RULES
from home.models import ContactMessage, HomePage
from home.private_files.storage import private_storage
from home.retention import TONIGHT, Rule
from library.actions import store_file
from library.models import Draft, StoredFile
from members.enums import AuditAction, MailState, ReportOutcome
from members.models import AuditEntry, DirectoryReport, Transfer, UnansweredQuery, UnknownWord, User
from news.models import Digest, Seen
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, MeetingFactory, WorkingGroupFactory
from tests.factories.joining import RequestFactory
from tests.factories.library import PDF
from tests.factories.mail import letter
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import EmployerFactory, InvitationFactory, UserFactory
from tests.factories.storage import keep_files_in
from tests.forgetting import forget
from tests.members.accounts.steps import everything_in_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]
Make = Callable[[datetime, bool], Any]


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Files that only this test sees, and whose times it can change."""
    keep_files_in(FileSystemStorage(tmp_path / "private"), monkeypatch)


def french_home() -> HomePage:
    return HomePage.objects.get(locale__language_code="fr")


def closed(has_left: bool) -> Make:
    def make(at: datetime, _is_due: bool) -> None:
        User.objects.filter(pk=UserFactory().pk).update(is_active=False, has_left=has_left, closed_at=at)

    return make


def asked(at: datetime, _is_due: bool) -> None:
    User.objects.filter(pk=UserFactory().pk).update(deletion_asked_at=at)


def history(record: Any) -> ModelLogEntry:
    entry: ModelLogEntry = ModelLogEntry.objects.log_action(record, "wagtail.edit")
    return entry


def message(at: datetime | None = None) -> ContactMessage:
    words = {"name": "Nadia", "email": "n@example.org", "subject": "?", "message": "?", "language": "fr"}
    return ContactMessage.objects.create(**words, sent_at=at or timezone.now())


def named(make_record: Callable[[], Any]) -> Make:
    """An entry of the history about a record, which is gone where that is due."""

    def make(_at: datetime, is_due: bool) -> None:
        record = make_record()
        history(record)
        if is_due:
            type(record).objects.filter(pk=record.pk).delete()

    return make


def unanswered(at: datetime | None = None) -> UnansweredQuery:
    day = timezone.localdate(at)
    return UnansweredQuery.objects.create(words=f"frigo {uuid4()}", language="fr", last_asked_on=day)


def session(_at: datetime, is_due: bool) -> Session:
    until = timezone.now() + timedelta(hours=-1 if is_due else 1)
    return Session.objects.create(session_key=uuid4().hex, session_data="", expire_date=until)


def signed_in(at: datetime, is_due: bool) -> None:
    key = session(at, is_due).session_key
    UserSession.objects.create(user=UserFactory(), session_key=key, ip="192.0.2.7", user_agent="Firefox")


def transfer(at: datetime, _is_due: bool) -> None:
    Transfer.objects.create(person=UserFactory(), to=EmployerFactory(), proposed_by=UserFactory(), answered_at=at)


def report(at: datetime, _is_due: bool) -> None:
    DirectoryReport.objects.create(person=UserFactory(), outcome=ReportOutcome.DONE, handled_at=at)


def revision(at: datetime, _is_due: bool) -> None:
    page = french_home()
    old = page.save_revision(user=UserFactory())
    page.save_revision()
    Revision.objects.filter(pk=old.pk).update(created_at=at)


def page_history(at: datetime, _is_due: bool) -> None:
    entry = PageLogEntry.objects.log_action(french_home(), "wagtail.edit")
    PageLogEntry.objects.filter(pk=entry.pk).update(timestamp=at)


def record_history(at: datetime, _is_due: bool) -> None:
    ModelLogEntry.objects.filter(pk=history(EmployerFactory()).pk).update(timestamp=at)


def in_the_cms(model: Any, time: str, **fields: Any) -> Make:
    def make(at: datetime, _is_due: bool) -> None:
        kind = ContentType.objects.get_for_model(Page)
        model.objects.create(user=UserFactory(), content_type=kind, object_id="1", **fields, **{time: at})

    return make


def upload(at: datetime, _is_due: bool) -> None:
    made = UploadedFile.objects.create(file=ContentFile(b"x", name="x.png"), uploaded_by_user=UserFactory())
    default_storage._resolve(made.file.name).modified_time = at  # type: ignore[attr-defined]  # it is kept in memory


def work(at: datetime, _is_due: bool) -> None:
    DBTaskResult.objects.create(
        status="SUCCESSFUL", args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", priority=0, finished_at=at
    )


def content(at: datetime) -> StoredFile:
    made = store_file(ContentFile(PDF + uuid4().bytes.hex().encode(), name="a.pdf"))
    StoredFile.objects.filter(pk=made.pk).update(received_at=at)
    return made


def draft(at: datetime, _is_due: bool) -> None:
    stored = content(timezone.now())
    Draft.objects.create(owner=UserFactory(), stored_file=stored, file_name="a.pdf", created_at=at)


def lost_file(folder: str) -> Make:
    def make(at: datetime, _is_due: bool) -> None:
        name = private_storage().save(f"{folder}/{uuid4()}.bin", ContentFile(b"x"))
        os.utime(private_storage().path(name), (at.timestamp(),) * 2)

    return make


def told(at: datetime, _is_due: bool) -> None:
    article = GroupNewsPageFactory(group=WorkingGroupFactory())
    CommentFactory(article=article, written_at=at).told.add(UserFactory())


MADE: dict[str, Make] = {
    "people who left": closed(has_left=True),
    "accounts that were suspended": closed(has_left=False),
    "people who asked to be erased": asked,
    "names of people in the history of the CMS": named(UserFactory),
    "addresses and browsers of sessions that ended": signed_in,
    "invitations that nobody accepted": lambda at, _: InvitationFactory(sent_at=at),
    "transfers that are answered": transfer,
    "reports about the directory": report,
    "entries of the audit log": lambda at, _: AuditEntry.objects.create(action=AuditAction.JOINED, at=at),
    "letters that could not be sent": lambda at, _: letter(state=MailState.FAILED, written_at=at),
    "searches that found nothing": lambda at, _: unanswered(at),
    "names of searches in the history of the CMS": named(unanswered),
    "words that the finder does not know": lambda at, _: UnknownWord.objects.create(
        key=uuid4().hex, last_asked_on=timezone.localdate(at)
    ),
    "answers to meetings": lambda at, _: AttendanceFactory(
        meeting=MeetingFactory(starts_at=at - timedelta(hours=2), ends_at=at)
    ),
    "answered requests and invitations to groups": lambda at, _: RequestFactory(answered_at=at),
    "requests and invitations to groups without an answer": lambda at, _: RequestFactory(proposed_at=at),
    "marks of what was read or told": lambda at, _: Seen.objects.create(person=UserFactory(), key=uuid4(), read_at=at),
    "weeks of digests": lambda at, _: Digest.objects.create(person=UserFactory(), week=timezone.localdate(at)),
    "who had letters about comments": told,
    "files of pictures that no row knows": lost_file("pictures"),
    "drafts": draft,
    "contents that nothing uses": lambda at, _: content(at),
    "files of the library that no row knows": lost_file("library"),
    "messages of the contact form": lambda at, _: message(at),
    "names of messages in the history of the CMS": named(message),
    "sessions": session,
    "results of work that is done": work,
    "former states of pages and records": revision,
    "history of pages": page_history,
    "history of records": record_history,
    "previews in the CMS": in_the_cms(FormState, "last_updated_at", data="title=Nadia", parent_object_id=""),
    "marks of who edits in the CMS": in_the_cms(EditingSession, "last_seen_at"),
    "pictures uploaded and not kept": upload,
}


def make(rule: Rule, *, is_due: bool) -> None:
    """Something that this rule is about, a little older or a little younger than it is kept."""
    little = min(timedelta(days=2), rule.kept_for / 10)
    MADE[rule.what](timezone.now() - rule.kept_for + (-little if is_due else little), is_due)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)
def test_what_is_due_goes_and_what_is_not_stays(rule: Rule) -> None:
    make(rule, is_due=False)
    forget()
    before = len(rule.keys())
    make(rule, is_due=False)
    assert (before, forget("--dry-run").get(rule.what, 0)) == (0, 0)
    make(rule, is_due=True)

    assert forget("--dry-run")[rule.what] == 1
    assert forget()[rule.what] == 1
    assert rule.what not in forget()


def test_a_rule_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails() -> Any:
        raise OperationalError("the server closed the connection")

    broken = Rule("home.ContactMessage", "what cannot be read", TONIGHT, fails)
    monkeypatch.setattr(command, "RULES", (broken, *RULES))
    message(timezone.now() - timedelta(days=400))

    with pytest.raises(CommandError, match="what cannot be read"):
        forget()

    assert not ContactMessage.objects.exists()
    assert "what cannot be read" in caplog.text


def test_many_are_forgotten_some_at_a_time() -> None:
    person, today = UserFactory(), timezone.localdate()
    Digest.objects.bulk_create(Digest(person=person, week=today - timedelta(days=100 + n)) for n in range(1200))

    assert forget()["weeks of digests"] == 1200


def test_a_page_that_somebody_wrote_names_nobody_once_they_are_erased(settings: Any) -> None:
    """Former states of pages hold copies of what was written beside them, and the history knows who did it."""
    person = UserFactory(first_name="Nadia", last_name="Wxyzbenali")
    page = french_home()
    Comment.objects.create(page=page, user=person, text="À revoir", contentpath="title")
    page.save_revision(user=person, log_action=True)
    PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    make_form_state = in_the_cms(FormState, "last_updated_at", data="first_name=Wxyzbenali", parent_object_id="")
    make_form_state(timezone.now() - timedelta(days=2), True)
    history(person)
    before = timezone.now() - settings.ACCOUNT_KEPT_AFTER_LEAVING - timedelta(days=1)
    assert everything_in_the_database("Wxyzbenali")
    User.objects.filter(pk=person.pk).update(is_active=False, has_left=True, closed_at=before)

    forget()

    assert everything_in_the_database("Wxyzbenali") == []
    assert everything_in_the_database(person.email) == []
    assert Comment.objects.get().text == "À revoir"
    assert not PageSubscription.objects.exists()


def test_the_state_that_is_shown_and_the_latest_draft_stay_for_ever() -> None:
    page = french_home()
    shown = page.save_revision()
    shown.publish()
    page.refresh_from_db()
    between, latest = page.save_revision(), page.save_revision()
    Revision.objects.update(created_at=timezone.now() - timedelta(days=1000))

    assert forget()["former states of pages and records"] == 1
    assert set(Revision.objects.filter(pk__in=[shown.pk, between.pk, latest.pk])) == {shown, latest}
