"""What news, working groups and meetings hold about a person."""

from typing import Any

from members.accounts.holdings import Holding
from members.models import User
from news.comments import holdings
from news.joining.holdings import erase_proposals, let_go, tell_proposals
from news.letters import holdings as letters
from news.models import Attendance, FeedKey, GroupNewsPage, NewsPage, WorkingGroup


def tell(person: User) -> dict[str, Any]:
    """The groups that somebody belongs to and coordinates, their answers to meetings, and what they wrote."""
    answers = Attendance.objects.filter(person=person)
    articles = [
        *NewsPage.objects.filter(owner=person).values("title", "date"),
        *GroupNewsPage.objects.filter(owner=person).values("title", "date"),
    ]
    return (
        holdings.tell(person)
        | letters.tell(person)
        | {
            "member_of": list(WorkingGroup.objects.filter(members=person).values("name_fr", "name_nl")),
            "coordinator_of": list(WorkingGroup.objects.filter(coordinators=person).values("name_fr", "name_nl")),
            **tell_proposals(person),
            "answers_to_meetings": list(answers.values("meeting__starts_at", "is_coming", "answered_at")),
            "private_address_since": list(FeedKey.objects.filter(owner=person).values_list("created_at", flat=True)),
            "articles": articles,
        }
    )


def erase(person: User) -> None:
    """Nobody belongs to a group, comes to a meeting or reads a calendar under this name any more."""
    for memberships in (WorkingGroup.members.through, WorkingGroup.coordinators.through):
        memberships.objects.filter(user=person).delete()
    erase_proposals(person)
    Attendance.objects.filter(person=person).delete()
    FeedKey.objects.filter(owner=person).delete()
    holdings.erase(person)
    letters.erase(person)


HOLDING = Holding("news", tell=tell, let_go=let_go, erase=erase)
