"""Letters about a group that still wait go no more where what they say is over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.accounts import actions as accounts
from members.models import OutgoingMail, User
from news.comments.actions import Words, write
from news.digest.writing import monday, write_digests
from news.enums import Joining
from news.joining import actions
from news.meetings.reminders import remind
from news.models import MembershipProposal, WorkingGroup
from tests.factories.forms import form_data
from tests.factories.groups import CommentFactory, GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.joining import browser, group_of
from tests.factories.meetings import AttendanceFactory
from tests.factories.people import UserFactory

EDIT = "wagtailsnippets_news_workinggroup:edit"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("homes")]


@pytest.fixture
def coordinator() -> User:
    return UserFactory()


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def group(coordinator: User) -> WorkingGroup:
    return group_of(coordinators=[coordinator])


def subjects(person: User) -> int:
    """How many letters wait for somebody."""
    return OutgoingMail.objects.filter(person=person).count()


def remind_of_meeting(person: User, group: WorkingGroup) -> None:
    start = timezone.now() + timedelta(days=1)
    coming = AttendanceFactory(
        person=person, meeting__group=group, meeting__starts_at=start, answered_at=timezone.now() - timedelta(days=3)
    )
    assert remind(attendance=coming, today=timezone.localdate())


def proposal() -> MembershipProposal:
    return MembershipProposal.objects.get(answered_at__isnull=True)


def test_an_invitation_that_was_withdrawn(group: WorkingGroup, coordinator: User, person: User) -> None:
    actions.invite(group=group, person=person, by=coordinator)
    actions.invite(group=group, person=UserFactory(), by=coordinator)
    assert subjects(person) == 1

    withdrawn = reverse("news:withdraw_proposal", args=[MembershipProposal.objects.get(person=person).pk])
    browser(coordinator).post(withdrawn)

    assert subjects(person) == 0
    assert OutgoingMail.objects.count() == 1


def test_a_request_that_was_withdrawn_or_answered(group: WorkingGroup, coordinator: User, person: User) -> None:
    other = UserFactory()
    other.coordinated_groups.add(group)
    actions.ask(group=group, by=person)
    assert (subjects(coordinator), subjects(other)) == (1, 1)

    actions.answer(proposal=proposal(), is_accepted=True, by=coordinator)

    assert (subjects(coordinator), subjects(other), subjects(person)) == (0, 0, 1)


def test_the_invitations_of_who_coordinates_no_more(group: WorkingGroup, coordinator: User, person: User) -> None:
    actions.invite(group=group, person=person, by=coordinator)

    group.coordinators.set([])
    group.save()

    assert subjects(person) == 0


def test_the_request_of_who_left_the_alliance(group: WorkingGroup, coordinator: User, person: User) -> None:
    actions.ask(group=group, by=person)

    accounts.end(person=person, by=UserFactory(is_editor=True))

    assert subjects(coordinator) == 0


@pytest.mark.parametrize("way", ["leaves", "is taken out", "is taken out in the CMS"])
def test_who_left_a_closed_group_hears_no_more_of_it(coordinator: User, person: User, way: str) -> None:
    group = group_of(person, coordinators=[coordinator], is_open=False)
    article = GroupNewsPageFactory(group=group)
    CommentFactory(article=article, author=person)
    write(article=article, by=coordinator, words=Words("Entre nous", "fr"))
    remind_of_meeting(person, group)
    assert subjects(person) == 2

    if way == "leaves":
        actions.leave(group=group, by=person)
    elif way == "is taken out":
        actions.remove(group=group, person=person, by=coordinator)
    else:
        group.members.set([])
        group.save()

    told = [str(group)] if way == "is taken out" else []
    assert [name for name in told if name in OutgoingMail.objects.get(person=person).subject] == told
    assert subjects(person) == len(told)


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("was", "becomes"), [("members", "coordinators"), ("coordinators", "members")])
def test_who_coordinates_a_group_now_or_no_more_still_hears_of_its_meetings(
    person: User, group: WorkingGroup, was: str, becomes: str
) -> None:
    folder_of(group, "fr")
    getattr(group, was).set([person])
    group.save()
    remind_of_meeting(person, group)
    editor, url = browser(UserFactory(is_editor=True)), reverse(EDIT, args=[group.pk])

    changed = form_data(editor, url) | {was: [], f"{becomes}-more": person.email}
    assert editor.post(url, changed).status_code == 302

    assert person in getattr(WorkingGroup.objects.get(), becomes).all()
    assert person not in getattr(WorkingGroup.objects.get(), was).all()
    assert subjects(person) == 1


@pytest.mark.ignore_template_errors
def test_who_may_not_read_a_group_that_is_closed_hears_no_more_of_it(coordinator: User, person: User) -> None:
    group, editor = group_of(person, coordinators=[coordinator]), UserFactory(is_editor=True)
    stranger = UserFactory()
    folder_of(group, "fr")
    article = GroupNewsPageFactory(group=group)
    for reader in (person, stranger, editor):
        CommentFactory(article=article, author=reader)
    write(article=article, by=coordinator, words=Words("Entre nous", "fr"))
    remind_of_meeting(stranger, group)
    assert (subjects(person), subjects(stranger), subjects(editor)) == (1, 2, 1)
    client, url = browser(editor), reverse(EDIT, args=[group.pk])

    data = form_data(client, url) | {"joining": Joining.BY_INVITATION}
    data.pop("is_open")
    assert client.post(url, data).status_code == 302

    assert (subjects(person), subjects(stranger), subjects(editor)) == (1, 0, 1)


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_digest_tells_nothing_of_a_closed_group_to_who_left_it_and_the_rest_anew(is_closed: bool) -> None:
    person, other = (UserFactory(date_joined="2020-01-01T00:00Z") for _ in range(2))
    group, week = group_of(person, other, is_open=not is_closed), monday(timezone.localdate())
    GroupNewsPageFactory(group=group, title="Entre nous")
    GroupNewsPageFactory(group=WorkingGroupFactory(), title="Pour tous")
    assert write_digests([person.pk, other.pk], week) == 2

    actions.leave(group=group, by=person)
    group.refresh_from_db()
    group.is_open, group.joining = False, Joining.BY_INVITATION
    group.save()
    assert (subjects(person), subjects(other)) == (0, 1)

    assert write_digests([person.pk, other.pk], week) == 1
    body = OutgoingMail.objects.get(person=person).body
    assert "Pour tous" in body
    assert "Entre nous" not in body


def test_who_left_an_open_group_still_hears_of_conversations_there(coordinator: User, person: User) -> None:
    group = group_of(person, coordinators=[coordinator])
    article = GroupNewsPageFactory(group=group)
    CommentFactory(article=article, author=person)
    write(article=article, by=coordinator, words=Words("Pour tous", "fr"))

    actions.leave(group=group, by=person)

    assert subjects(person) == 1


def test_who_is_in_again_is_not_told_to_be_out(group: WorkingGroup, coordinator: User, person: User) -> None:
    person.working_groups.add(group)
    actions.remove(group=group, person=person, by=coordinator)
    assert subjects(person) == 1

    person.working_groups.add(group)

    assert subjects(person) == 0


def test_the_yes_to_a_request_of_who_left_again(group: WorkingGroup, coordinator: User, person: User) -> None:
    actions.ask(group=group, by=person)
    actions.answer(proposal=proposal(), is_accepted=True, by=coordinator)

    client: Client = browser(person)
    client.post(reverse("news:leave_group", args=[group.slug]))

    assert subjects(person) == 0
