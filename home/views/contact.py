"""Receives the contact form."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from home.contact_form import ContactForm, is_from_elsewhere
from home.languages import preferred_translations
from home.models import ContactPage
from home.throttling import is_within_limit


@csrf_exempt  # no cookie on public pages; is_from_elsewhere stops what the token would
def send(request: HttpRequest) -> HttpResponse:
    """Keep and mail the message, then lead back to the contact page, which says thank you."""
    page = preferred_translations(ContactPage.objects.live()).order_by("path").first()
    if page is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(page.url)
    if is_from_elsewhere(request):
        raise PermissionDenied
    form = ContactForm(request.POST)
    if form.is_from_program:
        return _thank(page)
    if not form.is_valid():
        return _again(request, page, form, status=422)
    if not is_within_limit(request, "contact", settings.CONTACT_RATE_LIMIT, per_address=True):
        form.add_error(None, _("You have sent several messages. Your text is still here: send it again in an hour."))
        return _again(request, page, form, status=429)
    form.receive()
    return _thank(page)


def _thank(page: ContactPage) -> HttpResponse:
    return HttpResponseRedirect(f"{page.url}?sent=1")


def _again(request: HttpRequest, page: ContactPage, form: ContactForm, status: int) -> HttpResponse:
    context: dict[str, Any] = page.get_context(request) | {"form": form}
    return render(request, page.template, context, status=status)
