"""Pictures in the articles of working groups: who sees them, who adds them, and where their files are."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.private_files.storage import private_storage
from members.models import User
from news.blocks import GroupPictureBlock
from news.models import GroupPicture, WorkingGroup
from tests.factories.forms import errors_of, form_data
from tests.factories.groups import GroupNewsPageFactory, WorkingGroupFactory
from tests.factories.people import UserFactory
from tests.factories.pictures import GroupPictureFactory, picture_file
from tests.forgetting import forget
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
CHOOSER = "wagtailsnippetchoosers_news_grouppicture"
LIST = "wagtailsnippets_news_grouppicture"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def closed(homes: Any) -> WorkingGroup:
    """A closed group with a coordinator and a member."""
    group = WorkingGroupFactory(is_open=False)
    group.coordinators.add(UserFactory())
    group.members.add(UserFactory())
    group.save()
    return group


@pytest.fixture
def coordinator(closed: WorkingGroup) -> Client:
    return browser(closed.coordinators.get())


def in_article(picture: GroupPicture, group: WorkingGroup | None = None, **said: Any) -> Any:
    value = {"picture": picture, "alternative": "", "is_decorative": False, "caption": "", **said}
    return GroupNewsPageFactory(group=group or picture.group, body=[("picture", value)])


def test_only_who_sees_the_group_gets_its_pictures(closed: WorkingGroup) -> None:
    picture = GroupPictureFactory(group=closed)
    people = [closed.members.get(), closed.coordinators.get(), UserFactory(is_editor=True), UserFactory()]

    for width in picture.widths:
        url = picture.address(width)
        assert [browser(person).get(url).status_code for person in people] == [200, 200, 200, 404]
        assert Client().get(url).status_code == 302


def test_a_picture_is_sent_as_one_and_into_no_cache(closed: WorkingGroup, settings: Any) -> None:
    picture = GroupPictureFactory(group=closed)
    client = browser(closed.members.get())

    response = client.get(picture.get_absolute_url())

    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    settings.LIBRARY_ACCEL_REDIRECT = "/internal/"
    assert client.get(picture.get_absolute_url())["X-Accel-Redirect"] == f"/internal/{picture.path(1000)}"


def test_there_are_no_other_widths_and_keys(closed: WorkingGroup) -> None:
    picture, client = GroupPictureFactory(group=closed), browser(closed.members.get())

    assert client.get(picture.address(481)).status_code == 404
    assert client.get(reverse("news:picture", args=[uuid4(), 480])).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_there(closed: WorkingGroup, caplog: Any) -> None:
    picture = GroupPictureFactory(group=closed)
    private_storage().delete(picture.path(480))

    assert browser(closed.members.get()).get(picture.address(480)).status_code == 404
    assert "is missing" in caplog.text


def test_an_article_shows_its_picture_in_the_width_that_a_screen_needs(closed: WorkingGroup) -> None:
    picture = GroupPictureFactory(group=closed, size=(2000, 1000))
    page = in_article(picture, alternative="Une table ronde", caption="En mars")

    figure = soup(browser(closed.members.get()).get(page.url)).select_one("main figure")

    assert (figure.img["alt"], figure.figcaption.text) == ("Une table ronde", "En mars")
    assert (figure.img["width"], figure.img["height"]) == ("1600", "800")
    assert [source.split()[-1] for source in figure.img["srcset"].split(", ")] == ["480w", "960w", "1600w"]


def test_a_picture_that_decorates_has_an_empty_description(closed: WorkingGroup) -> None:
    page = in_article(GroupPictureFactory(group=closed), is_decorative=True)

    assert soup(browser(closed.members.get()).get(page.url)).select_one("main figure img")["alt"] == ""


def test_a_picture_of_another_closed_group_shows_only_to_who_sees_that_group(closed: WorkingGroup) -> None:
    other = WorkingGroupFactory(is_open=False)
    page = in_article(GroupPictureFactory(group=other), closed, alternative="Caché")

    assert not soup(browser(closed.members.get()).get(page.url)).select("main figure")
    assert soup(browser(UserFactory(is_editor=True)).get(page.url)).select("main figure")


@pytest.mark.parametrize(
    ("alternative", "is_decorative", "is_taken"),
    [("", False, False), ("Une table", True, False), ("Une table", False, True), ("", True, True)],
)
def test_a_picture_says_what_it_shows_or_that_it_only_decorates(
    closed: WorkingGroup, coordinator: Client, alternative: str, is_decorative: bool, is_taken: bool
) -> None:
    picture = GroupPictureFactory(group=closed)
    url = reverse("wagtailadmin_pages:edit", args=[GroupNewsPageFactory(group=closed).pk])
    value = {"picture": picture.pk, "alternative": alternative, "caption": ""}
    value |= {"is_decorative": "on"} if is_decorative else {}
    blocks = {f"body-0-value-{name}": said for name, said in value.items()}
    counted = {"body-count": "1", "body-0-type": "picture", "body-0-order": "0", "body-0-deleted": "", "body-0-id": ""}

    response = coordinator.post(url, form_data(coordinator, url) | counted | blocks)

    assert (response.status_code == 302) == is_taken
    assert set(GroupPictureBlock().child_blocks) == {"picture", "alternative", "is_decorative", "caption"}


def upload(client: Client, group: WorkingGroup, content: bytes) -> Any:
    url = reverse(f"{CHOOSER}:create")
    return client.post(
        url, {"file": SimpleUploadedFile("x.jpg", content), "title": "Table ronde", "group": group.pk}
    ).json()


def test_a_coordinator_adds_a_picture_where_one_is_chosen(closed: WorkingGroup, coordinator: Client) -> None:
    answer = upload(coordinator, closed, picture_file().getvalue())

    picture = GroupPicture.objects.get()
    assert answer["result"]["id"] == str(picture.pk)
    assert (picture.group, picture.title, picture.width, picture.height) == (closed, "Table ronde", 1000, 500)
    assert all(private_storage().exists(picture.path(width)) for width in picture.widths)


def test_what_is_no_picture_is_said_next_to_the_field(closed: WorkingGroup, coordinator: Client) -> None:
    answer = upload(coordinator, closed, b"no picture")

    assert answer["step"] == "reshow_creation_form"
    assert "JPEG" in answer["htmlFragment"]
    assert 'value="Table ronde"' in answer["htmlFragment"]
    assert not GroupPicture.objects.exists()


def test_nobody_adds_a_picture_to_another_group(closed: WorkingGroup, coordinator: Client) -> None:
    assert upload(coordinator, WorkingGroupFactory(), picture_file().getvalue())["step"] == "reshow_creation_form"
    delegate = browser(UserFactory(is_delegate=True))

    delegate.post(reverse(f"{CHOOSER}:create"), {"file": picture_file(), "title": "X", "group": closed.pk})

    assert not GroupPicture.objects.exists()


def test_one_chooses_among_the_pictures_of_ones_own_groups(closed: WorkingGroup, coordinator: Client) -> None:
    second = WorkingGroupFactory()
    second.coordinators.add(closed.coordinators.get())
    second.save()
    mine, too = GroupPictureFactory(group=closed, title="La mienne"), GroupPictureFactory(group=second, title="Ici")
    theirs = GroupPictureFactory(title="Onzegbaar")

    everything = coordinator.get(reverse(f"{CHOOSER}:choose_results")).content.decode()
    narrowed = coordinator.get(reverse(f"{CHOOSER}:choose_results"), {"group": closed.pk}).content.decode()

    assert [one.title in everything for one in (mine, too, theirs)] == [True, True, False]
    assert [one.title in narrowed for one in (mine, too, theirs)] == [True, False, False]
    assert coordinator.get(reverse(f"{CHOOSER}:chosen", args=[mine.pk])).status_code == 200
    assert coordinator.get(reverse(f"{CHOOSER}:chosen", args=[theirs.pk]), follow=True).status_code == 404
    assert coordinator.get(reverse(f"{CHOOSER}:choose"), {"group": "x' OR 1"}).status_code == 200


def test_a_coordinator_keeps_the_pictures_of_the_own_groups(closed: WorkingGroup, coordinator: Client) -> None:
    mine, theirs = GroupPictureFactory(group=closed, title="La mienne"), GroupPictureFactory(title="Onzegbaar")

    listed = coordinator.get(reverse(f"{LIST}:list")).content.decode()
    url = reverse(f"{LIST}:edit", args=[mine.pk])
    saved = coordinator.post(url, form_data(coordinator, url) | {"title": "Autre titre"})

    assert "La mienne" in listed
    assert "Onzegbaar" not in listed
    assert saved.status_code == 302, errors_of(saved)
    assert GroupPicture.objects.get(pk=mine.pk).title == "Autre titre"
    for name in ("edit", "delete"):
        assert coordinator.post(reverse(f"{LIST}:{name}", args=[theirs.pk])).status_code in (302, 403)
    assert GroupPicture.objects.filter(pk=theirs.pk).exists()


def test_deleting_a_picture_deletes_its_files(
    closed: WorkingGroup, coordinator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    picture = GroupPictureFactory(group=closed)

    with django_capture_on_commit_callbacks(execute=True):
        response = coordinator.post(reverse(f"{LIST}:delete", args=[picture.pk]))

    assert response.status_code == 302
    assert not any(private_storage().exists(picture.path(width)) for width in picture.widths)


def test_an_article_outlives_its_picture(closed: WorkingGroup) -> None:
    picture = GroupPictureFactory(group=closed)
    page = in_article(picture, alternative="Une table")
    picture.delete()

    response = browser(closed.members.get()).get(page.url)

    assert response.status_code == 200
    assert not soup(response).select("main figure")


def test_files_without_a_picture_are_tidied_away(closed: WorkingGroup, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = GroupPictureFactory(group=closed)
    private_storage().save("pictures/lost-480.webp", ContentFile(b"x"))
    forget()
    assert private_storage().exists("pictures/lost-480.webp"), "it may be on its way"

    tomorrow = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    forget()

    assert not private_storage().exists("pictures/lost-480.webp")
    assert private_storage().exists(picture.path(480))


def test_no_public_file_is_made(closed: WorkingGroup, coordinator: Client) -> None:
    default_storage.save("there.txt", ContentFile(b"x"))
    before = default_storage.listdir("")

    upload(coordinator, closed, picture_file().getvalue())

    assert GroupPicture.objects.exists()
    assert default_storage.listdir("") == before
