"""What is made of a picture that somebody chose: the widths that readers need, nothing else that was in the file."""

import logging
from contextlib import suppress
from io import BytesIO
from math import ceil, floor
from threading import Lock
from typing import IO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile

from news.models.group_picture import WIDTHS, widths_of

logger = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 15 * 1024 * 1024
# A photo of a telephone has 12 to 50 million pixels, and is read at the scale that is needed. Others are read whole:
# a progressive JPEG takes up to eight bytes for each pixel meanwhile, a PNG four, a WebP sixteen.
MOST_PIXELS = {"PHOTO": 50_000_000, "JPEG": 25_000_000, "MPO": 25_000_000, "PNG": 25_000_000, "WEBP": 16_000_000}
TALLEST = 4800  # pixels: three times as tall as wide; what is taller gets narrower
QUALITY = 80  # of WebP, in percent
BAND = 64  # rows that are made at once
REACH = 3  # pixels to both sides from which Lanczos makes one, times how much smaller the picture gets
DRAWING = Lock()  # one picture at a time in each process: together they would need more memory than a small server has

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ONTO_ITS_SIDE = [TURNS[orientation] for orientation in (5, 6, 7, 8)]


def drawn(file: IO[bytes], size: int) -> dict[int, tuple[int, bytes]]:
    """The picture as WebP by its width in pixels, each with its height; raises ValidationError.

    Its content says what a file is, never its name. ``size`` is the file's, in bytes.
    """
    if size > MOST_BYTES:
        message = _("This picture is too large: at most %(limit)s.")
        raise ValidationError(message, code="size", params={"limit": filesizeformat(MOST_BYTES)})
    try:
        with DRAWING:
            return _drawn(file)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(min(MOST_PIXELS.values())) from error
    except Exception as error:  # what a damaged or hostile file makes Pillow raise has no end
        logger.warning("A picture could not be read.", exc_info=not isinstance(error, OSError))
        message = _("This is no picture that we can read. Choose one in JPEG, PNG or WebP.")
        raise ValidationError(message, code="unreadable") from error


def _drawn(file: IO[bytes]) -> dict[int, tuple[int, bytes]]:
    image = _opened(file)
    turn = _turn(image)
    aim = _aim(image.size, turn)
    image.draft(None, aim)  # a JPEG is then read at a scale near to the one that is needed
    widest = _reduced(image, aim)
    upright = widest if turn is None else widest.transpose(turn)
    shown = _in_common_colours(upright, image.info.get("icc_profile"))
    return {width: _encoded(shown, width) for width in widths_of(shown.width)}


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture, its pixels not yet read if it is a JPEG; the EXIF of a PNG may stand behind them."""
    image = Image.open(file, formats=FORMATS)
    is_jpeg = isinstance(image, JpegImageFile)
    most = MOST_PIXELS["PHOTO" if is_jpeg and "progressive" not in image.info else str(image.format)]
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    if not is_jpeg:
        image.load()
    return image


def _too_many_pixels(most: int) -> ValidationError:
    message = _("This picture has too many pixels: at most %(limit)d million.")
    return ValidationError(message, code="pixels", params={"limit": most // 1_000_000})


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What makes the picture stand as one held the camera; nothing, where the camera wrote that oddly."""
    with suppress(Exception):
        return TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return None


def _aim(size: tuple[int, int], turn: Image.Transpose | None) -> tuple[int, int]:
    """The size, not yet turned, that the widest picture has."""
    most = (TALLEST, WIDTHS[-1]) if turn in ONTO_ITS_SIDE else (WIDTHS[-1], TALLEST)
    scale = min(1, most[0] / size[0], most[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture in that size, in RGB or RGBA; band by band, so that its pixels never lie there twice."""
    made = Image.new("RGBA" if image.has_transparency_data else "RGB", size)
    step = image.height / size[1]
    for top in range(0, size[1], BAND):
        bottom = min(top + BAND, size[1])
        first = max(0, floor((top - REACH) * step))
        last = min(image.height, ceil((bottom + REACH) * step))
        band = _plain(image.crop((0, first, image.width, last)), made.mode)
        box = (0, top * step - first, image.width, min(bottom * step, last) - first)
        made.paste(band.resize((size[0], bottom - top), Image.Resampling.LANCZOS, box), (0, top))
    return made


def _plain(image: Image.Image, mode: str) -> Image.Image:
    if image.mode == "I;16":  # grey in 65536 steps, of which Pillow would make white all but the darkest
        image.info.pop("transparency", None)
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert(mode)


def _in_common_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in the colours that every screen shows, where its own are described well."""
    if profile:
        with suppress(Exception):
            standard = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, BytesIO(profile), standard) or image
    return image


def _encoded(image: Image.Image, width: int) -> tuple[int, bytes]:
    height = max(1, round(image.height * width / image.width))
    made = BytesIO()
    resized = image.resize((width, height), Image.Resampling.LANCZOS)
    resized.save(made, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    return height, made.getvalue()
