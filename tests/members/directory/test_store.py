"""The directory in memory: whatever it shows is read again when it changes, and nothing else has it read again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Func, IntegerField, Value
from django.utils import timezone

from members.directory import store
from members.directory.store import Person, current_memory
from members.models import Association, JobFunction, User
from tests.factories.people import EmployerFactory, UserFactory

pytestmark = pytest.mark.django_db

# What somebody's columns become; the others of ``Person`` lead to other records.
VALUES = {
    "spoken_languages": ["pl", "ar"],
    "phone": "02 999 88 77",
    "first_name": "Changée",
    "last_name": "Autrement",
    "ask_me_about": "tout autre chose",
    "best_hours": "le samedi",
}
CHANGES: dict[str, Callable[[User], Any]] = {
    "suspended": lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
    "hidden": lambda person: User.objects.filter(pk=person.pk).update(is_in_directory=False),
    "somebody new": lambda person: UserFactory(),
    "erased": lambda person: User.objects.filter(pk=person.pk).delete(),
    "other association": lambda person: _set(person, association=EmployerFactory()),
    "other job": lambda person: _set(person, job_function=None),
    "stand-in": lambda person: _set(person, stand_in=UserFactory(association=person.association)),
    "association renamed": lambda person: _of(Association, person).update(short_name_nl="Anders"),
    "association's official name": lambda person: _of(Association, person).update(name_fr="Autre"),
    "association's address": lambda person: _of(Association, person).update(slug="ailleurs"),
    "association's place": lambda person: _of(Association, person).update(order=30_000),
    "association unpublished": lambda person: _of(Association, person).update(live=False),
    "job renamed": lambda person: _of(JobFunction, person).update(name_nl="Anders"),
    "job's other names": lambda person: _of(JobFunction, person).update(other_names=["autrement"]),
    "job's address": lambda person: _of(JobFunction, person).update(slug="autre"),
} | {column: lambda person, column=column: _set(person, **{column: VALUES[column]}) for column in VALUES}
OTHERS: dict[str, Callable[[User], Any]] = {
    "signed in": lambda person: _set(person, last_login=timezone.now()),
    "another password": lambda person: _set(person, password="!"),
    "another language of letters": lambda person: _set(person, language="nl"),
    "association's description": lambda person: _of(Association, person).update(description_fr="Autre"),
    "somebody hidden": lambda person: UserFactory(is_in_directory=False, association=person.association),
    "unpublished association": lambda person: EmployerFactory(live=False),
}


def _set(person: User, **values: Any) -> None:
    User.objects.filter(pk=person.pk).update(**values)


def _of(model: Any, person: User) -> Any:
    return model.objects.filter(people=person)


def test_every_column_of_a_person_is_tried() -> None:
    references = {"pk", "association_id", "job_function_id", "stand_in_id"}

    assert VALUES.keys() | references == set(Person._fields)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(accountant: User, change: str) -> None:
    EmployerFactory()
    before = current_memory()

    CHANGES[change](accountant)

    after = current_memory()
    assert after.version != before.version
    assert (after.people, after.values, after.phones, after.words, after.options) != (
        before.people,
        before.values,
        before.phones,
        before.words,
        before.options,
    )


@pytest.mark.parametrize("change", OTHERS)
def test_what_the_directory_does_not_show_leaves_it_in_memory(
    accountant: User, change: str, django_assert_num_queries: Any
) -> None:
    before = current_memory()

    OTHERS[change](accountant)

    with django_assert_num_queries(1):
        assert current_memory() is before


def test_two_people_who_swap_their_numbers_are_a_change(accountant: User) -> None:
    other = UserFactory(phone="02 111 22 33")
    before = current_memory()

    _set(accountant, phone=other.phone)
    _set(other, phone=accountant.phone)

    assert current_memory().phones != before.phones


def test_what_changes_while_it_is_read_is_seen(accountant: User, monkeypatch: pytest.MonkeyPatch) -> None:
    read, own_words = store._read, store._own_words

    def begin() -> store.Memory:
        _set(accountant, phone="02 777 66 55")  # after the version was asked, before the rows are read
        return read()

    def middle(people: Any) -> Any:
        _set(accountant, best_hours="le soir")  # after the rows are read
        return own_words(people)

    with monkeypatch.context() as patched:
        patched.setattr(store, "_read", begin)
        patched.setattr(store, "_own_words", middle)
        during = current_memory()

    assert "02 777 66 55" in during.phones
    assert not any("le soir" in text for text in during.words)
    assert any("le soir" in text for text in current_memory().words)


def test_marks_are_long_enough(accountant: User) -> None:
    number = 300_000  # of 32 bits, some ten would be the same
    values = Func(Value(1), Value(number), function="generate_series", output_field=IntegerField())

    marks = User.objects.annotate(value=values).values_list(store._mark(["pk", "value"]), flat=True)

    assert len(set(marks)) == number


def test_what_was_never_saved_is_forgotten(accountant: User) -> None:
    before = current_memory()

    with transaction.atomic():
        _set(accountant, first_name="Jamais")
        assert any("jamais" in text for text in current_memory().words)
        transaction.set_rollback(True)

    assert current_memory().words == before.words


def test_an_empty_directory_is_known_too() -> None:
    User.objects.all().delete()

    assert current_memory().people == []
    assert current_memory() is current_memory()
