"""Public pages are remembered whole by two real processes, and forgotten exactly when something they show changes."""

import random
import re
import threading
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from home.models import StandardPage
from members.models import Association, Need
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory, folder_of
from tests.factories.library import ToolFactory, with_file
from tests.factories.people import UserFactory
from tests.home.page_cache_site import (
    AT_ONCE,
    PROMISED,
    Answer,
    Launcher,
    Site,
    heard_of,
    listeners,
    started,
    unnoticed,
    until,
)
from tests.home.page_cache_world import Step, World, add_draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.ignore_template_errors]


@pytest.fixture
def world(settings: Any) -> World:
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    return World()


@pytest.fixture(scope="module")
def launcher(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launcher]:
    loaded = Launcher(tmp_path_factory.mktemp("site"))
    yield loaded
    loaded.end()


@pytest.fixture
def site(world: World, launcher: Launcher) -> Iterator[Site]:
    with started(launcher) as running:
        yield running


def old_answers(site: Site, step: Step) -> list[tuple[float, str]]:
    """When each request began that was answered as before, and for what."""
    found = []
    for url in (*step.shown, *step.gone):
        for port in site.ports:
            began, answer = time.monotonic(), site.get(port, url)
            text = answer.text + answer.headers.get("location", "")
            if step.shown.get(url, "") not in text or (url in step.gone and step.gone[url] in text):
                found.append((began, url))
    return found


def seconds_until_shown(site: Site, step: Step) -> float:
    """How long after the change somebody still asked in vain; how long the making of pages takes plays no part."""
    changed = last = time.monotonic()
    while (old := old_answers(site, step)) and last - changed < AT_ONCE:
        last = old[-1][0]
    return last - changed


def remember(site: Site, *urls: str) -> None:
    """Let every process remember these pages."""
    for url in urls:
        for answer in site.everywhere(url):
            assert answer.status < 500, url


def test_whatever_changes_is_shown_within_a_second_by_every_process(world: World, site: Site) -> None:
    taken = {}
    for step in world.steps():
        remember(site, *step.shown, *step.gone)
        step.do()
        taken[step.name] = seconds_until_shown(site, step)
    assert len(taken) > 20
    assert {name: seconds for name, seconds in taken.items() if seconds > PROMISED} == {}


def test_what_nobody_sees_forgets_nothing(world: World) -> None:
    page, group = world.pages[StandardPage, "fr"], WorkingGroupFactory()
    folder_of(group, "fr")

    def draft() -> None:
        page.introduction = "Un brouillon."
        page.save_revision()

    actions: dict[str, Callable[[], Any]] = {
        "a draft is saved": draft,
        "a draft is begun": lambda: add_draft(world.homes["fr"]),
        "a record's draft is saved": world.association.save_revision,
        "the CMS is read": lambda: world.editor.get(f"/admin/pages/{page.pk}/edit/"),
        "a group's article is published": lambda: GroupNewsPageFactory(group=group).save_revision().publish(),
        "a tool is shared": lambda: with_file(ToolFactory(association=world.association, type=world.tool.type)),
        "somebody signs in": lambda: Client().force_login(UserFactory(association=world.association)),
        "the finder learns": lambda: Need.objects.update(synonyms_fr=["seule"]),
        "nothing changes": world.association.save,
    }
    assert {name: heard for name, action in actions.items() if (heard := heard_of(action))} == {}
    assert heard_of(lambda: Association.objects.update(name_fr="Autre")) > 0


def test_people_who_signed_in_get_nothing_from_it_and_put_nothing_into_it(world: World, site: Site) -> None:
    cookie = world.editor.cookies["sessionid"].value
    port, url = site.ports[0], "/fr/alliance/"

    def as_member(**headers: str) -> Answer:
        return site.get(port, url, Cookie=f"theme=dark; sessionid={cookie}", **headers)

    page = world.pages[StandardPage, "fr"]
    as_member()
    with unnoticed():
        StandardPage.objects.filter(pk=page.pk).update(introduction="Un.")
    visitor = site.get(port, url)
    with unnoticed():
        StandardPage.objects.filter(pk=page.pk).update(introduction="Deux.")
    member = as_member(If_None_Match=visitor.headers["etag"])

    assert "Un." in visitor.text
    assert (member.status, "Deux." in member.text) == (200, True)
    assert "etag" not in member.headers
    assert "Un." in site.get(port, url).text
    assert "Deux." in site.get(port, url, Authorization="Basic eDp5").text
    assert "Deux." in site.get(port, f"{url}?page=1").text
    assert site.get(port, "/fr/espace/", Cookie=f"sessionid={cookie}").status == 200
    assert site.get(port, "/fr/espace/").status == 302


def test_what_follows_people_from_site_to_site_is_no_other_page(world: World, site: Site) -> None:
    port, url, page = site.ports[0], "/fr/alliance/", world.pages[StandardPage, "fr"]
    known = site.get(port, url)
    with unnoticed():
        StandardPage.objects.filter(pk=page.pk).update(introduction="Un.")
    shared = site.get(port, f"{url}?utm_source=lettre&utm_medium=e-mail&fbclid=IwAR0")

    assert (shared.status, shared.headers["etag"], shared.text) == (200, known.headers["etag"], known.text)
    assert "Un." in site.get(port, f"{url}?page=1&fbclid=IwAR0").text


def test_a_page_is_sent_whole_or_not_at_all(world: World, site: Site) -> None:
    port, url = site.ports[0], "/fr/alliance/"
    first, second = site.get(port, url), site.get(port, url)
    squeezed = site.get(port, url, Accept_Encoding="gzip, deflate, br")
    zipped = site.get(port, url, Accept_Encoding="gzip, br;q=0")
    head = site.get(port, url, "HEAD")
    known = site.get(port, url, If_None_Match=first.headers["etag"])

    assert (first.text, first.headers["etag"]) == (second.text, second.headers["etag"])
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert first.headers["vary"] == "Accept-Encoding"
    assert first.headers["x-accel-expires"] == "1"
    assert "content-security-policy" in second.headers
    assert "x-request-id" not in second.headers
    assert [answer.headers.get("content-encoding") for answer in (first, squeezed, zipped)] == [None, "br", "gzip"]
    assert len({answer.headers["etag"] for answer in (first, squeezed, zipped)}) == 3
    assert (head.status, head.text, head.headers["content-length"]) == (200, "", second.headers["content-length"])
    assert (known.status, known.text) == (304, "")
    assert known.headers["etag"] == first.headers["etag"]
    assert site.get(port, "/fr/rien/").status == 404
    assert "etag" not in site.get(port, "/fr/compte/login/").headers


def test_no_page_that_was_made_during_a_change_outlives_it(world: World, site: Site) -> None:
    page, url = world.pages[StandardPage, "fr"], "/fr/alliance/"
    written: list[float] = []  # when each number was there for all to read
    read: list[tuple[float, int]] = []
    ended = threading.Event()

    def ask(port: int) -> None:
        while not ended.is_set():
            began = time.monotonic()
            found = re.search(r"Compte (\d+)\.", site.get(port, url).text)
            read.append((began, int(found[1]) if found else -1))

    readers = [threading.Thread(target=ask, args=(port,)) for port in site.ports * 3]
    for reader in readers:
        reader.start()
    for number in range(150):
        StandardPage.objects.filter(pk=page.pk).update(introduction=f"Compte {number}.")
        written.append(time.monotonic())
        time.sleep(random.random() * 0.02)  # noqa: S311  # no secret
    time.sleep(AT_ONCE)
    ended.set()
    for reader in readers:
        reader.join()

    late = [began for began, number in read if number < bisect(written, began - PROMISED) - 1]
    assert len(read) > 500
    assert late == []
    assert {int("Compte 149." in answer.text) for answer in site.everywhere(url)} == {1}


def cut(*pids: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [list(pids)])


def test_what_happens_while_nobody_listens_is_not_missed(world: World, site: Site) -> None:
    page = world.pages[StandardPage, "fr"]
    remember(site, "/fr/alliance/", "/nl/")
    heard = listeners()
    cut(*heard)
    with unnoticed():  # as if it were told to nobody
        StandardPage.objects.filter(pk=page.pk).update(introduction="Entretemps.")

    assert until(lambda: all("Entretemps." in answer.text for answer in site.everywhere("/fr/alliance/")))
    assert until(lambda: len(listeners()) == len(heard) and not set(listeners()) & set(heard), 5)
    for words in ("Après.", "Encore."):
        remember(site, "/fr/alliance/", "/nl/")
        StandardPage.objects.filter(pk=page.pk).update(introduction=words)
        assert until(lambda words=words: all(words in answer.text for answer in site.everywhere("/fr/alliance/")))


def test_pages_are_shown_while_the_database_is_away(world: World, site: Site) -> None:
    page, name = world.pages[StandardPage, "fr"], connection.settings_dict["NAME"]
    remember(site, "/fr/alliance/", "/nl/")
    world.pages[StandardPage, "nl"].unpublish()
    assert until(lambda: [answer.status for answer in site.everywhere("/nl/alliantie/")] == [404, 404])
    with connection._nodb_cursor() as cursor:
        connection.close()
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            away = [answer for url in ("/fr/alliance/", "/nl/") for answer in site.everywhere(url)]
            taken_away = site.everywhere("/nl/alliantie/")
            member = site.get(site.ports[0], "/fr/alliance/", Cookie="sessionid=anything")
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    assert [answer.status for answer in away] == [200] * 4
    assert "Alliance" in away[0].text
    assert [answer.status for answer in (*taken_away, member)] == [503] * 3
    assert until(lambda: len(listeners()) == 2, 5)
    StandardPage.objects.filter(pk=page.pk).update(introduction="De retour.")
    assert until(lambda: all("De retour." in answer.text for answer in site.everywhere("/fr/alliance/")))
