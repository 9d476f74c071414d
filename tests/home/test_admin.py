"""The CMS for editors: its menu, its forms, what is closed, and that what is saved shows at once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Workflow
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

from home.models import ContactMessage
from members.models import Association, AuditEntry, Commune, Helpline, Need, Service, UnansweredQuery, User
from members.models.outgoing_mail import OutgoingMail
from news.models import NewsIndexPage, NewsPage
from tests.conftest import DEMO_NAMES
from tests.factories.forms import errors_of, form_data

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def person(role: str) -> User:
    return User.objects.get(email=f"{DEMO_NAMES[role]}@demo.otonom.test")


def edit_url(record: Any) -> str:
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.fixture
def editor(as_role: dict[str, Client]) -> Client:
    return as_role["editor"]


@pytest.mark.parametrize(("language", "word"), [("fr", "Rapports"), ("nl", "Rapporten")])
def test_each_person_chooses_the_language_of_the_cms(editor: Client, language: str, word: str) -> None:
    profile = UserProfile.get_for_user(person("editor"))
    profile.preferred_language = language
    profile.save()

    shown = text(editor, reverse("wagtailadmin_home"))

    assert f'<html lang="{language}"' in shown
    assert word in shown


def menu(client: Client) -> str:
    page = BeautifulSoup(text(client, reverse("wagtailadmin_home")), "html.parser")
    return page.select_one("#wagtail-sidebar-props").text


def test_the_menu_shows_what_one_uses(as_role: dict[str, Client]) -> None:
    editors, delegates, coordinators = (menu(as_role[role]) for role in ("editor", "delegate", "coordinator"))

    for name in ("association", "need", "helpline", "workinggroup", "meeting", "tool", "commune", "contactmessage"):
        assert f"/{name}/" in editors
    assert "/admin/documents/" not in editors + delegates + coordinators
    assert "/admin/users/" not in editors
    assert "/admin/users/" in menu(as_role["administrator"])
    assert "/tool/" in delegates
    assert "/association/" not in delegates + coordinators
    assert "/meeting/" in coordinators
    assert "/admin/reports/" not in delegates + coordinators
    for items in (editors, delegates, coordinators):
        assert reverse("editor_guide") in items


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_documents_and_privacy_rows_are_closed_to_everybody(as_role: dict[str, Client], role: str) -> None:
    page = Page.objects.get(depth=2, locale__language_code="fr")
    closed = [
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailadmin_api:documents:listing"),
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
    ]

    assert [as_role[role].get(url).status_code for url in closed] == [403] * len(closed)


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_every_list_and_form_opens_in_both_languages(as_role: dict[str, Client], role: str) -> None:
    profile, client = UserProfile.get_for_user(person(role)), as_role[role]
    for_administrators = (AuditEntry, OutgoingMail)
    read_only = (ContactMessage, UnansweredQuery, *for_administrators)
    for language in ("fr", "nl"):
        profile.preferred_language = language
        profile.save()
        for model in get_snippet_models():
            names = model.snippet_viewset
            if model in for_administrators and role == "editor":
                continue  # nobody but administrators opens it
            cells = BeautifulSoup(text(client, reverse(names.get_url_name("list"))), "html.parser").select("th, td")
            assert not {"True", "False", "Updated"} & {cell.get_text(strip=True) for cell in cells}, model
            record = model.objects.first() if model is not AuditEntry else None
            for view in ("edit", "history", "usage", "delete") if record else ():
                text(client, reverse(names.get_url_name(view), args=[record.pk]))
            if model not in read_only:
                text(client, reverse(names.get_url_name("add")))


def test_a_verified_number_shows_at_once_in_both_languages(editor: Client, client: Client) -> None:
    association = Association.objects.filter(contact_points__kind="phone", live=True).first()
    data = form_data(editor, edit_url(association))
    number = next(name for name in data if name.endswith("-kind") and data[name] == "phone").removesuffix("-kind")
    data |= {f"{number}-value": "02 555 55 55", f"{number}-verified_on": "2025-01-31", "action-publish": "1"}

    response = editor.post(edit_url(association), data)

    assert response.status_code == 302, errors_of(response)
    for language in ("fr", "nl"):
        assert "02 555 55 55" in text(client, association.get_absolute_url(language))


def test_both_languages_stand_in_one_form_and_are_named(editor: Client) -> None:
    page = BeautifulSoup(text(editor, edit_url(Need.objects.first())), "html.parser")

    for language, name in (("fr", "Français"), ("nl", "Nederlands")):
        field = page.select_one(f'[name="label_{language}"]')
        assert field["lang"] == language
        assert f"slug_{language}" in field["data-w-sync-target-value"]
        assert name in page.select_one(f'label[for="{field["id"]}"]').text


def test_a_draft_changes_nothing_until_it_is_published(editor: Client, client: Client) -> None:
    need = Need.objects.filter(live=True).first()
    data = form_data(editor, edit_url(need)) | {"description_fr": "Une phrase à relire."}

    editor.post(edit_url(need), data)
    assert "Une phrase à relire." not in text(client, need.get_absolute_url("fr"))
    editor.post(edit_url(need), data | {"action-publish": "1"})

    assert "Une phrase à relire." in text(client, need.get_absolute_url("fr"))
    assert "Robin" in text(editor, reverse("wagtailsnippets_members_need:history", args=[need.pk]))


@pytest.mark.parametrize("model", [Association, Need])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_preview_shows_what_was_typed_in_either_language(editor: Client, model: Any, language: str) -> None:
    record = model.objects.filter(live=True).first()
    field = "description_" + language
    data = form_data(editor, edit_url(record)) | {field: "Pas encore enregistré."}
    url = reverse(record.snippet_viewset.get_url_name("preview_on_edit"), args=[record.pk])

    assert editor.post(url, data).json()["is_valid"]
    shown = text(editor, f"{url}?mode={language}")

    assert f'<html lang="{language}"' in shown
    assert "Pas encore enregistré." in shown


def test_lists_are_boxes_and_lines(editor: Client) -> None:
    service = Service.objects.filter(live=True).first()
    data = form_data(editor, edit_url(service)) | {"spoken_languages": ["fr", "ar"], "start_modes": ["call"]}
    assert editor.post(edit_url(service), data | {"action-publish": "1"}).status_code == 302
    need = Need.objects.first()
    words = form_data(editor, edit_url(need)) | {"synonyms_fr": "chute\r\n\r\ntomber\r\nchute", "action-publish": "1"}
    assert editor.post(edit_url(need), words).status_code == 302
    commune = Commune.objects.first()
    refused = editor.post(edit_url(commune), form_data(editor, edit_url(commune)) | {"postcodes": "1000\r\n10"})

    service.refresh_from_db()
    need.refresh_from_db()
    assert (service.spoken_languages, service.start_modes) == (["fr", "ar"], ["call"])
    assert need.synonyms_fr == ["chute", "tomber"]
    assert "postcodes" in errors_of(refused)


def test_records_are_added_with_their_parts(editor: Client, client: Client) -> None:
    url = reverse("wagtailsnippets_members_need:add")
    association = Association.objects.filter(live=True).first()
    data = form_data(editor, url) | {
        "label_fr": "Je cherche un lit",
        "label_nl": "Ik zoek een bed",
        "slug_fr": "lit",
        "slug_nl": "bed",
        "group": Need.objects.first().group_id,
        "description_fr": "Un lit pour ce soir.",
        "description_nl": "Een bed voor vanavond.",
        "answers-TOTAL_FORMS": "1",
        "answers-0-association": association.pk,
        "answers-0-service": "",
        "answers-0-ORDER": "1",
        "helpline_links-TOTAL_FORMS": "1",
        "helpline_links-0-helpline": Helpline.objects.published().first().pk,
        "helpline_links-0-ORDER": "1",
        "action-publish": "1",
    }

    response = editor.post(url, data)

    assert response.status_code == 302, errors_of(response)
    shown = text(client, Need.objects.get(slug_nl="bed").get_absolute_url("nl"))
    assert "Een bed voor vanavond." in shown
    assert association.short_name_nl in shown or association.short_name_fr in shown


def test_a_message_is_read_and_marked_but_not_written(editor: Client, as_role: dict[str, Client]) -> None:
    message = ContactMessage.objects.create(
        name="Ana", email="ana@example.org", subject="Question", message="Bonjour", language="fr"
    )
    shown = BeautifulSoup(text(editor, edit_url(message)), "html.parser")
    assert "Bonjour" in shown.text
    assert not shown.select('[name="message"]')

    editor.post(edit_url(message), {"is_handled": "on", "message": "Changé"})

    message.refresh_from_db()
    assert (message.is_handled, message.message) == (True, "Bonjour")
    assert editor.get(reverse("wagtailsnippets_home_contactmessage:add")).status_code == 302
    assert as_role["delegate"].get(edit_url(message)).status_code == 403


def test_the_guide_is_in_the_language_of_its_reader(as_role: dict[str, Client]) -> None:
    for role, language, title in (("editor", "fr", "Changer un numéro"), ("delegate", "nl", "Een telefoonnummer")):
        profile = UserProfile.get_for_user(person(role))
        profile.preferred_language = language
        profile.save()
        assert title in text(as_role[role], reverse("editor_guide"))


def test_editors_write_pages_everywhere_and_publish(editor: Client, client: Client) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="nl")
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    data = form_data(editor, url) | {
        "title": "Nieuw bericht",
        "slug": "nieuw-bericht",
        "summary": "Kort.",
        "body-count": "0",
        "action-publish": "1",
    }

    response = editor.post(url, data)

    assert response.status_code == 302, errors_of(response)
    page = NewsPage.objects.get(slug="nieuw-bericht")
    assert "Nieuw bericht" in text(client, page.url)
    assert "Robin" in text(editor, reverse("wagtailadmin_pages:history", args=[page.pk]))


def test_a_page_can_be_scheduled(editor: Client) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="fr")
    url = reverse("wagtailadmin_pages:add", args=["news", "newspage", index.pk])
    data = form_data(editor, url) | {"title": "Demain", "slug": "demain", "summary": "Bref.", "action-publish": "1"}
    editor.post(url, data | {"go_live_at": "2099-01-01 09:00", "body-count": "0"})

    page = NewsPage.objects.get(slug="demain")
    assert not page.live
    assert page.scheduled_revision is not None


def test_one_person_writes_and_another_reviews(as_role: dict[str, Client]) -> None:
    workflow = Workflow.objects.get(active=True)
    assert workflow.name == "Relecture – Nalezing"
    page = NewsPage.objects.filter(live=True).first()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    as_role["administrator"].post(
        url,
        form_data(as_role["administrator"], url) | {"summary": "À relire.", "body-count": "0", "action-submit": "1"},
    )
    state = Page.objects.get(pk=page.pk).current_workflow_state
    assert state is not None

    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    as_role["editor"].post(approve, {"comment": ""})

    page.refresh_from_db()
    assert page.summary == "À relire."


def test_administrators_manage_people(as_role: dict[str, Client]) -> None:
    administrator, member = as_role["administrator"], person("member")
    url = reverse("wagtailusers_users:edit", args=[member.pk])
    coordinator = person("coordinator")
    groups = set(coordinator.groups.values_list("pk", flat=True))
    assert groups

    refused = administrator.post(url, form_data(administrator, url) | {"association": "", "is_delegate": "on"})
    accepted = administrator.post(
        url, form_data(administrator, url) | {"phone": "02 111 11 11", "spoken_languages": ["nl"]}
    )
    other = reverse("wagtailusers_users:edit", args=[coordinator.pk])
    administrator.post(other, form_data(administrator, other))

    assert "association" in errors_of(refused)
    assert accepted.status_code == 302, errors_of(accepted)
    member.refresh_from_db()
    assert (member.phone, member.spoken_languages) == ("02 111 11 11", ["nl"])
    assert set(coordinator.groups.values_list("pk", flat=True)) == groups
    assert text(administrator, reverse("wagtailusers_users:index"))
    for role in ("editor", "delegate", "coordinator"):
        assert as_role[role].get(url).status_code in (302, 403)
