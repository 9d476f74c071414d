"""What is made of a file that somebody chose as a picture."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageCms

from news.pictures import drawing
from news.pictures.drawing import drawn
from tests.factories.pictures import picture_file


def sizes(file: BytesIO) -> dict[int, tuple[int, int]]:
    return {width: Image.open(BytesIO(content)).size for width, (_, content) in made(file).items()}


def made(file: BytesIO) -> dict[int, tuple[int, bytes]]:
    return drawn(file, file.getbuffer().nbytes)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 1500), {480: (480, 240), 960: (960, 480), 1600: (1600, 800)}),
        ((1600, 800), {480: (480, 240), 960: (960, 480), 1600: (1600, 800)}),
        ((700, 350), {480: (480, 240), 700: (700, 350)}),
        ((480, 100), {480: (480, 100)}),
        ((10, 10), {10: (10, 10)}),
    ],
)
def test_a_picture_gets_the_widths_that_readers_need_and_never_more_than_it_has(
    size: tuple[int, int], expected: dict[int, tuple[int, int]]
) -> None:
    assert sizes(picture_file(size)) == expected


def photo_with_everything() -> BytesIO:
    """A photo that says where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Mira Peeters"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture_file((800, 400), exif=exif.tobytes(), icc_profile=profile, comment=b"Rue du Secret 1")


def test_nothing_is_kept_of_what_the_camera_wrote() -> None:
    for _height, content in made(photo_with_everything()).values():
        image = Image.open(BytesIO(content))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile"} & set(image.info)
        assert b"Mira" not in content
        assert b"Secret" not in content


def test_a_picture_stands_as_one_held_the_camera() -> None:
    assert sizes(photo_with_everything()) == {400: (400, 800)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture_file((300, 300)).getvalue()[:400],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    ],
    ids=["empty", "pdf", "svg", "cut", "broken"],
)
def test_what_is_no_picture_is_refused_whatever_its_name(content: bytes) -> None:
    file = BytesIO(content)
    file.name = "photo.jpg"
    with pytest.raises(ValidationError) as refused:
        made(file)
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_other_kinds_of_pictures_are_refused(kind: str) -> None:
    with pytest.raises(ValidationError):
        made(picture_file((20, 20), kind))


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(ValidationError) as refused:
        drawn(BytesIO(), drawing.MOST_BYTES + 1)
    assert refused.value.code == "size"
