"""The addresses of the CMS behind which our own code reads what is sent."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from home.models import StandardPage
from tests.attacks.planting import OURS


def cms_addresses() -> Iterator[str]:
    """Lists, choosers, and the form of a new and of a known record of each kind."""
    page = StandardPage.objects.latest("pk")
    yield reverse("home_submit_translation", args=[page.pk])
    yield reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for model in get_snippet_models():
        if model._meta.app_label not in OURS:
            continue
        views = model.snippet_viewset
        yield reverse(views.get_url_name("list"))
        yield reverse(views.get_url_name("add"))
        yield reverse(views.chooser_viewset.get_url_name("choose"))
        if record := model._default_manager.order_by("pk").first():
            yield reverse(views.get_url_name("edit"), args=[record.pk])
