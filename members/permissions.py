"""Who may do what. README shows the same as a table; a test checks every cell.

Who may *see* what is not here but in the ``visible_to`` of each QuerySet.
"""

from typing import Any

from home.access import is_member

ENTER_CMS = "wagtailadmin.access_admin"
VERBS = ("view", "add", "change", "delete")
VERBS_OF_DELEGATES = ("view", "add", "change")  # who shared a tool counts on finding it again
# What the CMS asks of each role, besides the pages, which follow groups (news.actions.sync_group). Which rows of
# these models a person may change is decided by ``editable_by`` and ``coordinated_by`` of their QuerySets.
COORDINATOR_MODELS = ("news.meeting", "news.grouppicture")
DELEGATE_MODELS = ("library.tool",)
EDITOR_MODELS = (
    *COORDINATOR_MODELS,
    *DELEGATE_MODELS,
    "library.tooltype",
    "library.theme",
    "news.workinggroup",
    "members.association",
    "members.service",
    "members.need",
    "members.needgroup",
    "members.helpline",
    "members.outsideaddress",
    "members.unansweredquery",
    "members.unrelatedphrase",
    "members.audience",
    "members.commune",
    "members.jobfunction",
    "home.alliancesettings",
    "home.contactmessage",
    "wagtailimages.image",
)
TRANSLATE = "wagtail_localize.submit_translation"
EDITOR_EXTRAS = (
    "wagtailimages.choose_image",
    "members.publish_association",
    "members.publish_service",
    "members.publish_need",
    TRANSLATE,
)


def can_coordinate(user: Any, group: Any) -> bool:
    """Publish the news and meetings of a working group: its coordinators, and editors."""
    return is_member(user) and (user.is_editor or group.is_coordinated_by(user))


def can_remove_comment(user: Any, comment: Any, group: Any) -> bool:
    """Remove a comment on an article of a working group: who wrote it, and who coordinates the group."""
    return is_member(user) and (comment.author_id == user.pk or can_coordinate(user, group))


def can_join(user: Any, group: Any) -> bool:
    """Become a member of a working group at once: every member, where the group is for whoever wants to."""
    return is_member(user) and group.is_joined_at_once


def can_ask_to_join(user: Any, group: Any) -> bool:
    """Ask the coordinators of a working group: every member, where one joins on request."""
    return is_member(user) and group.is_joined_on_request


def can_answer_proposal(user: Any, proposal: Any) -> bool:
    """Answer a request to join a working group: who coordinates it; an invitation: who is invited."""
    if proposal.is_request:
        return can_coordinate(user, proposal.group)
    return is_member(user) and proposal.person_id == user.pk


def can_withdraw_proposal(user: Any, proposal: Any) -> bool:
    """Take a request to join a working group back: who asked; an invitation: who coordinates the group."""
    if proposal.is_request:
        return is_member(user) and proposal.person_id == user.pk
    return can_coordinate(user, proposal.group)


def can_invite(user: Any, association: Any) -> bool:
    """Invite a colleague into an association: its delegates, and editors."""
    return is_member(user) and (user.is_editor or (user.is_delegate and user.association_id == association.pk))


def can_invite_somebody(user: Any) -> bool:
    """See the page of invitations: delegates and editors."""
    return is_member(user) and (user.is_editor or user.is_delegate)


def can_see_accounts(user: Any) -> bool:
    """See the accounts of an association's people: its delegates; of everybody: editors."""
    return is_member(user) and (user.is_editor or user.is_delegate)


def can_manage(user: Any, person: Any) -> bool:
    """Suspend, open again, move or end an account: whoever looks after it (``managed_by``), never one's own."""
    return type(person).objects.managed_by(user).filter(pk=person.pk).exists()


def can_hand_over(user: Any, colleague: Any) -> bool:
    """Pass the role of delegate on: a delegate, to a colleague of the same association whose account works."""
    is_colleague = user.association_id == colleague.association_id and user.pk != colleague.pk
    return is_member(user) and user.is_delegate and is_colleague and is_member(colleague) and not colleague.is_delegate


def can_answer_transfer(user: Any, transfer: Any) -> bool:
    """Take a colleague over: the delegates of the new association, and editors."""
    return is_member(user) and (user.is_editor or (user.is_delegate and user.association_id == transfer.to_id))


def can_answer(user: Any, request: Any) -> bool:
    """Answer a request for a tool: the delegates of the association that is asked, and editors."""
    return is_member(user) and (user.is_editor or (user.is_delegate and user.association_id == request.association_id))


def can_close(user: Any, request: Any) -> bool:
    """Close a request for a tool: who asked, and who may answer."""
    return can_answer(user, request) or (is_member(user) and request.asked_by_id == user.pk)


def can_handle_report(user: Any, report: Any) -> bool:
    """Handle a report about the directory: delegates of the association, and editors; never the one about oneself."""
    if not is_member(user) or report.person_id == user.pk:
        return False
    return user.is_editor or (user.is_delegate and user.association_id == report.association_id)


def can_handle_some_report(user: Any) -> bool:
    """See the page of reports about the directory: delegates and editors."""
    return is_member(user) and (user.is_editor or user.is_delegate)


def can_see_usage(user: Any) -> bool:
    """See who shares, takes and asks for what, in numbers: delegates and editors."""
    return is_member(user) and (user.is_editor or user.is_delegate)


def can_export(user: Any, association: Any) -> bool:
    """Take everything that an association has in the library: its delegates, and editors."""
    return is_member(user) and (user.is_editor or (user.is_delegate and user.association_id == association.pk))


def can_use_cms(user: Any) -> bool:
    """Enter the CMS: whoever has something to write there."""
    return is_member(user) and (user.is_editor or user.is_delegate or user.is_coordinator)


def role_permissions(user: Any) -> set[str]:
    """The permissions of Django and Wagtail that go with the person's roles."""
    permissions: set[str] = set()
    if not is_member(user):
        return permissions
    if user.is_editor:
        permissions.update(EDITOR_EXTRAS, *map(_model_permissions, EDITOR_MODELS))
    if user.is_delegate:
        permissions.update(*(_model_permissions(model, VERBS_OF_DELEGATES) for model in DELEGATE_MODELS))
    if user.is_coordinator:
        permissions.update({TRANSLATE}, *map(_model_permissions, COORDINATOR_MODELS))  # of pages they may edit
    return {ENTER_CMS, *permissions} if permissions else permissions


def _model_permissions(model: str, verbs: tuple[str, ...] = VERBS) -> set[str]:
    app, name = model.split(".")
    return {f"{app}.{verb}_{name}" for verb in verbs}
