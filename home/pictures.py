"""Pictures that editors put on pages: in widths and formats of which browsers take the smallest that fits."""

import logging
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Prefetch
from django.db.models.signals import post_save
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Picture
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from home.outage.kinds import outage_of
from home.tasks import draw_picture

logger = logging.getLogger(__name__)

WIDTHS = (1600, 960, 480)  # pixels; a narrower picture keeps its own
FORMATS = ("avif", "webp", "jpeg")  # best first; every browser knows the last
# As wide as the text. A telephone takes fewer points than its screen has, which nobody sees: it spares half the bytes.
SIZES = "(min-width: 48rem) 40rem, 60vw"
# The narrowest in AVIF is what a telephone takes that has few points, and is old. It is to weigh so many bytes: a page
# stays below 60 kB with it at first view. Where it weighs more, it is drawn in these qualities, until it is light
# enough or the last of them. A tall picture full of leaves still weighs more.
LIGHT, COARSER = 10_000, (35, 25, 15)


def specs_of(image: AbstractImage) -> list[str]:
    """What is to be drawn of a picture, in the words of Wagtail, widest first; of its own width at most."""
    narrower = [width for width in WIDTHS if width < image.width]
    own = [width for width in WIDTHS if width >= image.width][-1:]
    return [_spec(width, one) for one in FORMATS for width in own + narrower]


def _spec(width: int, form: str) -> str:
    return f"width-{width}|format-{form}"


def shown(image: AbstractImage, alternative: str, *, is_lead: bool) -> Picture | None:
    """The picture as a page shows it; in one moderate width, drawn for the visitor, where no worker drew it yet.

    None where its file is gone or damaged, which is logged.
    """
    filters = {spec: Filter(spec) for spec in specs_of(image)}
    found = image.find_existing_renditions(*filters.values())
    loading = {"fetchpriority": "high"} if is_lead else {"loading": "lazy"}
    words = {"alt": alternative, "decoding": "async", **loading}
    if len(found) == len(filters):
        return Picture({spec: found[one] for spec, one in filters.items()}, {"sizes": SIZES, **words})
    try:
        moderate = _drawn(image, Filter(_spec(960 if image.width > 480 else 480, "webp")))
    except OSError as error:
        if outage_of(error):
            raise
        logger.exception("The file of picture %s is missing or damaged.", image.pk)
        return None
    return Picture({moderate.filter_spec: moderate}, words)


def with_renditions() -> Prefetch:
    """What was drawn of pictures, for all of them with one query."""
    drawn: type[AbstractRendition] = get_image_model().get_rendition_model()
    specs = [_spec(width, one) for one in FORMATS for width in WIDTHS]
    return Prefetch("renditions", drawn.objects.filter(filter_spec__in=specs), to_attr="prefetched_renditions")


def draw(image: AbstractImage) -> int:
    """Draw what is missing, one after the other: together they need much memory. Gives how many there were."""
    filters = [Filter(spec) for spec in specs_of(image)]
    found = image.find_existing_renditions(*filters)
    missing = [one for one in filters if one not in found]
    for one in missing:
        _drawn(image, one)
    return len(missing)


def _drawn(image: AbstractImage, one: Filter) -> AbstractRendition:
    """What was drawn of it, or is now; as Wagtail does, which leaves the file open."""
    key = one.get_cache_key(image)
    found: AbstractRendition | None = image.renditions.filter(filter_spec=one.spec, focal_point_key=key).first()
    if found:
        return found
    # The file first: Wagtail forgets what it began where there is none. Another process may have been quicker.
    with image.open_file() as source, _file(image, one, source) as file:
        made = image.renditions.get_or_create(filter_spec=one.spec, focal_point_key=key, defaults={"file": file})
    drawn: AbstractRendition = made[0]
    return drawn


def _file(image: AbstractImage, one: Filter, source: File) -> File:
    file: File = image.generate_rendition_file(one, source=source)
    if one.spec == _spec(WIDTHS[-1], FORMATS[0]):
        for quality in COARSER:
            if file.size <= LIGHT:
                break
            file.close()
            file = image.generate_rendition_file(Filter(f"{one.spec}|avifquality-{quality}"), source=source)
    return file


def connect() -> None:
    """Follow every new picture, and every new file of one; whoever draws, what the camera wrote is left away."""
    registry.register_operation(PillowImage, "auto_orient", upright_and_unsigned)
    post_save.connect(draw_later, get_image_model(), dispatch_uid="draw_picture_later")


def draw_later(sender: Any, instance: AbstractImage, raw: bool = False, **kwargs: Any) -> None:
    """Have a worker draw it once it is in the database."""
    if not raw:
        transaction.on_commit(lambda: draw_picture.enqueue(instance.pk))


def upright_and_unsigned(image: PillowImage) -> PillowImage:
    """What Wagtail begins every drawing with: the picture upright, and without what was written into its file.

    That is where and when it was taken, by whom, and a small picture that nobody sees.
    """
    upright: PillowImage = image.auto_orient()
    for name in ("exif", "xmp", "comment"):
        upright.image.info.pop(name, None)
    return upright
