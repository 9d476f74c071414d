"""Addresses of the kernel."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from home.views import contact, site_map, styleguide

app_name = "home"
urlpatterns = [
    path(_("contact/send/"), contact.send, name="contact_send"),
    path(_("site-map/"), site_map.site_map, name="site_map"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
