"""What browsers and search engines ask for; none of it is a page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from home.languages import LANGUAGES
from home.models import ContactPage
from home.sitemap import SitemapEntry, entries, number_of_parts

SECURITY_VALID_FOR = timedelta(days=300)  # RFC 9116 asks for less than a year


def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's language, French if unsure."""
    response = HttpResponseRedirect(f"/{_preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _preferred_language(request: HttpRequest) -> str:
    return translation.get_language_from_request(request)


def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be indexed; what asks to sign in need not be tried."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _closed_paths())]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return _text(lines)


def _closed_paths() -> Iterator[str]:
    yield "/admin/"
    for language in LANGUAGES:
        with translation.override(language):
            yield reverse("members:dashboard")
            yield reverse("account_login").removesuffix("login/")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address with its translations; where they are many, the parts in which they are told."""
    parts = number_of_parts()
    if parts == 1:
        return sitemap_part(request, 1)
    absolute = request.build_absolute_uri
    addresses = [absolute(reverse("sitemap_part", args=[part])) for part in range(1, parts + 1)]
    return render(request, "home/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """Some of the public addresses; 404 for a part that there is not."""
    urls = [url for entry in entries(part) for url in _sitemap_urls(request, entry)]
    if not urls:
        raise Http404
    return render(request, "home/sitemap.xml", {"urls": urls}, content_type="application/xml")


def _sitemap_urls(request: HttpRequest, entry: SitemapEntry) -> Iterator[dict[str, Any]]:
    absolute = request.build_absolute_uri
    alternates = [(language, absolute(path)) for language, path in entry.paths.items()]
    alternates.append(("x-default", absolute(entry.default_path)))
    for language, changed in entry.changed.items():
        yield {"loc": absolute(entry.paths[language]), "changed": changed, "alternates": alternates}


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness of the site (RFC 9116)."""
    expires = timezone.now().replace(microsecond=0) + SECURITY_VALID_FOR
    lines = [
        f"Contact: {_security_contact(request)}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, nl, en",
        f"Canonical: {request.build_absolute_uri(reverse('security'))}",
        "",
    ]
    return _text(lines)


def _security_contact(request: HttpRequest) -> str:
    if contact := settings.SECURITY_CONTACT:
        return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    page = ContactPage.objects.live().order_by("path").first()
    return request.build_absolute_uri(page.url if page else "/")


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that look for the old address get our drawing."""
    response = HttpResponseRedirect(static("img/favicon.svg"))
    patch_cache_control(response, public=True, max_age=86_400)
    return response


def change_password(request: HttpRequest) -> HttpResponse:
    """Where a password manager finds the form (https://w3c.github.io/webappsec-change-password-url/)."""
    with translation.override(_preferred_language(request)):
        response = redirect("account_change_password")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _text(lines: list[str], status: int = 200) -> HttpResponse:
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", status=status)
