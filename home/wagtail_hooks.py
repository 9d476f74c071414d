"""Hooks into Wagtail: the guard in front of every page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from home.access import guard_page


@hooks.register("before_serve_page")
def stop_unless_visible(page: Page, request: HttpRequest, *args: Any) -> HttpResponse | None:
    """Let nobody read a page that ``visible_to`` would not give them."""
    return guard_page(page, request)
