"""Development and the demo: an embedded PostgreSQL, mail on the console."""

import os
import shutil
from pathlib import Path

from config import catalogues, postgres
from config.settings.base import *

DEBUG = os.environ.get("DEBUG", "1") == "1"  # the demo switches it off
SECRET_KEY = "only-for-development-and-the-demo-never-in-production"  # noqa: S105
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"  # where the links in mails lead
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS += ["django_migration_linter"]  # make check asks it
catalogues.compile_stale(SITE_DIR / "locale")
DATA_DIR = Path(os.environ.get("OTONOM_DATA_DIR") or DATA_DIR).absolute()
DATABASES = {"default": postgres.settings_for(DATA_DIR) | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}

# The demo's accounts are there to be tried, and what they open is open to everybody: a second step would only keep
# people from trying. Production keeps it (tests/members/accounts/test_second_factor.py).
SECOND_FACTOR_REQUIRED = False
MEDIA_ROOT = DATA_DIR / "media"
SERVES_MEDIA = True
STORAGES["private"]["OPTIONS"] = {"location": DATA_DIR / "private"}
STATIC_ROOT = DATA_DIR / "static"
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    PAGE_CACHE_BYTES = 0  # templates change, and tell nobody
LIBRARY_SOFFICE = shutil.which("soffice") or ""
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
