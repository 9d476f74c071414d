"""Finding a counterpart: the list, its search and filters, a person's page, the list to print."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.directory.store import current_memory
from members.models import User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.library import ToolFactory, with_file
from tests.factories.people import EmployerFactory, JobFunctionFactory, UserFactory
from tests.reading import errors, main_text, soup

pytestmark = pytest.mark.django_db


def url(name: str = "counterparts", *args: Any, language: str = "fr") -> str:
    with override(language):
        return reverse(f"members:{name}", args=args)


def names(client: Client, **query: str) -> list[str]:
    """Whom the list shows."""
    return [name.get_text() for name in soup(client.get(url(), query)).select(".counterpart__name")]


def test_only_people_who_agreed_are_listed(signed_in: Client, reader: User, accountant: User) -> None:
    UserFactory(is_in_directory=False)
    UserFactory(is_active=False)

    assert names(signed_in) == [str(accountant), str(reader)]
    User.objects.filter(pk=reader.pk).update(is_in_directory=False)
    assert names(signed_in) == [str(accountant)]


def test_a_visitor_signs_in_first(client: Client, accountant: User) -> None:
    for name, args in (
        ("counterparts", []),
        ("counterpart", [accountant.pk]),
        ("vcard", [accountant.pk]),
        ("coverage", []),
        ("phone_list", [accountant.association.slug]),
        ("function_vcards", [accountant.job_function.slug]),
    ):
        assert client.get(url(name, *args)).status_code == 302


@pytest.mark.parametrize(
    "words",
    [
        "elodie",
        "Vandenbosche",  # a letter is missing
        "VANDENB",
        "comptable",
        "comptabilité",
        "boekhouder",
        "boekhoudng",
        "facturen",
        "IT",
        "arabe",
        "Arabisch",
        "cocof",
        "subsides",
        "mardi",
        "qui fait la compta chez Employeur",
        "02 123 45 67",
        "123.45",
        "+32 2 123 45 67",
        "Remplaçante",
        "Groupe secret",
        "geheime groep",
    ],
)
def test_somebody_is_found_by_every_part_of_the_entry(
    signed_in: Client, reader: User, accountant: User, words: str
) -> None:
    accountant.association.short_name_fr = "Employeur"
    accountant.association.save()
    accountant.stand_in = UserFactory(last_name="Remplaçante", association=accountant.association)
    accountant.save()
    group = WorkingGroupFactory(is_open=False, name_fr="Groupe secret", name_nl="Geheime groep")
    group.members.set([accountant, reader])
    group.save()

    assert str(accountant) in names(signed_in, q=words)


@pytest.mark.parametrize("words", ["plombier zingueur", "99 999 99 99", "12", "%_", "qui"])
def test_nobody_is_found_by_what_nobody_has(signed_in: Client, accountant: User, words: str) -> None:
    response = signed_in.get(url(), {"q": words})

    assert not soup(response).select(".counterpart")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("said", "asked", "is_found"),
    [
        ("subsides", "subsidies", True),
        ("sub", "subsides", False),
        ("zoom", "zo", False),
        ("ZO, réseau", "zo", True),
        ("facturation", "fact", True),
        ("كتب", "الكتب", True),
        ("كتبي", "الكتب", False),
        ("aide_à", "aide_a", True),
    ],
)
def test_beginnings_and_endings_count_as_the_word(
    signed_in: Client, accountant: User, said: str, asked: str, *, is_found: bool
) -> None:
    User.objects.filter(pk=accountant.pk).update(ask_me_about=said)

    assert (str(accountant) in names(signed_in, q=asked)) is is_found


def test_a_second_word_narrows_the_list(signed_in: Client, accountant: User) -> None:
    UserFactory(job_function=accountant.job_function)

    assert len(names(signed_in, q="compta")) == 2
    assert names(signed_in, q="compta cocof") == [str(accountant)]


@pytest.mark.parametrize("words", ["\0", "x" * 201])
def test_what_cannot_be_looked_for_is_said(signed_in: Client, words: str) -> None:
    response = signed_in.get(url(), {"q": words})

    assert response.status_code == 422
    assert "q" in errors(response)


def test_a_word_read_otherwise_and_one_left_aside_are_told(signed_in: Client, accountant: User) -> None:
    shown = main_text(signed_in.get(url(), {"q": "bokhouding xylophone"}))

    assert "bokhouding" in shown
    assert "boekhouding" in shown
    assert "xylophone" in shown


def test_no_word_of_what_the_reader_may_not_see_finds_anybody(signed_in: Client, accountant: User) -> None:
    closed = WorkingGroupFactory(is_open=False, name_fr="Cachottiers")
    closed.members.set([accountant])
    closed.save()
    accountant.stand_in = UserFactory(last_name="Discret", is_in_directory=False, association=accountant.association)
    accountant.association.live = False
    accountant.association.short_name_fr = "Fantome"
    accountant.association.save()
    accountant.save()

    for words in ("cachottiers", "discret", "fantome"):
        assert names(signed_in, q=words) == []
    shown = signed_in.get(url()).content.decode() + signed_in.get(url("counterpart", accountant.pk)).content.decode()
    for secret in ("Cachottiers", "Discret", "Fantome"):
        assert secret not in shown
    assert names(signed_in, group=closed.slug_fr) == names(signed_in)


def test_a_stand_in_who_moved_or_works_nowhere(signed_in: Client, accountant: User) -> None:
    accountant.stand_in = UserFactory(last_name="Parti", association=EmployerFactory())
    accountant.save()

    assert names(signed_in, q="parti") == [str(accountant.stand_in)]
    User.objects.filter(pk__in=(accountant.pk, accountant.stand_in_id)).update(association=None)
    assert len(names(signed_in, q="parti")) == 2  # as on the person's page


def test_who_leaves_after_the_directory_was_read_is_not_shown(
    signed_in: Client, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = current_memory()
    User.objects.filter(pk=accountant.pk).update(is_in_directory=False)
    monkeypatch.setattr("members.directory.search.current_memory", lambda: known)

    assert accountant.pk in known.people
    assert str(accountant) not in names(signed_in)
    assert names(signed_in, q="elodie") == []


def test_a_page_says_how_to_reach_somebody(signed_in: Client, accountant: User) -> None:
    accountant.stand_in = UserFactory(association=accountant.association, phone="02 765 43 21")
    accountant.save()
    shown = soup(signed_in.get(url("counterpart", accountant.pk)))
    User.objects.filter(pk=accountant.stand_in.pk).update(association=EmployerFactory())
    moved = soup(signed_in.get(url("counterpart", accountant.pk)))

    assert shown.select_one(".phone")["href"] == "tel:+3221234567"
    assert shown.select_one('a[href="tel:+3227654321"]')
    assert not moved.select_one('a[href="tel:+3227654321"]')
    for part in ("mardi matin", "Subsides de la Cocof", "arabe, ", accountant.email):
        assert part.rstrip(", ") in shown.main.get_text()


def test_a_page_shows_groups_and_shared_tools_that_the_reader_may_see(
    signed_in: Client, reader: User, accountant: User
) -> None:
    open_, closed = WorkingGroupFactory(name_fr="Ouvert"), WorkingGroupFactory(name_fr="Secret", is_open=False)
    for group in (open_, closed):
        group.coordinators.set([accountant])
        group.save()
    ToolFactory(title="Modèle partagé", contact=accountant, sharing="alliance")
    ToolFactory(title="Modèle gardé", contact=accountant, sharing="association")
    with_file(ToolFactory(title="Version ajoutée", sharing="alliance"), by=accountant)

    shown = main_text(signed_in.get(url("counterpart", accountant.pk)))

    for part in ("Ouvert", "Modèle partagé", "Version ajoutée"):
        assert part in shown
    assert "Secret" not in shown
    assert "Modèle gardé" not in shown


def test_who_is_not_listed_is_not_there(signed_in: Client, reader: User) -> None:
    hidden = UserFactory(is_in_directory=False, phone="0470 12 34 56")
    gone = UserFactory(is_active=False)
    for person in (hidden, gone):
        for name in ("counterpart", "vcard", "report_departure"):
            assert signed_in.get(url(name, person.pk)).status_code == 404
    User.objects.filter(pk=reader.pk).update(is_in_directory=False)
    assert signed_in.get(url("counterpart", reader.pk)).status_code == 200


def test_the_list_to_print_has_everybody_of_the_association(signed_in: Client, accountant: User) -> None:
    UserFactory(association=accountant.association, is_in_directory=False, phone="0470 12 34 56")
    UserFactory(association=accountant.association, phone="02 111 22 33")

    shown = soup(signed_in.get(url("phone_list", accountant.association.slug)))

    assert {link["href"] for link in shown.select("tbody .phone")} == {"tel:+3221234567", "tel:+3221112233"}
    hidden = EmployerFactory(live=False)
    assert signed_in.get(url("phone_list", hidden.slug)).status_code == 404


def test_the_dashboard_shows_ones_counterparts_with_their_number(
    signed_in: Client, reader: User, accountant: User
) -> None:
    UserFactory(job_function=accountant.job_function, association=reader.association, phone="02 000 00 00")
    User.objects.filter(pk=reader.pk).update(job_function=accountant.job_function)

    shown = soup(signed_in.get(url("dashboard")))

    assert [phone["href"] for phone in shown.select(".counterpart .phone")] == ["tel:+3221234567"]
    assert shown.select(f'main a[href="{url()}"]')


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_pages_speak_both_languages(signed_in: Client, accountant: User, language: str) -> None:
    shown = soup(signed_in.get(url("counterpart", accountant.pk, language=language)))

    assert shown.html["lang"] == language
    assert {"fr": "Comptabilité", "nl": "Boekhouding"}[language] in shown.main.get_text()


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("name", ["counterparts", "coverage", "counterpart", "phone_list", "directory_reports"])
def test_the_number_of_queries_does_not_grow(signed_in: Client, reader: User, count_queries: Any, name: str) -> None:
    association = EmployerFactory()
    User.objects.filter(pk=reader.pk).update(is_delegate=True)

    def fill(number: int) -> User:
        for _ in range(number):
            person = UserFactory(association=association, job_function=JobFunctionFactory(), phone="02 123 45 67")
            UserFactory(job_function=person.job_function, stand_in=person)
            group = WorkingGroupFactory()
            group.members.set([person])
            group.save()
            ToolFactory(contact=person, sharing="alliance")
        return person

    person = fill(3)
    args = {"counterpart": [person.pk], "phone_list": [association.slug]}.get(name, [])
    signed_in.get(url(name, *args))
    few = count_queries(lambda: signed_in.get(url(name, *args)))
    fill(8)

    reads = 3 if name == "counterparts" else 0  # people, associations and jobs, once after a change
    assert count_queries(lambda: signed_in.get(url(name, *args))) == few + reads <= 12
    assert count_queries(lambda: signed_in.get(url(name, *args))) == few
