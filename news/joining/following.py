"""What ends proposals and letters that wait, wherever it is done, here, in the CMS, by a command: who is in a group
waits for no answer any more, who ceases to coordinate it invites nobody, even when they coordinate it again, and who
left it, or may not read it since it is closed, hears no more of what is for its people.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save

from members.models import OutgoingMail, User
from members.tasks import take_back_about
from news.digest.writing import tell_anew
from news.joining.closing import close
from news.letters.subjects import of_group, of_membership, of_reading
from news.models import MembershipProposal, WorkingGroup


def connect() -> None:
    """Follow who becomes a member or a coordinator."""
    for through in (WorkingGroup.members.through, WorkingGroup.coordinators.through):
        m2m_changed.connect(_close_proposals, sender=through, dispatch_uid=f"proposals_{through._meta.label}")
        m2m_changed.connect(_take_letters_back, sender=through, dispatch_uid=f"letters_{through._meta.label}")
    m2m_changed.connect(_end_invitations, sender=WorkingGroup.coordinators.through, dispatch_uid="end_invitations")
    post_save.connect(_follow_closing, sender=WorkingGroup, dispatch_uid="letters_of_closed_groups")


def _close_proposals(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if action == "post_add" and pk_set:
        close(_unanswered(instance, "person", pk_set), is_accepted=True)


def _end_invitations(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if action in ("post_remove", "pre_clear"):  # whose keys are None: everybody is taken out
        close(_unanswered(instance, "proposed_by", pk_set).invitations())


def _take_letters_back(sender: Any, instance: Any, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    """Who comes or goes gets no letter any more that says the opposite, nor, who goes, what only members get."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    keys, people = _both_sides(sender, instance, pk_set)
    take_back_about(*map(of_membership, keys), people=people)
    if action == "post_add":
        return
    for group in WorkingGroup.objects.filter(pk__in=keys):
        gone = set(people) - _still_in(sender, group, people)
        take_back_about(of_group(group.pk), people=gone)
        if not group.is_open:
            _hide(group, gone)


def _follow_closing(sender: Any, instance: WorkingGroup, **kwargs: Any) -> None:
    """Who may not read a closed group gets no letter that was written while it was open."""
    if not instance.is_open:
        _hide(instance, User.objects.exclude(pk__in=instance.readers().values("pk")))


@transaction.atomic
def _hide(group: WorkingGroup, people: Any) -> None:
    """Take back what tells these people of the group; what else a digest told comes with the next one."""
    letters = OutgoingMail.objects.about(of_reading(group.pk)).filter(person__in=people)
    digests = letters.unheard().about("gets_digest").select_for_update()
    tell_anew(list(digests.values_list("person", flat=True)))
    letters.unsent().delete()


def _still_in(left: Any, group: WorkingGroup, people: Collection[Any]) -> set[Any]:
    """Those who belong to the group in the other way: members who become coordinators go nowhere."""
    members, coordinators = WorkingGroup.members.through, WorkingGroup.coordinators.through
    other = coordinators if left is members else members
    return set(other.objects.filter(workinggroup=group, user__in=people).values_list("user", flat=True))


def _both_sides(sender: Any, instance: Any, keys: set[Any] | None) -> tuple[Collection[Any], Collection[Any]]:
    """The keys of groups and of people among whom something changed; without keys, of all that belong together."""
    here, there = ("user", "workinggroup") if isinstance(instance, User) else ("workinggroup", "user")
    others = sender.objects.filter(**{here: instance}).values_list(there, flat=True) if keys is None else keys
    return (others, [instance.pk]) if isinstance(instance, User) else ([instance.pk], others)


def _unanswered(instance: Any, person: str, keys: set[Any] | None) -> Any:
    """What waits between the instance, a person or a group, and those with the keys on the other side."""
    here, there = (person, "group") if isinstance(instance, User) else ("group", person)
    waiting = MembershipProposal.objects.filter(answered_at__isnull=True, **{here: instance})
    return waiting if keys is None else waiting.filter(**{f"{there}__in": keys})
