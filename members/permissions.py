"""Who may do what. README shows the same as a table; a test checks every cell.

Who may *see* what is not here but in the ``visible_to`` of each QuerySet.
"""

from typing import Any

from home.access import is_member


def can_enter_member_area(user: Any) -> bool:
    """Everybody with an account that works."""
    return is_member(user)


def can_coordinate(user: Any, group: Any) -> bool:
    """Publish the news and meetings of a working group: its coordinators, and editors."""
    return is_member(user) and (user.is_editor or group.coordinators.filter(pk=user.pk).exists())


def can_manage_tools(user: Any, association: Any) -> bool:
    """Add and change the tools of an association: its delegates, and editors."""
    return is_member(user) and (user.is_editor or (user.is_delegate and user.association_id == association.pk))


def can_invite(user: Any, association: Any) -> bool:
    """Invite a colleague into an association: its delegates, and editors."""
    return can_manage_tools(user, association)


def can_publish(user: Any) -> bool:
    """Edit public pages, associations, services, needs and help lines: editors."""
    return is_member(user) and user.is_editor


def can_use_cms(user: Any) -> bool:
    """Enter the CMS: whoever has something to write there."""
    return is_member(user) and (user.is_editor or user.is_delegate or user.coordinated_groups.exists())


def can_administer(user: Any) -> bool:
    """Manage accounts and roles: administrators."""
    return is_member(user) and user.is_superuser
