"""Letters about joining a working group, each in the reader's language."""

from members.letters import Letter, editors, send_in_both_languages, send_to_each
from members.models import User
from members.models.user import EDITORS_GROUP
from news.letters.subjects import of_proposal
from news.models import MembershipProposal

REQUEST = Letter("emails/group_request_subject.txt", "emails/group_request.txt")
ANSWER = Letter("emails/group_request_answered_subject.txt", "emails/group_request_answered.txt")
INVITATION = Letter("emails/group_invitation_subject.txt", "emails/group_invitation.txt")
TAKEN_OUT = Letter("emails/group_left_subject.txt", "emails/group_left.txt")


def tell_coordinators(request: MembershipProposal) -> None:
    """Tell the coordinators that somebody asks to join; the editors where nobody coordinates the group."""
    coordinators = list(request.group.coordinators.filter(is_active=True))
    people = coordinators or list(
        User.objects.active().filter(groups__name=EDITORS_GROUP).exclude(pk=request.person_id)
    )
    context, about = {"request": request, "has_coordinator": bool(coordinators)}, [of_proposal(request.pk)]
    if people:
        send_to_each(REQUEST, people, context, about=about)
    else:
        send_in_both_languages(REQUEST, editors(), context, about=about)
