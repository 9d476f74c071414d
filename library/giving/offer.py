"""What a person may choose when giving, looked up once for all the forms on a page."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.at_once import in_both, read_at_once
from library.audience import Audience
from library.enums import SharingLevel
from library.models import Theme, ToolType
from library.models.vocabulary import TERM
from members.models import Association, User
from news.models import WorkingGroup

LEVELS = [
    (SharingLevel.ASSOCIATION, _("My association")),
    (SharingLevel.GROUPS, _("Working groups")),
    (SharingLevel.ALLIANCE, _("The whole alliance")),
    (SharingLevel.PUBLIC, _("Everybody, also outside the alliance")),
]
COLUMNS = {  # of the records that one chooses from, all that forms show and guess by
    "type": TERM,
    "themes": TERM,
    "groups": (*in_both("name"), "is_open"),
    "association": in_both("short_name"),
    "contact": ("first_name", "last_name", "email", "erased_at"),
}
Choices = list[tuple[Any, Any]]


class Offer:
    """The choices of one person; forms share them, so that their number costs no queries."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._audiences: dict[Any, Audience] = {}

    @property
    def querysets(self) -> dict[str, Any]:
        """What each field that names a record accepts."""
        return {
            "type": ToolType.objects.all(),
            "themes": Theme.objects.all(),
            "groups": WorkingGroup.objects.visible_to(self.user),
            "association": self._associations(),
            "contact": self.people_of(self.user.association_id) | User.objects.filter(pk=self.user.pk),
        }

    def people_of(self, association: Any) -> Any:
        """Who may be named as contact for the tools of an association; all people of the alliance are too many."""
        return User.objects.visible_to(self.user).filter(association__isnull=False, association=association)

    def _associations(self) -> Any:
        everything = Association.objects.in_order()
        return everything if self.user.is_editor else everything.filter(pk=self.user.association_id)

    @cached_property
    def choices(self) -> dict[str, Choices]:
        """What each of these fields shows, by name."""
        found = {name: [(record.pk, str(record)) for record in rows] for name, rows in self.records.items()}
        return {name: sorted(options, key=lambda option: option[1].casefold()) for name, options in found.items()}

    @cached_property
    def records(self) -> dict[str, list[Any]]:
        """The records that each of these fields accepts, in one query."""
        return read_at_once(self.user, {name: (rows, COLUMNS[name]) for name, rows in self.querysets.items()})

    def levels(self, current: str = "") -> Choices:
        """How widely this person may share; the public is for editors, and stays where an editor chose it."""
        may_publish = self.user.is_editor or current == SharingLevel.PUBLIC
        return [level for level in LEVELS if may_publish or level[0] != SharingLevel.PUBLIC]

    def audience(self, sharing: str, association: Any, groups: Iterable[Any], hidden: Any = ()) -> Audience:
        """Who would see a tool that is shared so; equal questions are answered once."""
        wanted = frozenset(map(str, groups))
        key = (sharing, str(association), wanted)
        if key not in self._audiences:
            owner = next((one for one in self.records["association"] if str(one.pk) == str(association)), None)
            chosen = [group for group in self.records["groups"] if str(group.pk) in wanted]
            self._audiences[key] = Audience(sharing, owner, [*chosen, *hidden], has_hidden_groups=bool(hidden))
        return self._audiences[key]
