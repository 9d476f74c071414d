"""Makes the working groups of a large alliance: their people, folders, articles, meetings, and what was said there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from home.languages import LANGUAGES
from members.editors import COORDINATION
from members.models import User
from news.actions import PAGE_PERMISSIONS
from news.enums import Joining
from news.models import (
    Attendance,
    Comment,
    GroupIndexPage,
    GroupNewsPage,
    GroupPage,
    Meeting,
    MembershipProposal,
    Seen,
    WorkingGroup,
)
from tests.bench.page_tree import NewPage, insert_pages
from tests.bench.people_data import Alliance
from tests.factories.groups import make_member_area
from tests.factories.library import ThemeFactory, ToolFactory, ToolTypeFactory, with_file

BATCH = 2_000
OWN_GROUPS = 6  # of the person of each role
BUSY = 200  # comments under one article, at most
ANSWERS = 12  # to a meeting; everybody answers those of the first group
SEEN = 40  # things that one person in ten saw
TOOLS = 12
BODY = json.dumps(
    [
        {"type": "text", "value": "<p>Ce que nous avons appris, et ce qui manque.</p>", "id": str(UUID(int=1))},
        {"type": "heading", "value": "La suite", "id": str(UUID(int=2))},
        {"type": "text", "value": "<p>Wie doet mee? Laat het ons weten.</p>", "id": str(UUID(int=3))},
    ]
)


@dataclass(frozen=True)
class Belonging:
    """A group with the people who belong to it and who coordinate it."""

    group: WorkingGroup
    members: list[User]
    coordinators: list[User]


def add_groups(alliance: Alliance) -> None:
    """Everything that groups have; the first group is closed, the second open, and each role is in both."""
    random = Random(11)  # noqa: S311  # the same groups in every run
    make_member_area()
    groups = WorkingGroup.objects.bulk_create(_group(number) for number in range(alliance.sizes.groups))
    known = [_belonging(alliance, group, place, random) for place, group in enumerate(groups)]
    _connect(known)
    folders = _folders(known)
    keys = _articles(alliance, groups, folders)
    _meetings(alliance, known, random)
    _comments(alliance, keys, random)
    _seen(alliance, keys, random)
    _proposals(alliance, known, random)
    _tools(alliance, groups)


def _group(number: int) -> WorkingGroup:
    is_open = number % 3 != 0
    words = {f"name_{one}": f"{name} {number}" for one, name in (("fr", "Groupe"), ("nl", "Groep"))}
    return WorkingGroup(
        **words,
        slug_fr=f"groupe-{number}",
        slug_nl=f"groep-{number}",
        purpose_fr="Partager ce qui marche, d'une association à l'autre.",
        purpose_nl="Delen wat werkt, van de ene vereniging naar de andere.",
        is_open=is_open,
        joining=(Joining.OPEN, Joining.ON_REQUEST)[number % 2] if is_open else Joining.BY_INVITATION,
    )


def _belonging(alliance: Alliance, group: WorkingGroup, place: int, random: Random) -> Belonging:
    roles = alliance.roles
    lead = [roles["coordinator"]] if place < 2 else []
    own = [one for name, one in roles.items() if name != "coordinator"] if place < OWN_GROUPS else []
    others = [one for one in random.sample(alliance.people, alliance.sizes.members) if one not in (*own, *lead)]
    coordinators = [*lead, *others[: 1 + place % 2 - len(lead)]]
    members = [*own, *(one for one in others if one not in coordinators)]
    return Belonging(group, members[: alliance.sizes.members], coordinators)


def _connect(known: Sequence[Belonging]) -> None:
    for name in ("members", "coordinators"):
        through = getattr(WorkingGroup, name).through
        through.objects.bulk_create(
            (through(workinggroup=one.group, user=user) for one in known for user in getattr(one, name)),
            batch_size=BATCH,
        )


def _folders(known: Sequence[Belonging]) -> dict[tuple[int, str], Page]:
    """The folders of each group, and the rights of who coordinates it: what ``sync_group`` does for one."""
    new = [
        NewPage(
            index.page_ptr,
            getattr(one.group, f"name_{language}"),
            getattr(one.group, f"slug_{language}"),
            UUID(int=10_000 + one.group.pk),
            {"group": one.group},
        )
        for language, index in _indexes().items()
        for one in known
    ]
    pages = insert_pages(GroupPage, new)
    found = {(row.own["group"].pk, page.locale.language_code): page for row, page in zip(new, pages, strict=True)}
    rights = Group.objects.bulk_create(Group(name=f"{COORDINATION}{one.group.slug_fr}") for one in known)
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS)
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=right, page=found[one.group.pk, language], permission=permission)
        for one, right in zip(known, rights, strict=True)
        for language in LANGUAGES
        for permission in permissions
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(group=right, user=user)
        for one, right in zip(known, rights, strict=True)
        for user in one.coordinators
    )
    return found


def _indexes() -> dict[str, GroupIndexPage]:
    indexes = GroupIndexPage.objects.select_related("locale", "page_ptr").order_by("path")
    return {index.locale.language_code: index for index in indexes}


def _articles(alliance: Alliance, groups: list[WorkingGroup], folders: dict[tuple[int, str], Page]) -> list[UUID]:
    """Articles of each group in turn, the first one today; two of three also stand in the other language."""
    new, today = [], timezone.localdate()
    for number in range(alliance.sizes.articles):
        group, own = groups[number % len(groups)], LANGUAGES[number // len(groups) % 2]
        for language in LANGUAGES:
            if language == own or number % 3:
                facts = {"group": group, "date": today - timedelta(days=number // len(groups)), "summary": "En bref."}
                title = f"{'Article' if language == 'fr' else 'Artikel'} {number}"
                key = UUID(int=1_000_000 + number)
                folder = folders[group.pk, language]
                new.append(NewPage(folder, title, f"article-{number}", key, {**facts, "body": BODY}))
    insert_pages(GroupNewsPage, new)
    return list(dict.fromkeys(one.key for one in new))


def _meetings(alliance: Alliance, known: Sequence[Belonging], random: Random) -> None:
    number = alliance.sizes.meetings
    meetings = Meeting.objects.bulk_create(
        (_meeting(one.group, place - number * 7 // 10) for one in known for place in range(number)), batch_size=BATCH
    )
    Attendance.objects.bulk_create(_answers(alliance, known, meetings, random), batch_size=BATCH)


def _meeting(group: WorkingGroup, week: int) -> Meeting:
    start = timezone.now() + timedelta(weeks=week, days=1 + group.pk % 5)
    return Meeting(
        group=group,
        title_fr=f"Réunion de la semaine {week}",
        title_nl=f"Vergadering van week {week}",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place_fr="Maison des associations",
        place_nl="Huis van de verenigingen",
        agenda_fr="<ul><li>Ce que chacun apporte</li><li>Prochaine date</li></ul>",
        agenda_nl="<ul><li>Wat iedereen meebrengt</li><li>Volgende datum</li></ul>",
        is_cancelled=week % 9 == 4,
    )


def _answers(
    alliance: Alliance, known: Sequence[Belonging], meetings: Sequence[Meeting], random: Random
) -> Iterator[Attendance]:
    of_group = {one.group.pk: [*one.coordinators, *one.members] for one in known}
    everybody = known[0].group.pk
    for meeting in meetings:
        people = of_group[meeting.group_id]
        asked = people if meeting.group_id == everybody else random.sample(people, min(ANSWERS, len(people)))
        for person in asked:
            yield Attendance(meeting=meeting, person=person, is_coming=random.random() < 0.7, language=person.language)


def _comments(alliance: Alliance, keys: list[UUID], random: Random) -> None:
    """Three of five begin a conversation, the others answer one; a fifth at most stands under the first article."""
    number = alliance.sizes.comments
    busy, first = min(BUSY, number // 5), number * 3 // 5
    asked = [keys[0]] * (busy * 3 // 5)
    asked += random.choices(keys[1:], k=first - len(asked))
    roots = Comment.objects.bulk_create(
        (_comment(alliance, place, key, None, random) for place, key in enumerate(asked)), batch_size=BATCH
    )
    talk, others = roots[: busy * 3 // 5], roots[busy * 3 // 5 :]
    answered = random.choices(talk, k=busy - len(talk))
    answered += random.choices(others, k=number - first - len(answered))
    replies = Comment.objects.bulk_create(
        (_comment(alliance, place, root.article_key, root, random) for place, root in enumerate(answered)),
        batch_size=BATCH,
    )
    mentions = Comment.mentions.through
    mentions.objects.bulk_create(
        (mentions(comment=one, user=random.choice(alliance.people)) for one in replies[::10]), batch_size=BATCH
    )


def _comment(alliance: Alliance, place: int, key: UUID, parent: Comment | None, random: Random) -> Comment:
    author, now, is_removed = random.choice(alliance.people), timezone.now(), place % 50 == 1
    return Comment(
        article_key=key,
        parent=parent,
        author=author,
        text="" if is_removed else "Merci, cela nous aide. " * random.randint(1, 8),
        language=author.language,
        written_at=now - timedelta(hours=place % 900, minutes=0 if parent else 30),
        removed_at=now if is_removed else None,
    )


def _seen(alliance: Alliance, keys: list[UUID], random: Random) -> None:
    people = {one.pk: one for one in (*alliance.people[::10], *alliance.roles.values())}.values()
    now = timezone.now()
    Seen.objects.bulk_create(
        (
            Seen(person=one, key=key, read_at=now, told_at=now if random.random() < 0.5 else None)
            for one in people
            for key in random.sample(keys, min(SEEN, len(keys)))
        ),
        batch_size=BATCH,
    )


def _proposals(alliance: Alliance, known: Sequence[Belonging], random: Random) -> None:
    """People who ask to join, and people who are invited."""
    proposals = []
    for one in known:
        outside = [user for user in alliance.people if user not in (*one.members, *one.coordinators)]
        for person in random.sample(outside, min(3, len(outside))):
            by = person if one.group.joining == Joining.ON_REQUEST else one.coordinators[0]
            proposals.append(MembershipProposal(group=one.group, person=person, proposed_by=by))
    MembershipProposal.objects.bulk_create(proposals, batch_size=BATCH)


def _tools(alliance: Alliance, groups: list[WorkingGroup]) -> None:
    """A few tools, for the pages that show some: some are shared with the first group, one is minutes of a meeting."""
    kind, theme = ToolTypeFactory(), ThemeFactory()
    owner, contact = alliance.associations[0], alliance.roles["member"]
    for number in range(TOOLS):
        shared = [groups[0]] if number % 3 == 0 else []
        tool = ToolFactory(
            type=kind,
            association=owner,
            contact=contact,
            sharing="groups" if shared else "alliance",
            groups=shared,
            minutes_of=groups[0].meetings.past().first() if number == 0 else None,
        )
        tool.themes.set([theme])
        tool.save()
        with_file(tool)
