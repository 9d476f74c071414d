"""Hostile text in every field that is shown, on every kind of page, for every role: it stays text."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import fromstring

import icalendar
import pytest
import vobject
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from library.models import Tool
from members.models import Association, JobFunction, User
from news.models import Meeting
from tests.attacks import planting
from tests.attacks.surface import explore, forget_counts, forms_of, parameters, plain_addresses, text_of
from tests.conftest import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster")
SCRIPT = re.compile(r"^[\s\x00-\x20]*(javascript|data:text/html|vbscript)", re.IGNORECASE)


def obeyed(html: str) -> Iterator[str]:
    """What a browser would obey of the hostile text in a page."""
    page = BeautifulSoup(html, "html.parser")
    yield from (str(tag)[:120] for tag in page.select("x-ss"))
    for tag in page.find_all(True):
        if any(name.startswith("onxss") for name in tag.attrs):
            yield str(tag)[:120]
        yield from (f"{name}={tag[name][:80]}" for name in ADDRESSES if SCRIPT.match(str(tag.get(name, ""))))
        if tag.name == "script" and not tag.get("src") and "x-ss" in tag.text:
            json.loads(tag.text)  # data, still in one piece


@pytest.fixture
def planted(people: dict[str, User], db: None) -> None:
    assert planting.plant() > 60


@pytest.mark.parametrize("role", ROLES)
def test_what_is_stored_stays_text(as_role: dict[str, Client], planted: None, role: str) -> None:
    found = explore(as_role[role])
    assert len(found) > 30
    assert any("&lt;x-ss" in text for text in found.values())
    assert {url: wrong for url, text in found.items() if (wrong := list(obeyed(text))[:3])} == {}


def test_what_is_stored_stays_text_in_the_cms(as_role: dict[str, Client], planted: None) -> None:
    wrong, seen = {}, 0
    for url in sorted({url for url in plain_addresses(*_some_keys()) if url.startswith("/admin/")}):
        text = text_of(as_role["administrator"].get(url))
        seen += "x-ss" in text
        if injected := list(obeyed(text))[:3]:
            wrong[url] = injected
    assert seen > 20
    assert wrong == {}


def _some_keys() -> list[int]:
    """Numbers of rows of several kinds, which open their forms in the CMS."""
    models = (Association, Tool, Meeting, User)
    return sorted({pk for model in models for pk in model.objects.values_list("pk", flat=True)[:1]})


@pytest.mark.parametrize("role", ["visitor", "member", "editor"])
def test_what_is_typed_stays_text(
    as_role: dict[str, Client], pages: Callable[[str], dict[str, str]], role: str
) -> None:
    """In queries and in forms that are shown again."""
    wrong, names = {}, parameters()
    for url in sorted(pages(role)):
        forget_counts()
        answers = [as_role[role].get(url.split("?")[0], dict.fromkeys(names, planting.LONG))]
        answers += [as_role[role].get(url.split("?")[0] + "<x-ss>/")]
        for response in answers:
            if injected := list(obeyed(text_of(response)))[:3]:
                wrong[url] = injected
    for form in forms_of(pages(role)):
        if form.method == "post" and "logout" not in form.action and "erase" not in form.action:
            forget_counts()
            response = Client.post(as_role[role], form.action, {name: planting.LONG for name, _ in form.fields})
            if injected := list(obeyed(text_of(response)))[:3]:
                wrong[form.action] = injected
    assert wrong == {}


def answer(client: Client, url: str) -> bytes:
    response: HttpResponse = client.get(url)
    assert response.status_code == 200, url
    assert "X-Evil" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    return b"".join(response.streaming_content) if response.streaming else response.content


def elements(xml: bytes) -> set[str]:
    return {tag.tag for tag in fromstring(xml).iter()}  # noqa: S314  # our own


def test_feeds_and_maps_stay_whole(as_role: dict[str, Client], planted: None) -> None:
    for url in ("/fr/actualites/flux.xml", "/nl/nieuws/feed.xml", "/sitemap.xml"):
        assert "x-ss" not in elements(answer(as_role["visitor"], url))


def test_calendars_hold_one_event(as_role: dict[str, Client], planted: None) -> None:
    meeting = Meeting.objects.filter(group__is_open=True).first()
    read = icalendar.Calendar.from_ical(answer(as_role["editor"], reverse("news:meeting_file", args=[meeting.pk])))
    assert len(read.walk("VEVENT")) == 1
    assert not any("X-EVIL" in component for component in read.walk())


def test_cards_of_people_hold_what_they_should(
    as_role: dict[str, Client], people: dict[str, User], planted: None
) -> None:
    person = people["editor"]
    for url in (
        reverse("members:vcard", args=[person.pk]),
        reverse("members:function_vcards", args=[JobFunction.objects.filter(people=person).get().slug]),
    ):
        for card in vobject.readComponents(answer(as_role["member"], url).decode()):
            assert "x-evil" not in card.contents


def test_no_cell_is_calculated(as_role: dict[str, Client], planted: None) -> None:
    Tool.objects.update(title="=1+1")
    Association.objects.update(short_name_fr="@SUM(1)", name_fr="+1")
    table = answer(as_role["editor"], reverse("library:usage_csv")).decode()
    assert "'=1+1" in table
    assert re.findall(r'"[=+@-][^"]*"', table) == []


def test_a_package_holds_no_markup_and_stays_in_its_folder(as_role: dict[str, Client], planted: None) -> None:
    own = Association.objects.filter(tools__isnull=False).first()
    package = zipfile.ZipFile(io.BytesIO(answer(as_role["editor"], reverse("library:export", args=[own.slug]))))
    names = package.namelist()
    assert [name for name in names if name.startswith("/") or ".." in name.split("/") or "\n" in name] == []
    for name in names:
        if name.endswith(".html") and "/" not in name:
            assert list(obeyed(package.read(name).decode())) == []
        if name.endswith(".xml") and "/" not in name:
            assert "x-ss" not in elements(package.read(name))


def test_rich_text_loses_what_is_hostile() -> None:
    html = planting.rich_text(planting.FEATURES)
    assert list(obeyed(html)) == []
    assert "link" in html
