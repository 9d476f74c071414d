"""Work of the kernel outside the request."""

from django_tasks import task
from wagtail.images import get_image_model


@task(queue_name="files")
def draw_picture(pk: int) -> None:
    """Draw what pages show of a picture; once is enough, and a picture that is gone is no fault."""
    from home.pictures import draw  # noqa: PLC0415  # which puts this task in the queue

    for image in get_image_model().objects.filter(pk=pk):
        draw(image)
