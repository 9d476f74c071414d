"""Signing in to the CMS is signing in to the site, second factor included."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from members.permissions import can_use_cms


@never_cache
def cms_login(request: HttpRequest) -> HttpResponse:
    """Lead from the CMS's own sign-in page to the site's, and back to the CMS afterwards.

    Who is signed in and comes here all the same was sent away by the CMS: signing in again would lead in circles.
    """
    if request.user.is_authenticated and not can_use_cms(request.user):
        list(messages.get_messages(request))  # the CMS's own words; the page below says the same
        raise PermissionDenied
    back = get_next_redirect_url(request, "next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
