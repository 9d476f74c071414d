"""What is made of a picture that somebody chose: the widths that readers need, nothing else that was in the file."""

from contextlib import suppress
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from news.models.group_picture import WIDTHS, widths_of

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a photo of a telephone has 12 to 50 million; one needs four bytes for each
QUALITY = 80  # of WebP, in percent
# What a damaged or hostile file makes Pillow raise; a bomb may be a warning where warnings are errors.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def drawn(file: IO[bytes], size: int) -> dict[int, tuple[int, bytes]]:
    """The picture as WebP by its width in pixels, each with its height; raises ValidationError.

    Its content says what a file is, never its name. ``size`` is the file's, in bytes.
    """
    if size > MOST_BYTES:
        message = _("This picture is too large: at most %(limit)s.")
        raise ValidationError(message, code="size", params={"limit": filesizeformat(MOST_BYTES)})
    try:
        image = _upright(_opened(file))
        return {width: _encoded(image, width) for width in widths_of(image.width)}
    except BROKEN as error:
        message = _("This is no picture that we can read. Choose one in JPEG, PNG or WebP.")
        raise ValidationError(message, code="unreadable") from error


def _opened(file: IO[bytes]) -> Image.Image:
    image = Image.open(file, formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        message = _("This picture has too many pixels: at most %(limit)d million.")
        raise ValidationError(message, code="pixels", params={"limit": MOST_PIXELS // 1_000_000})
    image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG is then read at the scale that is needed
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    """The picture as one looked at it, in the colours that every screen shows."""
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if profile and image.mode in ("RGB", "RGBA"):
        with suppress(ImageCms.PyCMSError, OSError):
            standard = ImageCms.createProfile("sRGB")
            plain = ImageCms.profileToProfile(plain, BytesIO(profile), standard) or plain
    return plain


def _encoded(image: Image.Image, width: int) -> tuple[int, bytes]:
    height = max(1, round(image.height * width / image.width))
    made = BytesIO()
    resized = image.resize((width, height), Image.Resampling.LANCZOS)
    resized.save(made, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=b"")
    return height, made.getvalue()
