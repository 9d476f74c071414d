"""What waits for an answer ends together with the letters about it that still wait."""

from django.db.models import QuerySet
from django.utils import timezone

from members.tasks import take_back_about
from news.letters.subjects import of_proposal
from news.models import MembershipProposal


def close(waiting: QuerySet[MembershipProposal], is_accepted: bool | None = None) -> None:
    """Nobody is to answer these any more, and nobody is asked to by a letter that was not sent yet."""
    keys = list(waiting.values_list("pk", flat=True))
    MembershipProposal.objects.filter(pk__in=keys).update(answered_at=timezone.now(), is_accepted=is_accepted)
    take_back_about(*map(of_proposal, keys))
