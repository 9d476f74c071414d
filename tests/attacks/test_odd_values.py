"""Whatever stands in a query or comes with a form, the site answers: never with an error, always as itself.

An error in the site reaches the test as it is. What is drawn is the same in every run.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any, ClassVar
from unittest import mock
from urllib.parse import quote, urlsplit
from uuid import uuid4
from zlib import crc32

import pytest
from django.core import mail
from django.http import HttpResponse, QueryDict
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, seed, settings
from hypothesis import strategies as st

from home.models import StandardPage
from library.models import Tool
from library.trust import reviews
from library.trust.question import STILL_RIGHT as ABOUT_A_TOOL
from members.directory import reviews as directory_reviews
from members.directory.question import STILL_RIGHT as ABOUT_A_PERSON
from members.models import Invitation, User
from news.letters.stops import stop_url
from news.letters.subjects import of_thread
from news.models import WorkingGroup
from tests.access_table import rule
from tests.attacks.addresses import every_address
from tests.attacks.answered import check_letters, leads_away
from tests.attacks.back_office import addresses_in
from tests.attacks.cms_addresses import cms_addresses
from tests.attacks.odd import EVIL_HEADER, NUMBERS, TAG, URLENCODED, WORST, bodies, queries, values
from tests.attacks.surface import EXAMPLES, IS_LONG, Form, explore, forms_of, text_of, undone, urlencoded
from tests.conftest import ROLES
from tests.crawling import view_name

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LANGUAGE = {"visitor": "fr", "member": "fr", "administrator": "nl"}
OF_A_PARAMETER_OF_THE_CMS = 2
OF_A_LONG_FORM = 4  # examples, of a form in the CMS; Wagtail draws it slowly
WHO = ROLES if IS_LONG else tuple(LANGUAGE)
OF_OTHERS = ("wagtail", "_admin", "account_logout")  # Wagtail's forms; signing out leaves nobody to ask


class Listening(QueryDict):
    """A query that notes which parameters a view asks for."""

    heard: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> Any:
        self.heard.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.heard.add(key)
        return super().getlist(key, default)


def asked_by(client: Client, url: str) -> list[str]:
    """The parameters that an address reads."""
    Listening.heard.clear()
    with mock.patch("django.core.handlers.wsgi.QueryDict", Listening):
        response = undone(client, lambda: client.get(url))
    return sorted(Listening.heard) if response.status_code != 405 else []


def drawing(key: str, examples: int) -> Callable[[Any], Any]:
    """Draw so many examples, for each key others, for each run the same."""
    chosen = settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        phases=[Phase.explicit, Phase.generate],  # looking for a smaller failing one takes long
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
    )
    return lambda test: chosen(seed(crc32(key.encode()))(test))


def with_examples(values: Iterable[Any]) -> Callable[[Any], Any]:
    """Try these too, before what is drawn."""
    return lambda test: reduce(lambda known, value: example(value)(known), values, test)


def worst_of(form: Form, worst: str) -> list[tuple[str, str]]:
    """A form that holds this wherever one types."""
    return [(name, worst if name in form.typed else value) for name, value in form.fields]


def check(response: HttpResponse) -> None:
    """It is an answer of the site, and nothing of what was sent became more than text."""
    assert response.status_code < 500
    assert not leads_away(response), response.headers["Location"]
    assert EVIL_HEADER not in response.headers
    assert not [name for name, value in response.headers.items() if set("\r\n\0") & set(name + value)]
    assert TAG not in text_of(response)


@pytest.fixture
def met(as_role: dict[str, Client], explored: dict[str, dict[str, str]]) -> Callable[[str], dict[str, str]]:
    """The pages that a role reaches in one language, which the roles share out; each language has the same views."""

    def reached(role: str) -> dict[str, str]:
        if role not in explored:
            explored[role] = explore(as_role[role], languages=[LANGUAGE.get(role, "fr")])
        return explored[role]

    return reached


def is_tried_as(role: str, url: str) -> bool:
    """A visitor and a member try everything that they reach, others what a member does not."""
    name = view_name(url)
    return role in ("visitor", "member") or IS_LONG or "member" not in (rule(name) or ())


def one_of_each_view(pages: dict[str, str], language: str) -> Iterator[str]:
    """An address of every kind that these pages are or lead to, whatever it answers."""
    seen = set()
    for url in [*pages, *(url for text in pages.values() for url in addresses_in(text, f"/{language}/", "/private/"))]:
        kind = url if view_name(url) == "wagtail_serve" else view_name(url)
        if kind and kind not in seen:
            seen.add(kind)
            yield urlsplit(url).path


@pytest.mark.parametrize("role", WHO)
def test_odd_queries_are_answered(as_role: dict[str, Client], met: Callable[[str], dict[str, str]], role: str) -> None:
    client, tried = as_role[role], {}
    for url in one_of_each_view(met(role), LANGUAGE.get(role, "fr")):
        if is_tried_as(role, url) and (names := asked_by(client, url)):
            tried[url] = names
            ask(client, url, names)
    print(f"\n{role}: {len(tried)} addresses with {sum(map(len, tried.values()))} parameters")
    assert len(tried) > 10


def ask(client: Client, url: str, names: list[str], of_each: int = 1) -> None:
    @drawing(url, EXAMPLES * of_each * len(names) // 2)
    @with_examples([[(name, worst) for name in names] for worst in WORST])
    @given(queries(names))
    def answers(query: list[tuple[str, str]]) -> None:
        check(undone(client, lambda: client.get(f"{url}?{urlencoded(query).decode()}")))

    answers()


@pytest.mark.parametrize("role", WHO)
def test_odd_forms_are_answered(as_role: dict[str, Client], met: Callable[[str], dict[str, str]], role: str) -> None:
    client = as_role[role]
    forms = [one for one in forms_of(met(role)) if is_tried_as(role, one.action) and is_ours(one)]
    for form in forms:
        fill_in(client, form)
    print(f"\n{role}: {len(forms)} forms")
    assert len(forms) > 2


def is_ours(form: Form) -> bool:
    return form.method == "post" and not any(part in view_name(form.action) for part in OF_OTHERS)


def fill_in(client: Client, form: Form, at_most: int = 10) -> None:
    number = min(at_most, 2 + len({name for name, _value in form.fields}))

    @drawing(repr(form.key), EXAMPLES * number // 2)
    @with_examples([(urlencoded(worst_of(form, worst)), URLENCODED) for worst in WORST])
    @given(bodies(form))
    def answers(body: tuple[bytes, str]) -> None:
        check(undone(client, lambda: sent(client, form.action, *body)))

    answers()


def sent(client: Client, action: str, body: bytes, kind: str) -> HttpResponse:
    """Send it, and the letters that come of it; work that fails outside the request would only be logged."""
    mail.outbox.clear()
    with TestCase().assertNoLogs("django_tasks", "ERROR"), TestCase.captureOnCommitCallbacks(execute=True):
        response = client.post(action, body, content_type=kind)
    assert response.status_code != 422 or "<form" in text_of(response), "what was refused cannot be put right"
    check_letters()
    return response


@pytest.mark.parametrize("value", ["²", "9" * 5_000, "\0"])
def test_so_are_numbers_that_are_none(as_role: dict[str, Client], value: str) -> None:
    """Each in every place of the CMS where our own code takes it for a record."""
    group, page = WorkingGroup.objects.earliest("pk"), StandardPage.objects.latest("pk")
    translate = reverse("home_submit_translation", args=[page.pk])
    asked = urlencoded([("id", value), ("group", value), ("select_locale", value)]).decode()
    for role, url in [("administrator", translate), *(("coordinator", url) for url in cms_addresses())]:
        check(undone(as_role[role], lambda role=role, url=url: as_role[role].get(f"{url}?{asked}")))
    fields = [(f"{name}{end}", value) for name in ("coordinators", "members") for end in ("", "-known", "-more")]
    edit, client = reverse("wagtailsnippets_news_workinggroup:edit", args=[group.pk]), as_role["administrator"]
    check(undone(client, lambda: sent(client, edit, urlencoded(fields), URLENCODED)))


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")  # Wagtail's choosers
def test_so_are_those_of_the_cms(as_role: dict[str, Client]) -> None:
    """What a coordinator reaches: Wagtail's own fields for an editor take what is sent for a number or for JSON."""
    client, pages, tried = as_role["coordinator"], {}, {}
    for url in cms_addresses():
        response = undone(client, lambda url=url: client.get(url))
        if response.status_code != 403 and (names := asked_by(client, url)):
            pages[url], tried[url] = text_of(response), names
            ask(client, url, names, OF_A_PARAMETER_OF_THE_CMS)
    forms = [one for one in forms_of(pages) if one.method == "post" and one.action == one.page]
    for form in forms:
        fill_in(client, form, OF_A_LONG_FORM)
    print(f"\n{len(tried)} addresses of the CMS, {len(forms)} forms")
    assert len(forms) > 2


def test_so_are_those_of_links_in_letters(people: dict[str, User], db: None) -> None:
    """Whoever has the link needs no account: invitations, reviews, fewer letters."""
    person, tool, invitation = people["member"], Tool.objects.latest("pk"), Invitation.objects.latest("pk")
    tool.review_on = timezone.localdate()
    entry = directory_reviews.Review(person, timezone.localdate())
    urls = {
        reverse("members:accept_invitation", args=[invitation.token]),
        *(reverse("library:review", args=[reviews.sign(tool, person), answer]) for answer in ABOUT_A_TOOL.choices),
        *(
            reverse("members:directory_review", args=[directory_reviews.sign(entry), answer])
            for answer in ABOUT_A_PERSON.choices
        ),
        *(urlsplit(stop_url(person, subject)).path for subject in ("gets_digest", of_thread(uuid4()))),
    }
    forms = forms_of({url: text_of(Client().get(url)) for url in urls})
    for form in forms:
        fill_in(Client(), form)
    assert len(forms) == 3


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_so_are_odd_addresses(as_role: dict[str, Client], role: str) -> None:
    """What stands in place of the numbers and words of an address."""
    paths = sorted(one.path for one in every_address(number="70007", word="odd~word") if is_own(one.name))

    @drawing(role, EXAMPLES * 20)
    @given(st.sampled_from(paths), st.sampled_from(NUMBERS), values)
    def answers(path: str, number: str, word: str) -> None:
        url = path.replace("70007", quote(number)).replace(
            "odd~word", quote(word.encode("utf-8", "surrogatepass"), safe="")
        )
        check(undone(as_role[role], lambda: as_role[role].get(url)))

    answers()


def is_own(name: str) -> bool:
    return name.startswith(("home:", "members:", "news:", "library:"))
