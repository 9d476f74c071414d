"""Pictures of working groups, drawn from real, small files."""

from io import BytesIO
from typing import Any

import factory
import PIL.Image
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.models import Collection

from news.models import GroupPicture
from news.pictures.drawing import drawn
from news.pictures.keeping import keep
from tests.factories.groups import WorkingGroupFactory


def picture_file(size: tuple[int, int] = (1000, 500), kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> BytesIO:
    """A picture as somebody chooses it."""
    made = BytesIO()
    PIL.Image.new(mode, size, (200, 60, 20, 90)[: len(mode)]).save(made, kind, **saved)
    made.name = f"photo.{kind.lower()}"
    made.seek(0)
    return made


def send_picture(editor: Client, name: str, content: bytes, picture: Image | None = None) -> None:
    """Choose a file in the CMS, for a new public picture or in place of the one that is there."""
    address = reverse("wagtailimages:edit", args=[picture.pk]) if picture else reverse("wagtailimages:add")
    form = {
        "title": name,
        "description": "",
        "file": SimpleUploadedFile(name, content, "image/jpeg"),
        "collection": Collection.get_first_root_node().pk,
        "tags": "",
    } | {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    assert editor.post(address, form).status_code == 302


class GroupPictureFactory(factory.django.DjangoModelFactory):
    """``size`` is that of the file, in pixels."""

    class Meta:
        model = GroupPicture

    group = factory.SubFactory(WorkingGroupFactory)
    title = factory.Sequence(lambda n: f"Photo {n}")

    @classmethod
    def _create(cls, model_class: type[GroupPicture], *args: Any, **fields: Any) -> GroupPicture:
        file = picture_file(fields.pop("size", (1000, 500)))
        return keep(model_class(**fields), drawn(file, file.getbuffer().nbytes))
