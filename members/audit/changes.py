"""Notes every change of a person's rights where it is saved, so that no form, view or command can forget it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from members.audit.acting import acting_person
from members.audit.log import record
from members.editors import COORDINATION
from members.enums import AuditAction, Role
from members.models import User
from members.models.user import EDITORS_GROUP

RIGHTS = ("is_active", "has_left", "association_id", "is_delegate", "is_superuser")
FLAGS = {"is_delegate": Role.DELEGATE, "is_superuser": Role.ADMINISTRATOR}
BEFORE = "_rights_before"
_watched: dict[type[Model], str] = {}


def connect() -> None:
    """Follow what is saved of people, and the groups that give rights."""
    pre_save.connect(_look, sender=User, dispatch_uid="audit_look")
    post_save.connect(_note, sender=User, dispatch_uid="audit_note")
    post_delete.connect(_note_deletion, sender=User, dispatch_uid="audit_deletion")
    watch(User.groups.through, "group")
    watch(User.user_permissions.through, "permission")


def watch(through: type[Model], right: str) -> None:
    """Note who enters and leaves what a table of pairs connects people with; the apps above add theirs."""
    _watched[through] = right
    m2m_changed.connect(_note_membership, sender=through, dispatch_uid=f"audit_{through._meta.label}")


def _look(sender: Any, instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Read what the database holds before it is overwritten."""
    names = {"association" if name == "association_id" else name for name in RIGHTS}
    is_concerned = not raw and (update_fields is None or names & set(update_fields))
    before = User.objects.filter(pk=instance.pk).values(*RIGHTS).first() if is_concerned and instance.pk else None
    if before and update_fields is not None:  # what is not written does not change, whatever was read before
        before |= {name: getattr(instance, name) for name in RIGHTS if name.removesuffix("_id") not in update_fields}
    setattr(instance, BEFORE, before)


def _note(sender: Any, instance: User, created: bool, raw: bool = False, **kwargs: Any) -> None:
    before: dict[str, Any] | None = getattr(instance, BEFORE, None)
    if created and not raw:
        _say(AuditAction.JOINED, instance)
        before = {"is_active": True, "has_left": False, "association_id": instance.association_id}
    if raw or before is None:
        return
    if (before["is_active"], before["has_left"]) != (instance.is_active, instance.has_left):
        _say(_of_opening(instance), instance)
    if before["association_id"] != instance.association_id:
        _say(AuditAction.MOVED, instance)
    for flag, role in FLAGS.items():
        if before.get(flag, False) != getattr(instance, flag):
            _say(AuditAction.GIVEN if getattr(instance, flag) else AuditAction.TAKEN, instance, role)


def _say(action: AuditAction, person: User, detail: str = "") -> None:
    record(action, by=acting_person(), detail=detail, person=person, association=person.association)


def _note_deletion(sender: Any, instance: User, **kwargs: Any) -> None:
    """Only its number stays; whose it was cannot be told any more."""
    _say(AuditAction.ERASED, instance)


def _of_opening(person: User) -> AuditAction:
    if person.is_active:
        return AuditAction.REOPENED
    return AuditAction.LEFT if person.has_left else AuditAction.SUSPENDED


def _note_membership(
    sender: Any, instance: Any, action: str, model: Any, pk_set: set[Any] | None, **kwargs: Any
) -> None:
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if pk_set is None:  # everything is taken out
        ours, other = _key_to(sender, type(instance)), _key_to(sender, model)
        pk_set = set(sender.objects.filter(**{ours: instance.pk}).values_list(other, flat=True))
    others = model.objects.filter(pk__in=pk_set)
    for other in others:
        person, holder = (instance, other) if isinstance(instance, User) else (other, instance)
        if not _is_shadow(holder):
            said = AuditAction.GIVEN if action == "post_add" else AuditAction.TAKEN
            _say(said, person, _name(sender, holder))


def _key_to(through: Any, model: Any) -> str:
    return next(field.attname for field in through._meta.fields if field.related_model is model)


def _is_shadow(holder: Any) -> bool:
    """Tell whether it only follows the coordinators of a working group, who are noted by themselves."""
    return isinstance(holder, Group) and holder.name.startswith(COORDINATION)


def _name(through: Any, holder: Any) -> str:
    if isinstance(holder, Group) and holder.name == EDITORS_GROUP:
        return Role.EDITOR
    return f"{_watched[through]}: {holder}"
