"""What reading, digests and the choice of letters hold about a person; part of what news tells and erases."""

from typing import Any

from members.models import User
from news.models import Digest, GroupNewsPage, LetterChoice, Meeting, Seen


def tell(person: User) -> dict[str, Any]:
    """What somebody read or was told, the weeks of their digests, and which letters they want."""
    titles = _titles(person)
    return {
        "seen": [
            {"what": titles.get(key, ""), "read_at": read_at, "told_at": told_at}
            for key, read_at, told_at in Seen.objects.filter(person=person).values_list("key", "read_at", "told_at")
        ],
        "digests": list(Digest.objects.filter(person=person).values("week", "written_at")),
        "letters_chosen": list(LetterChoice.objects.filter(person=person).values("gets_digest", "gets_comments")),
    }


def erase(person: User) -> None:
    """Nobody read, got or chose anything under this name any more."""
    for model in (Seen, Digest, LetterChoice):
        model.objects.filter(person=person).delete()


def _titles(person: User) -> dict[Any, str]:
    """What is called how, of what the person may still read."""
    meetings = {meeting.key: str(meeting) for meeting in Meeting.objects.visible_to(person)}
    return meetings | dict(GroupNewsPage.objects.visible_to(person).values_list("translation_key", "title"))
