"""Two people who open the same letter at the same moment make one account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from members import actions
from members.models import User
from tests.factories.people import InvitationFactory


@pytest.mark.django_db(transaction=True)
def test_two_acceptances_at_once_make_one_account() -> None:
    invitation = InvitationFactory()

    def accept(name: str) -> bool:
        try:
            actions.accept(invitation=invitation, first_name=name, last_name="X", password="een-lang-geheim")
        except actions.InvitationClosed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(accept, "abcd"))

    assert sum(results) == 1
    assert User.objects.filter(email=invitation.email).count() == 1
