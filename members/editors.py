"""What editors may do to pages and pictures, kept in step with the code at every migration.

Permissions on records follow from the role (``members.permissions``). Wagtail reads those on pages and on
collections of pictures from rows of a group, so the rows are written here: after every migration, because a
database that was emptied or restored then has them again.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from members.models.user import EDITORS_GROUP

COORDINATION = "Coordination - "
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "unlock_page", "lock_page")
IMAGE_PERMISSIONS = ("add_image", "change_image", "choose_image")
WAGTAIL_MODERATORS = "Moderators"
REVIEW = "Relecture – Nalezing"


def sync_editors_once(sender: Any, **kwargs: Any) -> None:
    """Answer the signal that every app sends after a migration, at the last one, when all tables are there."""
    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        sync_editors()


def sync_editors() -> None:
    """Give the group of editors exactly its rights on pages and pictures, and let it review articles."""
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    if root is None or collection is None:
        return
    for name in ("wagtailcore", "wagtailimages"):
        create_permissions(apps.get_app_config(name), verbosity=0)
    group, _created = Group.objects.get_or_create(name=EDITORS_GROUP)
    group.permissions.clear()
    grant_pages(group, root, PAGE_PERMISSIONS)
    _grant_images(group, collection)
    _review_by(group)
    Group.objects.filter(name=WAGTAIL_MODERATORS, user__isnull=True).delete()


def grant_pages(group: Group, page: Any, codenames: tuple[str, ...]) -> None:
    """Give a group exactly these permissions on a page and what is below it."""
    rows = GroupPagePermission.objects.filter(group=group, page=page)
    rows.exclude(permission__codename__in=codenames).delete()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _grant_images(group: Group, collection: Collection) -> None:
    GroupCollectionPermission.objects.filter(group=group).exclude(permission__codename__in=IMAGE_PERMISSIONS).delete()
    wanted = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=IMAGE_PERMISSIONS)
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _review_by(group: Group) -> None:
    """Turn the workflow that Wagtail brings into ours: a second reading by the editors."""
    for task in GroupApprovalTask.objects.filter(name__in=("Moderators approval", REVIEW)):
        task.name = REVIEW
        task.save(update_fields=["name"])
        task.groups.add(group)
        for step in task.workflow_tasks.select_related("workflow"):
            step.workflow.name = REVIEW
            step.workflow.save(update_fields=["name"])
