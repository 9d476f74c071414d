"""Production: everything secret or local comes from the environment, and all missing names are told at once."""

import sys
from typing import Any

from environs import Env, EnvValidationError, validate

from config.settings.base import *
from config.settings.logs import PRODUCTION_LOGGING
from home import shared_store
from home.private_files.storage import S3_ADDRESS, s3_options

env = Env(eager=False)  # collects every missing or wrong variable
SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
by_name = [validate.Length(min=1), validate.ContainsNoneOf(["*"], error="Name each host.")]
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", validate=by_name)
WAGTAILADMIN_BASE_URL = env.str("SITE_URL")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=600, conn_health_checks=True)}
MEDIA_ROOT = env.path("MEDIA_ROOT")
PRIVATE_ROOT = env.path("PRIVATE_ROOT")
STATIC_ROOT = env.path("STATIC_ROOT", STATIC_ROOT)
STATIC_MANIFEST_ROOT = SITE_DIR / "collected"  # of this version; the files themselves may lie with those of others
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL")
CONTACT_RECIPIENTS = env.list("CONTACT_RECIPIENTS")
EMAIL_URL = env.dj_email_url("EMAIL_URL")
SECURITY_CONTACT = env.str("SECURITY_CONTACT")
REDIS_URL = env.str("REDIS_URL", "")
LIBRARY_ACCEL_REDIRECT = env.str("LIBRARY_ACCEL_REDIRECT", "")
LIBRARY_STORAGE = env.str("LIBRARY_STORAGE", "", validate=validate.Regexp(f"$|{S3_ADDRESS}"))
LIBRARY_CLAMD = env.str("LIBRARY_CLAMD", "")
LIBRARY_SOFFICE = env.str("LIBRARY_SOFFICE", "")
# OpenID Connect, for members who use Microsoft 365 or another provider.
OIDC = {name: env.str(f"OIDC_{name}", "") for name in ("NAME", "SERVER_URL", "CLIENT_ID", "SECRET")}
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1)
ERROR_MAIL_TO = env.list("ERROR_MAIL_TO", [])
METRICS_PORT = env.int("METRICS_PORT", 0)
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", "")
FINDER_ENCODER = env.str("FINDER_ENCODER", FINDER_ENCODER)
try:
    env.seal()
except EnvValidationError as error:
    said: Any = error.error_messages
    faults = "".join(f"\n  {name}: {' '.join(said[name])}" for name in sorted(said))
    sys.exit(f"The production settings need these environment variables (README, “Publish it”):{faults}")

LOGGING = PRODUCTION_LOGGING
EMAIL_HOST, EMAIL_PORT = EMAIL_URL["EMAIL_HOST"], EMAIL_URL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_URL["EMAIL_HOST_USER"], EMAIL_URL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_URL["EMAIL_USE_TLS"], EMAIL_URL["EMAIL_USE_SSL"]
STORAGES["private"]["OPTIONS"] = {"location": PRIVATE_ROOT}
if LIBRARY_STORAGE:
    STORAGES["private"] = {"BACKEND": "home.private_files.s3.PrivateS3Storage", "OPTIONS": s3_options(LIBRARY_STORAGE)}
    LIBRARY_ACCEL_REDIRECT = ""  # nginx has no file to send
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": TASK_QUEUES}}

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "home.shared_store.SharedCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": shared_store.CONNECTION,
        }
    }
    RATE_LIMIT_STORAGE = REDIS_URL
if OIDC["CLIENT_ID"]:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "alliance",
                    "name": OIDC["NAME"],
                    "client_id": OIDC["CLIENT_ID"],
                    "secret": OIDC["SECRET"],
                    "settings": {"server_url": OIDC["SERVER_URL"]},
                }
            ]
        }
    }

DATABASES["default"]["ENGINE"] = "home.database"  # Django's own, which a web process does not wait for without end
# A cable that is cut says nothing: whoever waits for the database hears of it within half a minute, a worker too.
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# Browsers take these only from this very host, over HTTPS: no other name of the domain can plant one.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
