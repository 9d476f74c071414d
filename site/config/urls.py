"""Every address of the site; what is below a language prefix has translated paths."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from home.views import errors, system
from members.views import accounts

urlpatterns: list[URLPattern | URLResolver] = [
    path("", system.choose_language, name="choose_language"),
    path("robots.txt", system.robots, name="robots"),
    path("sitemap.xml", system.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", system.sitemap_part, name="sitemap_part"),
    path("favicon.ico", system.favicon, name="favicon"),
    path(".well-known/security.txt", system.security, name="security"),
    path(".well-known/change-password", system.change_password, name="change_password"),
    path("admin/login/", accounts.cms_login, name="cms_login"),
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path(_("account/"), include("allauth.urls")),
        path("", include("members.urls")),
        path("", include("news.urls")),
        path("", include("library.urls")),
        path("", include("home.urls")),
        # Only Wagtail's pages: its other addresses hold a sign-in without second step and without limits.
        re_path(serve_pattern, wagtail_views.serve, name="wagtail_serve"),
    ),
]

if settings.DEBUG or settings.SERVES_MEDIA:
    from django.views.static import serve

    urlpatterns.insert(0, path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
