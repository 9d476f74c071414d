"""How letters about a meeting are kept while they wait: until it begins, and only for who still belongs there."""

from datetime import datetime
from typing import TypedDict

from news.letters.subjects import of_group, of_meeting, of_reading
from news.models import Meeting


class Kept(TypedDict):
    """Fields of the row of a letter."""

    about: list[str]
    not_after: datetime


def kept_for(meeting: Meeting) -> Kept:
    """What is the same for every letter about a meeting."""
    group = meeting.group_id
    return {"about": [of_meeting(meeting.pk), of_group(group), of_reading(group)], "not_after": meeting.starts_at}
