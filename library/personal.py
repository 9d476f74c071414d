"""What the library holds about a person."""

from typing import Any

from django.db.models import Q

from library.models import Draft, SavedSearch, Tool, ToolRequest, ToolVersion
from members.accounts.holdings import Holding
from members.models import User


def tell(person: User) -> dict[str, Any]:
    """The tools that somebody looks after and handed in, what they asked and answered, and what only they see."""
    requests = ToolRequest.objects.filter(Q(asked_by=person) | Q(answered_by=person))
    return {
        "contact_of": list(Tool.objects.filter(contact=person).values("title", "slug")),
        "versions_added": list(
            ToolVersion.objects.filter(added_by=person).values("tool__title", "number", "added_on", "note")
        ),
        "requests": list(
            requests.values("type__slug", "theme__slug", "association__slug", "message", "created_at", "answer_note")
        ),
        "saved_searches": list(SavedSearch.objects.filter(owner=person).values("query", "language", "created_at")),
        "drafts": list(Draft.objects.filter(owner=person).values("file_name", "typed", "created_at")),
    }


def let_go(person: User) -> None:
    """Whoever leaves is the contact of no tool: letters about it go to the delegates of the association."""
    Tool.objects.filter(contact=person).update(contact=None)


def erase(person: User) -> None:
    """What only the person saw goes; tools, versions, requests and answers are their association's."""
    SavedSearch.objects.filter(owner=person).delete()
    Draft.objects.filter(owner=person).delete()


HOLDING = Holding("library", tell=tell, let_go=let_go, erase=erase)
