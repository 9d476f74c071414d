"""What is kept for a while only: each kind of thing is a rule, and ``manage.py forget`` runs them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    DraftStateMixin,
    ModelLogEntry,
    PageLogEntry,
    Revision,
    UploadedFile,
    WorkflowState,
)

from home.models import ContactMessage

WORK_KEPT_FOR = timedelta(days=1)
UPLOADS_KEPT_FOR = timedelta(days=1)
REVISIONS_KEPT_FOR = timedelta(days=365)
HISTORY_KEPT_FOR = timedelta(days=3 * 365)
TONIGHT = timedelta()


@dataclass(frozen=True)
class Rule:
    """One kind of thing, and how long it is kept; ``due`` gives what is older, as a queryset or as a list of keys.

    ``of`` is where it is kept, as the register of personal data names it: a model's label, or another store.
    ``forget`` takes some of their keys, looks again whether they are due, and gives how many went: what is no longer
    due meanwhile stays. Without it the rows are deleted.
    """

    of: str
    what: str
    kept_for: timedelta
    due: Callable[[], Any]
    forget: Callable[[list[Any]], int] | None = None
    at_once: int = 500

    def keys(self) -> list[Any]:
        """What to forget now."""
        due = self.due()
        return list(due.order_by("pk").values_list("pk", flat=True)) if isinstance(due, QuerySet) else list(due)

    def forget_some(self, keys: list[Any]) -> int:
        """Forget those of these that are still due; gives how many there were."""
        return self.forget(keys) if self.forget else delete(self.due().filter(pk__in=keys))


def delete(rows: Any) -> int:
    """Delete rows, and give how many there were without those that hung on them."""
    _all, by_model = rows.delete()
    return int(by_model.get(rows.model._meta.label, 0))


def before(kept_for: timedelta) -> Any:
    """The moment before which something is too old."""
    return timezone.now() - kept_for


def names_in_history(what: str, model: type[Model], gone: Callable[[], Any] | None = None) -> Rule:
    """What the CMS's history calls records of this kind that are gone, or whose name is: their number stays."""

    def due() -> Any:
        there = model._default_manager.annotate(key=Cast("pk", CharField()))
        named = gone().annotate(key=Cast("pk", CharField())) if gone else there.none()
        entries = ModelLogEntry.objects.filter(content_type__app_label=model._meta.app_label)
        entries = entries.filter(content_type__model=model._meta.model_name).exclude(label=F("object_id"))
        return entries.filter(~Q(object_id__in=there.values("key")) | Q(object_id__in=named.values("key")))

    def forget(keys: list[Any]) -> int:
        return int(due().filter(pk__in=keys).update(label=F("object_id"), data={}))

    return Rule(
        "wagtailcore.ModelLogEntry",
        f"names of {what} in the history of the CMS",
        TONIGHT,
        due,
        forget,
    )


def old_revisions() -> Any:
    """Former states of pages and records; not the latest, the one that is shown, nor what waits for its day."""
    newer = Revision.objects.filter(base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id"))
    later = Q(created_at__gt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__gt=OuterRef("pk"))
    waiting = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    old = Revision.objects.filter(
        Exists(newer.filter(later)), created_at__lt=before(REVISIONS_KEPT_FOR), approved_go_live_at=None
    )
    old = old.exclude(task_states__workflow_state__status__in=waiting)
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not model._meta.parents:
            shown = model._default_manager.exclude(live_revision=None)
            old = old.exclude(pk__in=shown.order_by().values("live_revision"))
    return old


def _old_uploads() -> list[int]:
    """Pictures that somebody uploaded and never described; only the file tells when it came."""
    uploads = [upload for upload in UploadedFile.objects.order_by("pk") if _came_before(upload.file)]
    return [upload.pk for upload in uploads]


def _came_before(file: Any) -> bool:
    if not file.storage.exists(file.name):
        return True
    return bool(file.storage.get_modified_time(file.name) < before(UPLOADS_KEPT_FOR))


def _forget_uploads(keys: list[int]) -> int:
    uploads = UploadedFile.objects.filter(pk__in=keys)
    for upload in uploads:
        upload.file.delete(save=False)
    return delete(uploads)


RULES = (
    Rule(
        "home.ContactMessage", "messages of the contact form", ContactMessage.KEPT_FOR, ContactMessage.objects.expired
    ),
    names_in_history("messages", ContactMessage),
    Rule("sessions.Session", "sessions", TONIGHT, lambda: Session.objects.filter(expire_date__lt=timezone.now())),
    Rule(
        "django_tasks_database.DBTaskResult",
        "results of work that is done",
        WORK_KEPT_FOR,
        lambda: DBTaskResult.objects.finished().filter(finished_at__lt=before(WORK_KEPT_FOR)),
    ),
    Rule("wagtailcore.Revision", "former states of pages and records", REVISIONS_KEPT_FOR, old_revisions),
    Rule(
        "wagtailcore.PageLogEntry",
        "history of pages",
        HISTORY_KEPT_FOR,
        lambda: PageLogEntry.objects.filter(timestamp__lt=before(HISTORY_KEPT_FOR)),
    ),
    Rule(
        "wagtailcore.ModelLogEntry",
        "history of records",
        HISTORY_KEPT_FOR,
        lambda: ModelLogEntry.objects.filter(timestamp__lt=before(HISTORY_KEPT_FOR)),
    ),
    Rule("wagtailadmin.FormState", "previews in the CMS", FormState.STALE_TIMEOUT, FormState.objects.stale),
    Rule(
        "wagtailadmin.EditingSession",
        "marks of who edits in the CMS",
        EditingSession.STALE_TIMEOUT,
        EditingSession.objects.stale,
    ),
    Rule(
        "wagtailcore.UploadedFile", "pictures uploaded and not kept", UPLOADS_KEPT_FOR, _old_uploads, _forget_uploads
    ),
)
