"""What each role may do: every cell of README's table, against the predicates and querysets of the code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group

from home.access import public_pages
from library.models import Tool, ToolType
from members import permissions
from members.models import Association, User
from members.models.user import EDITORS_GROUP
from news.models import WorkingGroup
from tests.conftest import ROLES

pytestmark = pytest.mark.django_db


def readme_table() -> dict[str, dict[str, str]]:
    """README's table: what one may do, then yes, own or no per role."""
    lines = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    start = next(place for place, row in enumerate(rows) if row[1:] == list(ROLES))
    table: dict[str, dict[str, str]] = {}
    for row in rows[start + 2 :]:
        if len(row) != len(ROLES) + 1:
            break
        table[row[0]] = dict(zip(ROLES, row[1:], strict=True))
    return table


def association(slug: str) -> Association:
    return Association.objects.create(
        slug=slug,
        name_fr=slug,
        short_name_fr=slug,
        plain_fr=slug,
        plain_nl=slug,
        description_fr=slug,
        description_nl=slug,
    )


def group(name: str) -> WorkingGroup:
    return WorkingGroup.objects.create(
        slug_fr=name, slug_nl=name, name_fr=name, name_nl=name, purpose_fr=name, purpose_nl=name, is_open=False
    )


def tool(name: str, **sharing: Any) -> Tool:
    kind, _ = ToolType.objects.get_or_create(slug="kind", name_fr="genre", name_nl="soort")
    return Tool.objects.create(slug=name, title=name, summary=name, language="fr", type=kind, **sharing)


class World:
    """Somebody of a role with an association and a group of their own, and those of others."""

    def __init__(self, role: str) -> None:
        self.own, self.other = association("own"), association("other")
        self.own_group, self.other_group = group("own-group"), group("other-group")
        self.user: Any = AnonymousUser() if role == "visitor" else self._person(role)

    def _person(self, role: str) -> User:
        user = User.objects.create_user("somebody@example.org", association=self.own)
        self.own_group.members.add(user)
        if role == "coordinator":
            self.own_group.coordinators.add(user)
        self.own_group.save()  # the lists of a group wait for it
        user.is_delegate = role == "delegate"
        user.is_superuser = role == "administrator"
        user.save()
        if role == "editor":
            user.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
        return User.objects.get(pk=user.pk)


def on_associations(predicate: Callable[[Any, Any], bool]) -> Callable[[World], tuple[bool, bool]]:
    return lambda world: (predicate(world.user, world.own), predicate(world.user, world.other))


def everywhere(predicate: Callable[[Any], bool]) -> Callable[[World], tuple[bool, bool]]:
    return lambda world: (predicate(world.user), predicate(world.user))


def reads_shared_tools(world: World) -> tuple[bool, bool]:
    shared = tool("shared", association=world.other, sharing="alliance")
    return (shared.is_visible_to(world.user),) * 2


def reads_kept_tools(world: World) -> tuple[bool, bool]:
    kept = [tool(f"kept-{a.slug}", association=a, sharing="association") for a in (world.own, world.other)]
    return kept[0].is_visible_to(world.user), kept[1].is_visible_to(world.user)


def reads_closed_groups(world: World) -> tuple[bool, bool]:
    return world.own_group.is_visible_to(world.user), world.other_group.is_visible_to(world.user)


CHECKS: dict[str, Callable[[World], tuple[bool, bool]]] = {
    "Read the public pages": lambda world: (public_pages() is not None,) * 2,
    "Enter the member area": everywhere(permissions.can_enter_member_area),
    "Read and take what the alliance shares": reads_shared_tools,
    "Read what a closed group shares": reads_closed_groups,
    "Read what an association keeps for itself": reads_kept_tools,
    "Publish the news and meetings of a group": lambda world: (
        permissions.can_coordinate(world.user, world.own_group),
        permissions.can_coordinate(world.user, world.other_group),
    ),
    "Add and change the tools of an association": on_associations(permissions.can_manage_tools),
    "Invite a colleague into an association": on_associations(permissions.can_invite),
    "Use the CMS": everywhere(permissions.can_use_cms),
    "Publish pages, associations, needs and help lines": everywhere(permissions.can_publish),
    "Manage accounts and roles": everywhere(permissions.can_administer),
}
WORDS = {(True, True): "yes", (True, False): "own", (False, False): "no"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", CHECKS)
def test_every_cell_of_the_table(right: str, role: str) -> None:
    assert WORDS[CHECKS[right](World(role))] == readme_table()[right][role]


def test_the_table_and_the_checks_name_the_same_rights() -> None:
    assert set(readme_table()) == set(CHECKS)


def test_nobody_keeps_a_right_when_the_account_is_closed() -> None:
    world = World("administrator")
    world.user.is_active = False
    assert not permissions.can_enter_member_area(world.user)
    assert not permissions.can_administer(world.user)
    assert not permissions.can_use_cms(world.user)
