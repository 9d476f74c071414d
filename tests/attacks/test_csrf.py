"""No other site makes somebody's browser change something here: forms prove that they come from our pages."""

import pytest
from django.test import Client
from pytest_django import Settings

from home.models import ContactMessage
from members.models import User
from tests.attacks.addresses import Address, every_address
from tests.attacks.surface import forget_counts
from tests.conftest import ROLES
from tests.reading import main_text

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# Who takes a form without its token, and why that harms nobody.
WITHOUT_TOKEN = {
    "home:contact_send": "public pages set no cookie; what another site sends is refused by its headers",
    "members:finder": "changes nothing on behalf of anybody",
    "members:directory_review": "the signed address in a letter is the right to answer",
    "library:review": "the signed address in a letter is the right to answer",
    "news:stop_letters": "mail programs send it by themselves (RFC 8058); the signed address is the right",
    "news:stop_conversation": "the signed address in a letter is the right to stop it",
}
# Django REST framework checks the token by itself once it knows who is there; nobody comes so far without signing in.
BY_REST_FRAMEWORK = ("wagtailadmin_api:", "wagtail_localize:")
REPLACING = {"cms_login", "home_chosen_record", "home_submit_translation", "home_update_translations"}  # Wagtail's
UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def strict(people: dict[str, User], db: None) -> dict[str, Client]:
    """Browsers as the site meets them: the test client leaves the check of the token out."""
    found = {role: Client(enforce_csrf_checks=True) for role in ROLES}
    for role, person in people.items():
        found[role].force_login(person)
    return found


def test_an_address_is_known_for_every_pattern() -> None:
    every = every_address()
    assert len(every) > 600
    assert {one.name for one in every if one.is_replaced} == REPLACING


def may_do_without(one: Address) -> bool:
    return getattr(one.view, "csrf_exempt", False)


def test_only_these_do_without_a_token() -> None:
    names = {one.name for one in every_address() if may_do_without(one)}
    assert {name for name in names if not name.startswith(BY_REST_FRAMEWORK)} == set(WITHOUT_TOKEN)


@pytest.mark.parametrize("role", ROLES)
def test_every_form_without_its_token_is_refused(strict: dict[str, Client], role: str, settings: Settings) -> None:
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"  # answers at once; ours draws a page
    wrong = {}
    for one in every_address():
        if may_do_without(one):
            continue
        response = strict[role].post(one.path)
        if response.status_code != 403 or b"CSRF" not in response.content:
            wrong[one.path] = response.status_code
    assert wrong == {}


def test_who_stayed_long_in_a_form_is_told_what_to_do(strict: dict[str, Client]) -> None:
    response = strict["member"].post("/fr/espace/profil/")
    assert response.status_code == 403
    assert "Ce formulaire n'a pas été envoyé" in main_text(response)


@pytest.mark.parametrize("role", ROLES)
def test_the_apis_of_the_cms_ask_for_it_too(strict: dict[str, Client], role: str) -> None:
    apis = [one for one in every_address() if may_do_without(one) and one.name.startswith(BY_REST_FRAMEWORK)]
    answers = {
        (one.path, method): getattr(strict[role], method)(one.path).status_code for one in apis for method in UNSAFE
    }
    assert len(apis) > 10
    led_to_sign_in = {"visitor": {302}, "member": {302, 403}}
    assert set(answers.values()) == led_to_sign_in.get(role, {403}), answers


ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"})


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_no_other_site_writes_to_us_by_a_visitor(strict: dict[str, Client], headers: dict[str, str]) -> None:
    forget_counts()
    fields = {"name": "A", "email": "a@example.org", "subject": "S", "message": "Bonjour"}
    response = strict["visitor"].post("/fr/contact/envoyer/", fields, headers=headers)
    assert response.status_code == 403
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("name", sorted(set(WITHOUT_TOKEN) - {"home:contact_send", "members:finder"}))
def test_an_answer_needs_its_signed_address(strict: dict[str, Client], name: str) -> None:
    one = next(one for one in every_address() if one.name == name)
    assert strict["member"].post(one.path).status_code in (404, 410)
