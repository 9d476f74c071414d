"""The menus of the directory: what they offer, how many people each choice leaves, and a choice that there is not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.models import JobFunction, User
from tests.factories.groups import WorkingGroupFactory
from tests.factories.people import EmployerFactory, JobFunctionFactory, UserFactory
from tests.reading import errors, options, soup

pytestmark = pytest.mark.django_db


def directory(language: str = "fr") -> str:
    with override(language):
        return reverse("members:counterparts")


def shown(client: Client, **query: Any) -> list[str]:
    """Whom the list shows."""
    return [name.get_text() for name in soup(client.get(directory(), query)).select(".counterpart__name")]


def test_filters_say_how_many_people_they_leave(signed_in: Client, reader: User, accountant: User) -> None:
    colleague = UserFactory(job_function=accountant.job_function, spoken_languages=["nl"])
    group = WorkingGroupFactory(name_fr="Les comptes")
    group.members.set([colleague])
    group.save()

    page = signed_in.get(directory(), {"function": "compta"})

    assert "Comptabilité (2)" in options(page, "function")
    assert [one for one in options(page, "language") if "(" in one] == ["néerlandais (2)", "arabe (1)"]
    assert "Les comptes (1)" in options(page, "group")
    assert shown(signed_in, function="compta", language="ar") == [str(accountant)]
    assert shown(signed_in, group=group.slug_fr) == [str(colleague)]
    assert shown(signed_in, association=accountant.association.slug) == [str(accountant)]


def test_an_unknown_choice_is_told_and_the_others_hold(signed_in: Client, accountant: User) -> None:
    response = signed_in.get(directory(), {"function": "compta", "language": "klingon"})

    assert response.status_code == 422
    assert list(errors(response)) == ["language"]
    assert [name.get_text() for name in soup(response).select(".counterpart__name")] == [str(accountant)]


def test_an_unknown_choice_is_told_where_nobody_is_found(signed_in: Client) -> None:
    response = signed_in.get(directory(), {"q": "xylophone", "function": "inconnue"})
    filters = soup(response).select_one(".search__more")

    assert list(errors(response)) == ["function"]
    assert filters.has_attr("open")
    assert [menu["name"] for menu in filters.select("select")] == ["function"]
    assert not soup(signed_in.get(directory(), {"q": "xylophone"})).select(".search__more")


def test_menus_are_by_name_and_associations_in_the_order_of_the_alliance(signed_in: Client, reader: User) -> None:
    for place, name in enumerate(("Zoé", "alpha", "Beta")):
        employer = EmployerFactory(short_name_fr=f"Notre {name}", short_name_nl="", order=100 + place)
        UserFactory(association=employer, job_function=JobFunctionFactory(name_fr=f"Notre {name}"))
        group = WorkingGroupFactory(name_fr=f"Notre {name}")
        group.members.set([reader])
        group.save()

    def menu(name: str, language: str = "fr") -> list[str]:
        offered = [one.rpartition(" (")[0] for one in options(signed_in.get(directory(language)), name)]
        return [one for one in offered if one.startswith("Notre ")]

    assert menu("association") == menu("association", "nl") == ["Notre Zoé", "Notre alpha", "Notre Beta"]
    assert menu("function") == menu("group") == ["Notre alpha", "Notre Beta", "Notre Zoé"]


def test_somebody_is_found_by_each_of_two_groups(signed_in: Client, accountant: User) -> None:
    for name in ("Chantier", "Atelier"):
        group = WorkingGroupFactory(name_fr=name)
        group.members.set([accountant])
        group.save()

    assert {"Atelier (1)", "Chantier (1)"} <= set(options(signed_in.get(directory()), "group"))
    for words in ("chantier", "atelier"):
        assert shown(signed_in, q=words) == [str(accountant)]


def test_a_choice_does_not_narrow_its_own_menu(signed_in: Client, accountant: User, function: JobFunction) -> None:
    UserFactory(job_function=function)

    offered = options(signed_in.get(directory(), {"function": "compta"}), "function")

    assert {"Comptabilité (1)", "Ressources humaines (1)"} <= set(offered)


def test_somebody_counts_once_for_a_language(signed_in: Client, reader: User, accountant: User) -> None:
    User.objects.filter(pk=accountant.pk).update(spoken_languages=["ar"] * 50)
    fields = {"first_name": "A", "last_name": "B", "spoken_languages": ["pl"] * 50, "is_in_directory": "on"}

    signed_in.post(reverse("members:profile"), fields)

    reader.refresh_from_db()
    assert reader.spoken_languages == ["pl"]
    assert {"arabe (1)", "polonais (1)"} <= set(options(signed_in.get(directory()), "language"))
