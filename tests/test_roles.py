"""What each role may do: every cell of README's table, as the site answers a person of that role."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from library.enums import Answer
from library.models import Tool, ToolRequest, ToolType
from members import permissions
from members.models import Association, DirectoryReport, JobFunction, User
from members.models.user import EDITORS_GROUP
from news.enums import Joining
from news.models import WorkingGroup
from tests.conftest import ROLES
from tests.factories.groups import MeetingFactory
from tests.factories.library import with_file
from tests.news.comments.rights import comments, removes_comments
from tests.news.rights import answers_meetings, has_calendar, joins_groups, lets_people_in

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors, pytest.mark.usefixtures("homes")]


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
        slug_fr=name,
        slug_nl=name,
        name_fr=name,
        name_nl=name,
        purpose_fr=name,
        purpose_nl=name,
        is_open=False,
        joining=Joining.BY_INVITATION,
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
        self.client = Client()
        if role != "visitor":
            self.client.force_login(self.user)

    def gets(self, address: str) -> bool:
        """Tell whether the person is shown what is at an address."""
        return self.client.get(address).status_code == 200

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


def opens(address: str) -> Callable[[World], tuple[bool, bool]]:
    """Whether an address that belongs to nobody in particular lets the person in."""
    return lambda world: (world.gets(address),) * 2


def reads_shared_tools(world: World) -> tuple[bool, bool]:
    shared = tool("shared", association=world.other, sharing="alliance")
    return (world.gets(shared.get_absolute_url()),) * 2


def reads_kept_tools(world: World) -> tuple[bool, bool]:
    kept = [tool(f"kept-{a.slug}", association=a, sharing="association") for a in (world.own, world.other)]
    return world.gets(kept[0].get_absolute_url()), world.gets(kept[1].get_absolute_url())


def reads_closed_groups(world: World) -> tuple[bool, bool]:
    return world.gets(world.own_group.get_absolute_url()), world.gets(world.other_group.get_absolute_url())


def writes_for_groups(world: World) -> tuple[bool, bool]:
    mine, theirs = (MeetingFactory(group=group) for group in (world.own_group, world.other_group))
    return tuple(world.gets(f"/admin/snippets/news/meeting/edit/{meeting.pk}/") for meeting in (mine, theirs))


def chooses_minutes(world: World) -> tuple[bool, bool]:
    begun = timezone.now() - timedelta(hours=1)
    mine, theirs = (MeetingFactory(group=group, starts_at=begun) for group in (world.own_group, world.other_group))
    return tuple(world.gets(reverse("library:minutes", args=[meeting.pk])) for meeting in (mine, theirs))


def tools_of_both(world: World, **fields: Any) -> list[Tool]:
    return [tool(f"of-{a.slug}", association=a, sharing="alliance", **fields) for a in (world.own, world.other)]


def reads_public_tools(world: World) -> tuple[bool, bool]:
    with_file(tool("public", association=world.other, sharing="public"))
    return (
        all(world.gets(reverse(name, args=["public"])) for name in ("library:public_tool", "library:public_file")),
    ) * 2


def adds_versions(world: World) -> tuple[bool, bool]:
    """The address leads on to the page where files are handed in."""
    answers = [world.client.get(reverse("library:add_version", args=[one.slug])) for one in tools_of_both(world)]
    return tuple(answer.headers.get("Location", "").startswith(reverse("library:upload")) for answer in answers)


def changes_tools(world: World) -> tuple[bool, bool]:
    return tuple(world.gets(reverse("library:edit", args=[found.slug])) for found in tools_of_both(world))


def changes_own_tools(world: World) -> tuple[bool, bool]:
    contact = world.user if world.user.is_authenticated else None
    tools = tools_of_both(world, contact=contact)
    return tuple(world.gets(reverse("library:edit", args=[found.slug])) for found in tools)


def makes_public(world: World) -> tuple[bool, bool]:
    """Every level of sharing that the form offers; also in the CMS."""
    offered = []
    for found in tools_of_both(world, contact=world.user if world.user.is_authenticated else None):
        page = world.client.get(reverse("library:edit", args=[found.slug]))
        offered.append(page.status_code == 200 and b'value="public"' in page.content)
    return tuple(offered)


def asks(world: World) -> tuple[bool, bool]:
    kind, _ = ToolType.objects.get_or_create(slug="kind", name_fr="genre", name_nl="soort")
    third = association("third")
    world.client.post(reverse("library:ask", args=[kind.slug, third.slug]))
    return (third.requests_received.exists(),) * 2


def answers(world: World) -> tuple[bool, bool]:
    kind, _ = ToolType.objects.get_or_create(slug="kind", name_fr="genre", name_nl="soort")
    given = []
    for asked in (world.own, world.other):
        request = ToolRequest.objects.create(type=kind, association=asked)
        world.client.post(reverse("library:answer_none", args=[request.pk]), {"note": "Rien pour le moment."})
        request.refresh_from_db()
        given.append(request.answer == Answer.NONE)
    return tuple(given)


def sees_usage(world: World) -> tuple[bool, bool]:
    return (world.gets(reverse("library:usage")),) * 2


def exports(world: World) -> tuple[bool, bool]:
    tools_of_both(world)
    return tuple(world.gets(reverse("library:export", args=[a.slug])) for a in (world.own, world.other))


def looks_for_counterparts(world: World) -> tuple[bool, bool]:
    """Finds an entry, and reports a gap and a departure."""
    person = User.objects.create_user("found@example.org", association=world.other, is_in_directory=True)
    function = JobFunction.objects.create(slug="job", name_fr="métier", name_nl="beroep")
    addresses = [
        reverse("members:suggest_counterpart", args=[function.slug, world.other.slug]),
        reverse("members:report_departure", args=[person.pk]),
    ]
    finds = world.gets(reverse("members:counterpart", args=[person.pk]))
    for address in addresses:
        world.client.post(address)
    return (finds and DirectoryReport.objects.count() == 2,) * 2


def handles_reports(world: World) -> tuple[bool, bool]:
    function = JobFunction.objects.create(slug="job", name_fr="métier", name_nl="beroep")
    handled = []
    for about in (world.own, world.other):
        report = DirectoryReport.objects.create(association=about, job_function=function)
        world.client.post(reverse("members:handle_report", args=[report.pk, "done"]))
        report.refresh_from_db()
        handled.append(not report.is_open)
    return tuple(handled)


def manages_accounts(world: World) -> tuple[bool, bool]:
    closed = []
    for place, one in enumerate((world.own, world.other)):
        person = User.objects.create_user(f"colleague{place}@example.org", association=one)
        world.client.post(reverse("members:account", args=[person.pk]), {"act": "suspend"})
        closed.append(not User.objects.get(pk=person.pk).is_active)
    return tuple(closed)


def takes_own_data(world: World) -> tuple[bool, bool]:
    taken = world.client.post(reverse("members:take_my_data"))
    world.client.post(reverse("members:ask_for_deletion"))
    asked = User.objects.filter(pk=world.user.pk, deletion_asked_at__isnull=False).exists()
    return (taken.headers.get("Content-Type") == "application/zip" and asked,) * 2


def invites(world: World) -> tuple[bool, bool]:
    return tuple(permissions.can_invite(world.user, association) for association in (world.own, world.other))


CHECKS: dict[str, Callable[[World], tuple[bool, bool]]] = {
    "Read the public pages": opens("/fr/"),
    "Enter the member area": opens("/fr/espace/"),
    "Read and take what the alliance shares": reads_shared_tools,
    "Read what a closed group shares": reads_closed_groups,
    "Read what an association keeps for itself": reads_kept_tools,
    "Publish the news and meetings of a group": writes_for_groups,
    "Choose the minutes of a meeting": chooses_minutes,
    "Say whether one comes to a meeting of a closed group": answers_meetings,
    "Comment an article of a closed group, and name colleagues there": comments,
    "Remove what others commented in a group": removes_comments,
    "Join an open group, or ask to join it": joins_groups,
    "Let people into a group, take them out, say what it is for": lets_people_in,
    "Follow one's meetings in a calendar by a private address": has_calendar,
    "Read and take what an editor made public": reads_public_tools,
    "Add a tool or a version for an association": adds_versions,
    "Change a tool whose contact one is, and who sees it": changes_own_tools,
    "Change all the tools of an association, and who sees them": changes_tools,
    "Make a tool public": makes_public,
    "Ask an association for a tool": asks,
    "Answer what an association is asked for": answers,
    "See how the library is used": sees_usage,
    "Take everything that an association has in the library": exports,
    "Look for a counterpart, report a gap or a departure": looks_for_counterparts,
    "Handle what colleagues report about the directory": handles_reports,
    "Invite a colleague into an association": invites,
    "Suspend, move and end the account of a colleague": manages_accounts,
    "Take what is held about oneself, and ask to be erased": takes_own_data,
    "Use the CMS": opens("/admin/"),
    "Publish pages, associations, needs and help lines": opens("/admin/snippets/members/association/"),
    "Read the searches that found nothing, and teach the finder": opens("/admin/snippets/members/unansweredquery/"),
    "Manage accounts and roles": opens("/admin/users/"),
    "Read the audit log": opens("/admin/snippets/members/auditentry/"),
}
WORDS = {(True, True): "yes", (True, False): "own", (False, False): "no"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", CHECKS)
def test_every_cell_of_the_table(right: str, role: str) -> None:
    assert WORDS[CHECKS[right](World(role))] == readme_table()[right][role]


def test_the_table_and_the_checks_name_the_same_rights() -> None:
    assert set(readme_table()) == set(CHECKS)


def test_nobody_keeps_a_right_when_the_account_is_closed(homes: object) -> None:
    world = World("administrator")
    User.objects.filter(pk=world.user.pk).update(is_active=False)

    assert not world.gets("/fr/espace/")
    assert not world.gets("/admin/")
    assert not permissions.can_use_cms(User.objects.get(pk=world.user.pk))
