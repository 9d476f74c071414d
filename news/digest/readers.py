"""What of the news concerns each of some people; a constant number of questions, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from members.models import User
from news.digest.contents import GroupNews, Item, News
from news.models import Seen, WorkingGroup

Groups = dict[int, set[int]]  # by person: keys of groups


@dataclass(frozen=True)
class Readers:
    """Some people: which groups they may read, which are their own, and what they have seen."""

    may_read: Groups
    own: Groups
    seen: dict[int, set[UUID]]

    @classmethod
    def of(cls, news: News, people: Collection[int]) -> "Readers":
        """Ask the groups themselves who may read them."""
        may_read: Groups = defaultdict(set)
        for pk, group in news.groups.items():
            for person in group.readers().order_by().filter(pk__in=people).values_list("pk", flat=True):
                may_read[person].add(pk)
        return cls(may_read, _own(people), _seen(news, people))

    def news_for(self, person: User, edition: list[GroupNews]) -> list[GroupNews]:
        """What is new to one person, in their own groups first."""
        readable = [group for group in edition if group.pk in self.may_read.get(person.pk, ())]
        fresh = [
            replace(group, items=items, is_mine=group.pk in self.own.get(person.pk, ()))
            for group in readable
            if (items := [item for item in group.items if self._is_new(item, person)])
        ]
        return sorted(fresh, key=lambda group: not group.is_mine)

    def _is_new(self, item: Item, person: User) -> bool:
        is_known = item.key in self.seen.get(person.pk, ()) or item.owner_id == person.pk
        return not is_known and item.new_since > person.date_joined


def _own(people: Collection[int]) -> Groups:
    own: Groups = defaultdict(set)
    for memberships in (WorkingGroup.members.through, WorkingGroup.coordinators.through):
        for person, group in memberships.objects.filter(user__in=people).values_list("user", "workinggroup"):
            own[person].add(group)
    return own


def _seen(news: News, people: Collection[int]) -> dict[int, set[UUID]]:
    seen: dict[int, set[UUID]] = defaultdict(set)
    known = Seen.objects.filter(person__in=people, key__in=news.keys)
    for person, key in known.values_list("person", "key"):
        seen[person].add(key)
    return seen
