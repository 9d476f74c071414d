"""Editors teach the finder from searches that found nothing, and it knows at once."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import ModelLogEntry

from members.finder.search import search
from members.finder.store import current_memory
from members.models import Commune, Need, UnansweredQuery, UnrelatedPhrase, User
from tests.factories.forms import errors_of, form_data
from tests.forgetting import forget

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

WORDS = "zwobbelige knarfeltuut"
LIST = "wagtailsnippets_members_unansweredquery:list"


@pytest.fixture(scope="module", autouse=True)
def _meanings(content: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Work out the meaning of every phrase once, not once a test."""
    with django_db_blocker.unblock():
        current_memory()


@pytest.fixture
def editor(as_role: dict[str, Client]) -> Client:
    return as_role["editor"]


@pytest.fixture
def query(content: None) -> UnansweredQuery:
    return UnansweredQuery.objects.create(words=WORDS, language="fr", times=4)


@pytest.fixture
def need(content: None) -> Need:
    return Need.objects.filter(live=True, is_urgent=False).first()


def url(record: Any, view: str = "edit") -> str:
    return reverse(record.snippet_viewset.get_url_name(view), args=[record.pk])


def teach(editor: Client, query: UnansweredQuery, **choices: Any) -> Any:
    return editor.post(url(query), form_data(editor, url(query)) | choices)


def finds(text: str) -> list[int]:
    return [match.need for match in search(text).matches]


def save_draft(editor: Client, need: Need, **changes: str) -> None:
    assert editor.post(url(need), form_data(editor, url(need)) | changes).status_code == 302


def publish(editor: Client, need: Need) -> None:
    response = editor.post(url(need), form_data(editor, url(need)) | {"action-publish": "1"})
    assert response.status_code == 302, errors_of(response)
    need.refresh_from_db()


def test_the_list_shows_the_most_frequent_first(editor: Client, query: UnansweredQuery) -> None:
    today = timezone.localdate()
    UnansweredQuery.objects.create(words="souvent … demandé", language="nl", times=9)
    UnansweredQuery.objects.create(words="trop vieux", language="fr", times=99, last_asked_on=today - timedelta(90))

    page = BeautifulSoup(editor.get(reverse(LIST)).content, "html.parser")

    rows = page.select("main tbody tr")
    assert [row.select_one("td.title a").text.strip() for row in rows] == ["souvent … demandé", WORDS]
    assert [row.select("td")[1].text.strip() for row in rows] == ["9", "4"]
    assert not page.select('a[href$="/unansweredquery/add/"]')


def test_a_button_teaches_the_finder(editor: Client, query: UnansweredQuery) -> None:
    page = BeautifulSoup(editor.get(url(query)).content, "html.parser")
    assert len(page.select("#w-editor-form footer button[type=submit]")) == 1
    assert page.select_one("[name=text]")["value"] == WORDS
    assert page.select_one("[name=lesson][checked]")["value"] == "synonyms_fr"
    assert url(query, "delete") in str(page)


def test_an_old_search_opens_for_nobody(editor: Client) -> None:
    old = UnansweredQuery.objects.create(
        words="trop vieux", language="fr", last_asked_on=timezone.localdate() - timedelta(days=90)
    )
    for view in ("edit", "delete", "history", "usage"):
        response = editor.get(url(old, view), follow=True)
        assert "trop vieux" not in response.content.decode()
    forget()
    assert not UnansweredQuery.objects.exists()


@pytest.mark.parametrize("role", ["visitor", "member", "coordinator", "delegate"])
def test_only_editors_read_searches(as_role: dict[str, Client], query: UnansweredQuery, role: str) -> None:
    for address in (reverse(LIST), url(query), url(query, "delete"), url(query, "history")):
        for response in (as_role[role].get(address), as_role[role].post(address)):
            assert response.status_code in (302, 403)
            assert WORDS not in response.content.decode()
    assert UnansweredQuery.objects.filter(pk=query.pk).exists()


def test_nobody_adds_a_search(as_role: dict[str, Client]) -> None:
    address = reverse("wagtailsnippets_members_unansweredquery:add")
    for role in ("editor", "administrator"):
        as_role[role].post(address, {"text": "x", "lesson": "not_for_us"})
    assert not UnansweredQuery.objects.exists()
    assert not UnrelatedPhrase.objects.filter(text="x").exists()


@pytest.mark.parametrize("lesson", ["synonyms_fr", "synonyms_nl", "synonyms_other"])
def test_the_finder_answers_at_once(editor: Client, query: UnansweredQuery, need: Need, lesson: str) -> None:
    assert need.pk not in finds(WORDS)[:1]

    response = teach(editor, query, lesson=lesson, need=need.pk)

    assert (response.status_code, response["Location"]) == (302, reverse(LIST))
    assert finds(WORDS)[0] == need.pk
    need.refresh_from_db()
    assert getattr(need, lesson)[-1] == WORDS
    assert (need.live, need.has_unpublished_changes) == (True, False)
    assert not UnansweredQuery.objects.exists()
    assert WORDS not in "".join(ModelLogEntry.objects.values_list("label", flat=True))


def test_the_words_can_be_changed_beforehand(editor: Client, query: UnansweredQuery, need: Need) -> None:
    teach(editor, query, lesson="synonyms_nl", need=need.pk, text="  een   knarfeltuut ")
    need.refresh_from_db()
    assert need.synonyms_nl[-1] == "een knarfeltuut"
    assert "een knarfeltuut" in editor.get(url(need)).content.decode()


def test_words_that_are_there_are_not_added_twice(editor: Client, query: UnansweredQuery, need: Need) -> None:
    before = need.synonyms_fr
    teach(editor, query, lesson="synonyms_fr", need=need.pk, text=before[0].upper())
    need.refresh_from_db()
    assert need.synonyms_fr == before
    assert not UnansweredQuery.objects.exists()


def test_a_draft_stays_a_draft_and_gets_the_words(
    editor: Client, client: Client, query: UnansweredQuery, need: Need
) -> None:
    save_draft(editor, need, description_fr="Une phrase à relire.")
    answers = list(need.answers.values_list("pk", flat=True))

    teach(editor, query, lesson="synonyms_fr", need=need.pk)

    assert finds(WORDS)[0] == need.pk
    need.refresh_from_db()
    assert WORDS in need.synonyms_fr
    assert need.has_unpublished_changes
    assert need.description_fr != "Une phrase à relire."
    shown = form_data(editor, url(need))
    assert shown["description_fr"] == "Une phrase à relire."
    assert WORDS in shown["synonyms_fr"].splitlines()
    publish(editor, need)
    assert need.description_fr == "Une phrase à relire."
    assert WORDS in need.synonyms_fr
    assert list(need.answers.values_list("pk", flat=True)) == answers
    assert finds(WORDS)[0] == need.pk


@pytest.mark.parametrize("is_latest", [True, False])
def test_a_planned_version_gets_the_words_too(
    editor: Client, query: UnansweredQuery, need: Need, *, is_latest: bool
) -> None:
    need.description_fr = "Une phrase prévue."
    planned = need.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))
    if not is_latest:
        need.description_fr = "Une autre idée."
        need.save_revision()
    need.refresh_from_db()

    teach(editor, query, lesson="synonyms_other", need=need.pk)

    planned.refresh_from_db()
    assert planned.approved_go_live_at
    planned.publish()
    need.refresh_from_db()
    assert need.description_fr == "Une phrase prévue."
    assert WORDS in need.synonyms_other
    assert WORDS in need.get_latest_revision().as_object().synonyms_other
    assert need.has_unpublished_changes is not is_latest


def test_what_is_not_for_us_finds_nothing(editor: Client, query: UnansweredQuery) -> None:
    response = teach(editor, query, lesson="not_for_us")
    assert response.status_code == 302
    assert UnrelatedPhrase.objects.filter(text=WORDS).exists()
    assert finds(WORDS) == []
    assert not UnansweredQuery.objects.exists()


def test_words_of_a_need_are_no_longer_not_for_us(editor: Client, query: UnansweredQuery, need: Need) -> None:
    UnrelatedPhrase.objects.create(text=WORDS)
    teach(editor, query, lesson="synonyms_fr", need=need.pk)
    assert not UnrelatedPhrase.objects.filter(text=WORDS).exists()
    assert finds(WORDS)[0] == need.pk


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"need": ""}, "need"),
        ({"text": " "}, "text"),
        ({"text": "x" * 121}, "text"),
        ({"text": "… knarfeltuut"}, "text"),
        ({"lesson": "slug_fr"}, "lesson"),
    ],
)
def test_what_is_missing_is_said_next_to_its_field(
    editor: Client, query: UnansweredQuery, need: Need, choices: dict[str, str], field: str
) -> None:
    response = teach(editor, query, **({"need": need.pk} | choices))
    assert response.status_code == 200
    assert list(errors_of(response)) == [field]
    assert UnansweredQuery.objects.exists()


def test_words_are_not_given_to_a_need_that_is_not_public(editor: Client, query: UnansweredQuery, need: Need) -> None:
    Need.objects.filter(pk=need.pk).update(live=False)
    assert list(errors_of(teach(editor, query, need=need.pk))) == ["need"]


def test_a_search_is_set_aside_without_a_trace(editor: Client, query: UnansweredQuery) -> None:
    response = editor.post(url(query, "delete"))
    assert response["Location"] == reverse(LIST)
    assert not UnansweredQuery.objects.exists()
    assert WORDS not in "".join(ModelLogEntry.objects.values_list("label", flat=True))


def test_phrases_that_are_not_for_us_are_a_list(editor: Client) -> None:
    add = reverse("wagtailsnippets_members_unrelatedphrase:add")
    assert editor.post(add, form_data(editor, add) | {"text": WORDS}).status_code == 302
    assert WORDS in editor.get(reverse("wagtailsnippets_members_unrelatedphrase:list") + "?q=zwobb").content.decode()
    assert finds(WORDS) == []


def test_a_need_has_search_words_in_other_languages(editor: Client, need: Need) -> None:
    save_draft(editor, need, synonyms_other=f"{WORDS}\r\n\r\nكلمة", **{"action-publish": "1"})
    need.refresh_from_db()
    assert need.synonyms_other == [WORDS, "كلمة"]
    assert finds(WORDS)[0] == need.pk


@pytest.mark.parametrize("field", ["synonyms_fr", "synonyms_nl", "synonyms_other"])
def test_a_search_word_that_is_too_long_is_named(editor: Client, need: Need, field: str) -> None:
    response = editor.post(url(need), form_data(editor, url(need)) | {field: "court\r\n" + "très long " * 13})
    errors = errors_of(response)
    assert list(errors) == [field]
    assert "129" in errors[field]
    assert "120" in errors[field]
    assert "très long très long" in errors[field]


def test_a_commune_has_other_names(editor: Client) -> None:
    commune = Commune.objects.first()
    response = editor.post(url(commune), form_data(editor, url(commune)) | {"other_names": "Zwobbelwijk\r\nKnarfel"})
    assert response.status_code == 302, errors_of(response)
    assert search("Zwobbelwijk").communes == {commune.pk}
    long = editor.post(url(commune), form_data(editor, url(commune)) | {"other_names": "n" * 61})
    assert list(errors_of(long)) == ["other_names"]


def test_the_lessons_are_in_the_log_of_the_need(editor: Client, query: UnansweredQuery, need: Need) -> None:
    teach(editor, query, lesson="synonyms_fr", need=need.pk)
    who = User.objects.get(email="editeur@demo.otonom.test")
    assert ModelLogEntry.objects.filter(object_id=str(need.pk), action="wagtail.publish", user=who).exists()
