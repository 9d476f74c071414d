"""Delegates, editors and administrators set up a second step before they can do anything else."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config.settings import base
from members.models import User
from news.actions import sync_group
from news.models import GroupIndexPage, GroupPage
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import PASSWORD, UserFactory
from tests.reading import main_text, soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors, pytest.mark.usefixtures("homes")]
INDEX = "/fr/compte/2fa/"
SECRET = "JBSWY3DPEHPK3PXP"
ROLES = [{"is_delegate": True}, {"is_editor": True}, {"is_superuser": True}]


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = True


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/fr/compte/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_it_is_required_unless_somebody_switches_it_off() -> None:
    assert base.SECOND_FACTOR_REQUIRED


@pytest.mark.parametrize("role", ROLES)
def test_signing_in_leads_to_the_second_step_and_nowhere_else(role: dict[str, bool]) -> None:
    client = signed_in(UserFactory(**role))

    for url in ("/fr/espace/", "/nl/ruimte/bibliotheek/", "/admin/", "/admin/pages/", reverse("members:accounts")):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) in [(302, INDEX), (302, "/nl/account/2fa/")], url
    assert client.post(reverse("members:invitations"), {}).status_code == 302
    page = client.get(INDEX)
    assert "deuxième étape" in main_text(page) or "second step" in main_text(page)
    assert soup(page).select(f'a[href="{INDEX}totp/activate/"]')


@pytest.mark.parametrize("role", ROLES)
def test_everything_opens_once_it_is_set_up(role: dict[str, bool]) -> None:
    user = UserFactory(**role)
    client = signed_in(user)
    TOTP.activate(user, SECRET)

    assert client.get("/fr/espace/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_step() -> None:
    user = UserFactory(is_delegate=True)
    RecoveryCodes.activate(user)

    assert signed_in(user).get("/fr/espace/")["Location"] == INDEX


def test_it_closes_again_when_somebody_switches_it_off() -> None:
    user = UserFactory(is_delegate=True)
    client = signed_in(user)
    totp = TOTP.activate(user, SECRET)
    assert client.get("/fr/espace/").status_code == 200
    totp.instance.delete()

    assert client.get("/fr/espace/").status_code == 302


def test_members_are_not_asked() -> None:
    assert signed_in(UserFactory()).get("/fr/espace/").status_code == 200


def test_who_becomes_a_delegate_is_asked_from_then_on() -> None:
    user = UserFactory()
    client = signed_in(user)
    user.is_delegate = True
    user.save()

    assert client.get("/fr/espace/")["Location"] == INDEX


def test_pages_of_groups_in_the_tree_are_behind_it_too(homes: Any) -> None:
    for language, home in homes.items():
        home.add_child(instance=GroupIndexPage(title="Groupes", slug=f"groupes-{language}", locale=home.locale))
    sync_group(WorkingGroupFactory())
    page = GroupPage.objects.filter(locale__language_code="fr").first()
    user = UserFactory(is_editor=True)

    answer = signed_in(user).get(page.url)

    assert answer.status_code == 302
    assert answer["Location"] == INDEX


def test_one_can_still_leave_and_read_what_is_public() -> None:
    client = signed_in(UserFactory(is_delegate=True))

    assert client.get("/fr/").status_code == 200
    assert client.get("/fr/compte/logout/").status_code == 200
    assert client.get("/fr/compte/2fa/totp/activate/", follow=True).status_code == 200
