"""Tests: a careless database of their own, files in memory, and whatever makes them fast."""

import os
import tempfile
from pathlib import Path

from config import catalogues, postgres
from config.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]

catalogues.compile_stale(SITE_DIR / "locale")
DATA_DIR = Path(os.environ.get("OTONOM_DATA_DIR") or DATA_DIR).absolute()
DATABASES = {"default": postgres.settings_for(DATA_DIR, postgres.TESTS)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR_REQUIRED = False  # tests of roles sign in without one; those of the second step switch it on
MEDIA_ROOT = Path(tempfile.gettempdir()) / "otonom-tests"
SERVES_MEDIA = True
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # no folder of collected files to read
