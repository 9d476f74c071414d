"""Damaged and hostile files: a picture or a clear message, whatever is in them."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from random import Random
from typing import Any
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image

from news.pictures import drawing
from news.pictures.drawing import drawn
from tests.factories.pictures import picture_file

KINDS = ["JPEG", "PNG", "WEBP"]
# Pillow also warns of what it finds odd, which only here is an error.
pytestmark = pytest.mark.filterwarnings("ignore")


def made(content: bytes) -> dict[int, tuple[int, bytes]]:
    return drawn(BytesIO(content), len(content))


def camera() -> bytes:
    """What a telephone writes into its photos, of one that lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Otonom"
    exif[ExifTags.Base.XResolution] = 72.0
    exif[ExifTags.Base.YCbCrPositioning] = 1
    exif.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base.ExposureTime: 0.01, ExifTags.Base.MakerNote: b"x" * 20})
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSAltitude: 12.5})
    return exif.tobytes()


def damaged(content: bytes, count: int, start: int = 0) -> Iterator[bytes]:
    """So many times the same content, each time with some bytes changed; the same ones at each run."""
    random = Random(20)  # noqa: S311  # no secret
    for _time in range(count):
        changed = bytearray(content)
        for _byte in range(random.randint(1, 4)):
            changed[random.randrange(start, len(content))] = random.choice([0, 1, 2, 5, 7, 12, 13, 255])
        yield bytes(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_is_taken_however_odd_what_the_camera_wrote(kind: str) -> None:
    for exif in damaged(camera(), 300, start=len(b"Exif\0\0")):
        with suppress(AssertionError):  # Pillow's writing of this file, which is none of ours
            file = picture_file((8, 4), kind, exif=exif)
        assert set(made(file.getvalue())) <= {4, 8}


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_a_picture_or_refused(kind: str) -> None:
    refused = 0
    for content in damaged(picture_file((16, 8), kind, exif=camera()).getvalue(), 200):
        try:
            made(content)
        except ValidationError:
            refused += 1
    assert 0 < refused < 200


@pytest.mark.parametrize("raised", [struct.error, TypeError, AttributeError, MemoryError, ZeroDivisionError])
def test_whatever_a_file_makes_pillow_raise_is_said_as_a_message(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise raised("odd")

    monkeypatch.setattr(Image.Image, "resize", fail)
    with pytest.raises(ValidationError) as refused:
        made(picture_file((20, 10)).getvalue())
    assert refused.value.code == "unreadable"


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it has so many pixels."""
    content = picture_file((2, 2), "PNG").getvalue()
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", crc32(header)) + content[33:]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [(5001, 5000), (7070, 7070), (10_000, 10_000), (40_000, 40_000)])
def test_a_bomb_is_refused_unread_with_a_message_that_says_why(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bomb(*size)
    monkeypatch.setattr(Image.Image, "load", lambda *args: pytest.fail("read"))
    with pytest.raises(ValidationError) as refused:
        made(content)
    assert refused.value.code == "pixels"
    assert "million" in refused.value.messages[0]


def test_a_photo_may_have_more_pixels_than_what_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_PIXELS", {"PHOTO": 200, "JPEG": 100, "PNG": 100, "WEBP": 100})

    assert made(picture_file((20, 10)).getvalue())
    for options in ({"kind": "PNG"}, {"kind": "WEBP"}, {"progressive": True}):
        with pytest.raises(ValidationError):
            made(picture_file((20, 10), **options).getvalue())


def test_pictures_are_made_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = []
    opened = Image.open
    monkeypatch.setattr(
        Image, "open", lambda *args, **options: locked.append(drawing.DRAWING.locked()) or opened(*args)
    )

    made(picture_file((20, 10)).getvalue())

    assert locked == [True]
    assert not drawing.DRAWING.locked()


def test_after_a_refusal_the_next_picture_is_made() -> None:
    with pytest.raises(ValidationError):
        made(b"no picture")

    assert not drawing.DRAWING.locked()
