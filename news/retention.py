"""How long news and working groups keep who came, read, asked and was told."""

from typing import Any

from home.private_files.storage import delete_files
from home.retention import Rule, before
from news.models import Attendance, Comment, Digest, MembershipProposal, attendance, comment, membership_proposal, seen
from news.pictures import keeping
from news.reading import old_marks


def _told() -> Any:
    """Who had letters about comments that are final."""
    return Comment.told.through.objects.filter(comment__in=Comment.objects.final())


def _lost_pictures() -> list[str]:
    return keeping.orphans(before(keeping.GRACE))


RULES = (
    Rule("news.Attendance", "answers to meetings", attendance.KEPT_FOR, Attendance.objects.expired),
    Rule(
        "news.MembershipProposal",
        "answered requests and invitations to groups",
        membership_proposal.KEPT_FOR,
        MembershipProposal.objects.answered_long_ago,
    ),
    Rule(
        "news.MembershipProposal",
        "requests and invitations to groups without an answer",
        membership_proposal.WAITS_AT_MOST,
        MembershipProposal.objects.waited_too_long,
    ),
    Rule("news.Seen", "marks of what was read or told", seen.KEPT_FOR, old_marks),
    Rule("news.Digest", "weeks of digests", seen.KEPT_FOR, Digest.objects.expired),
    Rule("news.Comment_told", "who had letters about comments", comment.EDITABLE_FOR, _told),
    Rule("private files", "files of pictures that no row knows", keeping.GRACE, _lost_pictures, delete_files),
)
