"""Every kind of picture comes out as one sees it: its colours, what shows through, the side that is up."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageOps

from news.pictures import drawing
from news.pictures.drawing import drawn

SIZE = (40, 20)
RED, GREEN, BLUE = (200, 30, 30, 255), (30, 200, 30, 255), (30, 30, 200, 255)
NEAR = 12  # of 255: what WebP may change


def shown(file: BytesIO) -> Image.Image:
    """The widest picture that was made."""
    made = drawn(file, file.getbuffer().nbytes)
    return Image.open(BytesIO(made[max(made)][1])).convert("RGBA")


def saved(image: Image.Image, kind: str, **options: Any) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    file.seek(0)
    return file


def plain(mode: str, color: Any) -> Image.Image:
    return Image.new(mode, SIZE, color)


def difference(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of any colour of any pixel, of 255."""
    return max(most for _least, most in ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema())


def frames(kind: str, **options: Any) -> BytesIO:
    others = [plain("RGB", GREEN[:3]), plain("RGB", BLUE[:3])]
    return saved(plain("RGB", RED[:3]), kind, save_all=True, append_images=others, **options)


def palette(**options: Any) -> BytesIO:
    image = plain("P", 1)
    image.putpalette([0, 0, 0, *RED[:3]])
    return saved(image, "PNG", **options)


KINDS: dict[str, tuple[Callable[[], BytesIO], tuple[int, ...]]] = {
    "grey JPEG": (lambda: saved(plain("L", 128), "JPEG"), (128, 128, 128, 255)),
    "CMYK JPEG": (lambda: saved(plain("CMYK", (0, 255, 255, 55)), "JPEG"), (200, 0, 0, 255)),
    "progressive JPEG": (lambda: saved(plain("RGB", RED[:3]), "JPEG", progressive=True), RED),
    "black and white PNG": (lambda: saved(plain("1", 1), "PNG"), (255, 255, 255, 255)),
    "grey PNG of 16 bits": (lambda: saved(plain("I;16", 128 * 257), "PNG"), (128, 128, 128, 255)),
    "white PNG of 16 bits": (lambda: saved(plain("I;16", 65535), "PNG"), (255, 255, 255, 255)),
    "16 bits with one transparent grey": (
        lambda: saved(plain("I;16", 128 * 257), "PNG", transparency=40000),
        (128, 128, 128, 255),
    ),
    "palette PNG": (palette, RED),
    "palette PNG with a transparent colour": (lambda: palette(transparency=0), RED),
    "palette PNG with a translucent colour": (lambda: palette(transparency=bytes([255, 90])), (*RED[:3], 90)),
    "PNG with one transparent colour": (
        lambda: saved(plain("RGB", RED[:3]), "PNG", transparency=GREEN[:3]),
        RED,
    ),
    "grey PNG that is translucent": (lambda: saved(plain("LA", (128, 90)), "PNG"), (128, 128, 128, 90)),
    "translucent PNG": (lambda: saved(plain("RGBA", (*RED[:3], 90)), "PNG"), (*RED[:3], 90)),
    "translucent WebP": (lambda: saved(plain("RGBA", (*RED[:3], 90)), "WEBP"), (*RED[:3], 90)),
    "animated PNG": (lambda: frames("PNG"), RED),
    "animated WebP": (lambda: frames("WEBP"), RED),
    "two JPEGs in one, of a telephone": (lambda: frames("MPO"), RED),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_the_colours_that_one_chose_and_of_moving_ones_the_first(kind: str) -> None:
    file, expected = KINDS[kind]

    image = shown(file())

    assert image.size == SIZE
    found = image.getpixel((5, 5))
    assert all(abs(one - other) <= NEAR for one, other in zip(found, expected, strict=True)), found


def test_what_is_transparent_in_a_palette_stays_so() -> None:
    assert shown(palette(transparency=1)).getpixel((5, 5))[3] == 0


def test_colours_that_a_file_describes_itself_are_those_of_every_screen() -> None:
    described = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = described.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")

    image = shown(saved(plain("RGB", (255, 0, 0)), "PNG", icc_profile=swapped))

    red, green, blue, _alpha = image.getpixel((5, 5))
    assert green > 200 > max(red, blue)


def test_colours_that_a_file_describes_wrongly_are_taken_as_they_are() -> None:
    image = shown(saved(plain("RGB", RED[:3]), "PNG", icc_profile=b"no profile" * 30))

    assert difference(image, plain("RGB", RED[:3])) <= NEAR


def corners() -> Image.Image:
    """A picture of which one sees how it was turned."""
    image = plain("RGB", RED[:3])
    image.paste(GREEN[:3], (20, 0, 40, 10))
    image.paste(BLUE[:3], (0, 10, 20, 20))
    image.paste((240, 240, 240), (20, 10, 40, 20))
    return image.resize((400, 200), Image.Resampling.NEAREST)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(10))
def test_a_picture_stands_in_each_of_the_eight_ways_a_camera_is_held(orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    file = saved(corners(), kind, exif=exif)
    expected = ImageOps.exif_transpose(Image.open(file))

    image = shown(file)

    assert image.size == expected.size
    for place in ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75)):
        there = (round(place[0] * image.width), round(place[1] * image.height))
        assert difference(*(one.crop((*there, there[0] + 1, there[1] + 1)) for one in (image, expected))) <= NEAR


def test_a_large_photo_on_its_side_gets_the_width_that_it_has_when_it_stands() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    assert shown(saved(Image.new("RGB", (4000, 3200)), "JPEG", exif=exif)).size == (1600, 2000)


def test_a_very_tall_picture_gets_narrower() -> None:
    assert shown(saved(Image.new("RGB", (100, 10_000)), "PNG")).size == (48, 4800)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_that_is_made_smaller_has_no_seams(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "QUALITY", 100)
    noise = Image.effect_noise((3001, 397), 120).convert(mode)
    whole = noise.convert("RGB").resize((1600, round(397 * 1600 / 3001)), Image.Resampling.LANCZOS)

    image = shown(saved(noise, "PNG", compress_level=1))

    assert difference(image, Image.open(saved(whole, "WEBP", quality=100))) <= NEAR
