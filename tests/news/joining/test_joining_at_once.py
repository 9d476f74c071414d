"""Two clicks at the same moment; apart, for it commits and finds no page of the site."""

from threading import Thread

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from news.joining import actions
from news.models import MembershipProposal, WorkingGroup
from tests.factories.joining import RequestFactory, group_of
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def in_the_middle(group: WorkingGroup, click: object, meanwhile: object) -> list[type[Exception]]:
    """Click while another request holds the group, which then does its work; gives what the click raised."""
    raised: list[type[Exception]] = []

    def second() -> None:
        try:
            click()
        except Exception as error:  # whatever it is, the test compares it
            raised.append(type(error))
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        WorkingGroup.objects.select_for_update().get(pk=group.pk)
        thread.start()
        thread.join(0.5)  # it waits for the group now; were it not to wait, it would be done
        assert thread.is_alive()
        meanwhile()
    thread.join(10)
    return raised


def test_a_request_that_is_sent_twice_is_one() -> None:
    coordinator, person = UserFactory(), UserFactory()
    group = group_of(coordinators=[coordinator])

    def ask() -> None:
        actions.ask(group=group, by=person)

    assert in_the_middle(group, ask, ask) == [ValidationError]
    assert MembershipProposal.objects.count() == 1
    assert [letter.to for letter in mail.outbox] == [[coordinator.email]]


def test_two_coordinators_who_answer_at_once_send_one_letter() -> None:
    first, second = UserFactory(), UserFactory()
    request = RequestFactory(group=group_of(coordinators=[first, second]))

    raised = in_the_middle(
        request.group,
        lambda: actions.answer(proposal=request, is_accepted=False, by=second),
        lambda: actions.answer(proposal=request, is_accepted=True, by=first),
    )

    assert raised == [actions.AlreadyAnswered]
    assert MembershipProposal.objects.get().is_accepted
    assert [letter.to for letter in mail.outbox] == [[request.person.email]]
