"""Pictures that editors upload: what browsers are offered of them, and who draws it when."""

import gc
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import wagtail.images
from bs4 import Tag
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from PIL import ExifTags
from PIL import Image as Drawing
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.images.models import Filter, Image, Rendition

from home.models import HomePage
from home.pictures import LIGHT
from members.editors import sync_editors
from tests.factories.home import StandardPageFactory
from tests.factories.people import UserFactory
from tests.factories.pictures import picture_file, send_picture
from tests.reading import soup

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PHOTO = Path(wagtail.images.__file__).parent / "tests/image_files/landscape_6.jpg"  # turned by the camera
ADDRESS = "/fr/photos/"
Upload = Callable[..., Image]


@pytest.fixture
def editor(homes: dict[str, HomePage]) -> Client:
    sync_editors()
    client = Client()
    client.force_login(UserFactory(is_editor=True))
    return client


@pytest.fixture
def upload(editor: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Upload:
    """Choose a file in the CMS, for a new picture or in place of the one that is there; a worker draws it at once."""

    def send(name: str, content: bytes, picture: Image | None = None) -> Image:
        with django_capture_on_commit_callbacks(execute=True):
            send_picture(editor, name, content, picture)
        return Image.objects.get(title=name)

    return send


def photo(size: tuple[int, int] = (2000, 1000)) -> bytes:
    """A picture that says where it was taken."""
    said = Drawing.Exif()
    said[ExifTags.Base.ImageDescription] = "rue secrète"
    return picture_file(size, exif=said, comment="rue secrète".encode()).getvalue()


def not_drawn(title: str, size: tuple[int, int]) -> Image:
    """A picture that waits for a worker."""
    return Image.objects.create(title=title, file=ImageFile(BytesIO(photo(size)), name=f"{title}.jpg"))


def show(home: HomePage, *pictures: Image) -> None:
    body = [("picture", {"image": one, "alternative": "Une rue", "caption": "Ici"}) for one in pictures]
    StandardPageFactory(parent=home, slug="photos", body=body)


def offered(tag: Tag) -> list[tuple[str, str]]:
    """The widths and formats of a source."""
    return [(one.split()[0].rsplit(".", 1)[1], one.split()[1]) for one in tag["srcset"].split(", ")]


def test_a_picture_is_offered_in_widths_and_formats_that_nobody_waits_for(
    homes: dict[str, HomePage], client: Client, upload: Upload
) -> None:
    show(homes["fr"], upload("rue.jpg", photo()), upload("place.jpg", photo()))
    drawn = Rendition.objects.count()
    first, second = soup(client.get(ADDRESS)).select("figure picture")

    avif, webp = first.select("source")
    assert (avif["type"], webp["type"]) == ("image/avif", "image/webp")
    assert offered(avif) == [("avif", "1600w"), ("avif", "960w"), ("avif", "480w")]
    assert offered(webp) == [("webp", "1600w"), ("webp", "960w"), ("webp", "480w")]
    assert offered(first.img) == [("jpg", "1600w"), ("jpg", "960w"), ("jpg", "480w")]
    assert {tag["sizes"] for tag in (avif, webp, first.img)} == {"(min-width: 48rem) 40rem, 60vw"}
    assert (first.img["width"], first.img["height"], first.img["alt"]) == ("1600", "800", "Une rue")
    assert (first.img.get("fetchpriority"), first.img.get("loading")) == ("high", None)
    assert (second.img.get("fetchpriority"), second.img.get("loading")) == (None, "lazy")
    assert Rendition.objects.count() == drawn


@pytest.mark.parametrize("spec", ["original", "max-165x165"])
def test_what_the_camera_wrote_is_not_in_what_the_cms_draws_for_itself(upload: Upload, spec: str) -> None:
    """Its lists and its forms show that, and everybody may look at it."""
    picture = upload("rue.jpg", photo())
    with picture.open_file() as source, picture.generate_rendition_file(Filter(spec), source=source) as drawn:
        drawn.seek(0)
        content = drawn.read()
    assert Drawing.open(BytesIO(content)).format == "JPEG"
    assert "rue secrète".encode() not in content


def test_what_the_camera_wrote_is_on_no_page(upload: Upload) -> None:
    upload("rue.jpg", photo())

    files = [default_storage.open(name).read() for name in Rendition.objects.values_list("file", flat=True)]
    assert len(files) >= 9
    assert [ExifTags.Base.ImageDescription in Drawing.open(BytesIO(one)).getexif() for one in files] == [False] * len(
        files
    )
    assert not any("rue secrète".encode() in one for one in files)


def test_a_real_photo_stands_upright_and_is_light_in_avif(
    homes: dict[str, HomePage], client: Client, upload: Upload
) -> None:
    show(homes["fr"], upload("paysage.jpg", PHOTO.read_bytes()))
    picture = soup(client.get(ADDRESS)).select_one("figure picture")

    weights = {
        name: default_storage.size(Rendition.objects.get(filter_spec=f"width-480|format-{name}").file.name)
        for name in ("avif", "webp", "jpeg")
    }
    assert int(picture.img["width"]) > int(picture.img["height"])
    assert weights["avif"] < weights["webp"] < weights["jpeg"]
    assert weights["avif"] < 25_000


@pytest.mark.parametrize(("strength", "quality"), [(5, None), (18, "35"), (35, "25"), (80, "15")])
def test_the_narrowest_is_as_coarse_as_it_must_be_to_be_light(
    upload: Upload, strength: int, quality: str | None
) -> None:
    """Grains of two points, the harder the heavier."""
    colours = [Drawing.effect_noise((240, 160), strength).resize((480, 320)) for _colour in range(3)]
    content = BytesIO()
    Drawing.merge("RGB", colours).save(content, "PNG")
    picture = upload("gravier.png", content.getvalue())

    drawn = {one.filter_spec: one.file for one in picture.renditions.all()}
    narrowest = drawn.pop("width-480|format-avif")
    coarse = re.search(r"avifquality-(\d+)", narrowest.name)
    assert (coarse[1] if coarse else None) == quality
    assert narrowest.size <= LIGHT
    assert not any("quality" in other.name for other in drawn.values())


def test_a_picture_that_no_worker_drew_yet_is_shown_in_one_width(
    homes: dict[str, HomePage], client: Client, editor: Client
) -> None:
    show(homes["fr"], not_drawn("rue", (2000, 1000)))
    shown = soup(client.get(ADDRESS)).select_one("figure picture")

    assert shown.select("source") == []
    assert shown.img["src"].endswith(".webp")
    assert (shown.img["width"], shown.img.get("srcset"), shown.img.get("sizes")) == ("960", None, None)
    call_command("pictures_draw")
    assert len(soup(client.get(ADDRESS)).select("figure picture source")) == 2


def test_another_file_takes_the_place_of_the_first(homes: dict[str, HomePage], client: Client, upload: Upload) -> None:
    picture = upload("avant.jpg", photo())
    show(homes["fr"], picture)
    assert "avant" in soup(client.get(ADDRESS)).select_one("figure picture").decode()
    upload("apres.jpg", photo((1000, 500)), picture)
    shown = soup(client.get(ADDRESS)).select_one("figure picture")

    assert "avant" not in shown.decode()
    assert offered(shown.source) == [("avif", "1000w"), ("avif", "960w"), ("avif", "480w")]


def test_ten_pictures_cost_no_more_queries_than_one(
    homes: dict[str, HomePage], client: Client, upload: Upload, count_queries: Callable[[Any], int]
) -> None:
    pictures = [upload(f"{number}.jpg", photo((500, 250))) for number in range(10)]
    show(homes["fr"], pictures[0])
    StandardPageFactory(
        parent=homes["fr"],
        slug="beaucoup",
        body=[("picture", {"image": one, "alternative": "", "caption": ""}) for one in pictures],
    )
    for url in (ADDRESS, "/fr/beaucoup/"):
        client.get(url)

    one = count_queries(lambda: client.get(ADDRESS))
    assert count_queries(lambda: client.get("/fr/beaucoup/")) == one
    assert len(soup(client.get("/fr/beaucoup/")).select("figure picture source")) == 20


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # Wagtail's, where drawing fails
def test_a_file_that_was_cut_off_is_left_out(homes: dict[str, HomePage], client: Client, editor: Client) -> None:
    cut = not_drawn("coupée", (600, 300))
    with default_storage.open(cut.file.name) as whole:
        content = whole.read()
    default_storage.delete(cut.file.name)
    default_storage.save(cut.file.name, ContentFile(content[: len(content) // 2]))

    show(homes["fr"], cut, not_drawn("rue", (600, 300)))
    answer = client.get(ADDRESS)
    gc.collect()
    assert answer.status_code == 200
    assert len(soup(answer).select("figure picture")) == 1


def test_a_lost_file_stops_no_other(homes: dict[str, HomePage], client: Client, editor: Client) -> None:
    lost, other = (not_drawn(name, (600, 300)) for name in ("perdue", "rue"))
    default_storage.delete(lost.file.name)

    show(homes["fr"], lost, other)
    figures = soup(client.get(ADDRESS)).select("figure picture")

    said = StringIO()
    call_command("pictures_draw", stderr=said)
    assert "Not to be read: 1." in said.getvalue()
    assert len(figures) == 1
    assert (lost.renditions.count(), other.renditions.count()) == (0, 6)
