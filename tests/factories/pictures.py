"""Pictures of working groups, drawn from real, small files."""

from io import BytesIO
from typing import Any

import factory
from PIL import Image

from news.models import GroupPicture
from news.pictures.drawing import drawn
from news.pictures.keeping import keep
from tests.factories.groups import WorkingGroupFactory


def picture_file(size: tuple[int, int] = (1000, 500), kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> BytesIO:
    """A picture as somebody chooses it."""
    made = BytesIO()
    Image.new(mode, size, (200, 60, 20, 90)[: len(mode)]).save(made, kind, **saved)
    made.name = f"photo.{kind.lower()}"
    made.seek(0)
    return made


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
