"""The guide for editors, inside the CMS, in the language of the person who reads it."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from home.languages import current_language
from home.seeding import pages_content


@cache
def guide_sections(language: str) -> list[dict[str, str]]:
    """The sections of the guide, each with its title and its text in HTML."""
    sections: list[dict[str, str]] = pages_content()["editor_guide"][language]["sections"]
    return sections


def editor_guide(request: HttpRequest) -> HttpResponse:
    """How to do what one does once a week."""
    context: dict[str, Any] = {"sections": guide_sections(current_language()), "page_title": _("Guide")}
    return render(request, "home/admin/editor_guide.html", context)
