"""Nonsense in every form and every query, as every role: refused or taken, never an error of the site."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from library.models import StoredFile
from members.models import Association
from tests.attacks.nasty import TEXTS, strings
from tests.attacks.surface import Form, forget_counts, parameters, plain_addresses, send, text_of
from tests.conftest import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def filled(form: Form) -> st.SearchStrategy[list[tuple[str, str]]]:
    """The fields of a form: some as they were, some with nonsense, some missing, some twice."""
    one = [
        st.one_of(st.just([(name, value)]), strings.map(lambda text, name=name: [(name, text)]), st.just([]))
        for name, value in form.fields
    ]
    twice = st.lists(st.tuples(st.sampled_from([name for name, _ in form.fields] or ["q"]), strings), max_size=2)
    return st.tuples(*one, twice).map(lambda parts: [field for part in parts for field in part])


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks(as_role: dict[str, Client], forms: Callable[[str], list[Form]], role: str) -> None:
    found, client, broken = forms(role), as_role[role], []
    assert len(found) > 5
    for form in found:

        @given(filled(form))
        def attack(fields: list[tuple[str, str]], form: Form = form) -> None:
            assert send(client, form, fields).status_code < 500

        try:
            attack()
        except Exception as error:  # all of them are told at once
            broken.append(f"{form.method} {form.action}: {error!r:.300} {getattr(error, '__notes__', '')!s:.300}")
    assert broken == []


def test_every_text_goes_into_every_field_of_a_form(
    as_role: dict[str, Client], forms: Callable[[str], list[Form]]
) -> None:
    """The other fields hold what is right, so that the nonsense comes as far as it can."""
    broken = []
    for form in forms("editor"):
        for number, (name, _value) in enumerate(form.fields):
            text = TEXTS[(number * 7 + len(form.action)) % len(TEXTS)]
            fields = [(other, text if other == name else value) for other, value in form.fields]
            broken += tried(form, name, text, lambda form=form, fields=fields: send(as_role["editor"], form, fields))
    assert broken == []


def tried(form: Form, name: str, text: str, attack: Callable[[], object]) -> list[str]:
    try:
        attack()
    except Exception as error:  # all of them are told at once
        return [f"{form.method} {form.action} {name}={text[:40]!r}: {error!r:.300}"]
    return []


@pytest.mark.parametrize("role", ["visitor", "member", "administrator"])
def test_no_query_breaks(as_role: dict[str, Client], pages: Callable[[str], dict[str, str]], role: str) -> None:
    names, broken = parameters(), []
    assert len(names) > 30
    addresses = sorted({*pages(role), *plain_addresses()} if role == "administrator" else pages(role))
    for number, url in enumerate(addresses):
        for half in (0, 1):
            texts = [TEXTS[(number + 5 * place + half) % len(TEXTS)][:3000] for place in range(len(names))]
            pairs = zip(names, texts, strict=True)
            query = "&".join(f"{name}={quote(text.encode('utf-8', 'surrogatepass'))}" for name, text in pairs)
            broken += got(as_role[role], f"{url.split('?')[0]}?{query}")
    assert broken == []


def got(client: Client, url: str) -> list[str]:
    """What is wrong with the answer at an address; it changes nothing."""
    forget_counts()
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            response = client.get(url)
            text_of(response)
            transaction.set_rollback(True)
    except Exception as error:  # all of them are told at once
        return [f"{url[:120]}: {error!r:.300}"]
    finally:
        client.cookies = cookies
    return [f"{url[:120]}: {response.status_code}"] if response.status_code >= 500 else []


ODD_PARTS = (
    "0",
    "99999999999999999999",
    "-1",
    "%00",
    "%0d%0aSet-Cookie:%20a=b",
    "%ed%a0%80",
    "..%2f..%2fetc",
    "a" * 3000,
)


def test_no_address_breaks(as_role: dict[str, Client], pages: Callable[[str], dict[str, str]]) -> None:
    """Each part of each address is replaced by something odd."""
    broken = []
    for url in sorted(pages("administrator")):
        parts = url.split("?")[0].strip("/").split("/")
        for place in range(1, len(parts)):
            odd = ODD_PARTS[(place + len(url)) % len(ODD_PARTS)]
            for text in {odd, ODD_PARTS[1]}:
                broken += got(as_role["administrator"], f"/{'/'.join([*parts[:place], text, *parts[place + 1 :]])}/")
    assert broken == []


def test_numbers_and_keys_that_nobody_has(as_role: dict[str, Client]) -> None:
    odd = [2**31, 2**63, 10**30, "00000000-0000-0000-0000-000000000000", "%", "é" * 100]
    broken = [line for url in set(plain_addresses(*odd)) for line in got(as_role["administrator"], url)]
    assert broken == []
    assert Association.objects.exists()
    assert StoredFile.objects.exists()
