"""Signing in to the CMS is signing in to the site, second factor included."""

from allauth.account.utils import get_next_redirect_url
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


@never_cache
def cms_login(request: HttpRequest) -> HttpResponse:
    """Lead from the CMS's own sign-in page to the site's, and back to the CMS afterwards."""
    back = get_next_redirect_url(request, "next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
