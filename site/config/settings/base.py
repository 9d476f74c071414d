"""What every environment shares; no secret is read here."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.settings.logs import LOGGING  # noqa: F401  # Django reads it here

BASE_DIR = Path(__file__).resolve().parents[3]
SITE_DIR = BASE_DIR / "site"
DATA_DIR = BASE_DIR / ".data"  # what development, the demo and the tests make

INSTALLED_APPS = [
    "config",
    "library",
    "news",
    "members",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "members.people.PeopleConfig",  # wagtail.users, with what our people have
    "wagtail.sites",  # the list of pages leads an administrator there
    "wagtail.snippets",
    "wagtail.documents",  # wagtail-localize asks for it; we neither show nor serve documents
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail",
    "modelcluster",
    "taggit",
    "laces",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "home.watching.request.WatchingMiddleware",
    "home.headers.HeadersMiddleware",
    "home.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.CompressionMiddleware",
    "home.headers.PolicyMiddleware",
    "home.middleware.EncodingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "home.outage.middleware.OutageMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.audit.acting.ActingMiddleware",
    "members.accounts.second_factor.SecondFactorMiddleware",
    "members.middleware.SessionActivityMiddleware",
    "home.middleware.CachingMiddleware",
    "home.routing.PageRoutingMiddleware",
    "home.back_office.BackOfficeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "home.forms.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.site",
            ],
            "builtins": ["laces.templatetags.laces", "home.templatetags.home_tags"],
        },
    },
]

# Languages: French if unsure; English exists only as the source of the interface.
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("nl", _("Dutch"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [SITE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
WAGTAIL_I18N_ENABLED = True
# Nothing goes live untranslated (research/features.md, P9).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ONTHEFLY_LOCALES = True

# Accounts
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "members.backends.SignInBackend",
    "members.backends.RoleBackend",
]
LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "cms_login"  # which knows who is signed in and has no business in the CMS
LOGIN_REDIRECT_URL = "members:dashboard"
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "members.adapters.SocialAccountAdapter"
# The provider that production names is trusted with addresses that it says are confirmed.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"reset_password": "members.accounts.forgotten.ResetPasswordForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Alliance Otonom – "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Else nobody with a second step could change their address; nobody signs up with an address that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "login_webauthn": "members.accounts.passkeys.LoginForm",
    "authenticate_webauthn": "members.accounts.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "members.accounts.passkeys.ReauthenticateForm",
    "add_webauthn": "members.accounts.passkeys.AddForm",
}
MFA_TOTP_ISSUER = "Alliance Otonom"
SECOND_FACTOR_REQUIRED = True  # of delegates, editors and administrators
USERSESSIONS_TRACK_ACTIVITY = True
# How long accounts are kept, as the privacy page says; "forget" keeps the promise.
ACCOUNT_KEPT_AFTER_LEAVING = timedelta(days=90)
ACCOUNT_SUSPENDED_AT_MOST = timedelta(days=730)
DELETION_AT_THE_LATEST = timedelta(days=30)
INVITATION_KEPT = timedelta(days=90)
PASSWORD_HASHERS = [
    "members.hashers.SmallArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # until its owner signs in next
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Cookies are only for people who sign in.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {  # the CMS needs more: home/headers.py
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = SITE_DIR / "collected"
STATIC_MANIFEST_ROOT: Path | None = None  # where it is kept which name has which hash; None: beside the files
STATICFILES_DIRS = [SITE_DIR / "static"]
MEDIA_URL = "/media/"
SERVES_MEDIA = False  # the web server does, except in development
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticStorage"},
}
LIBRARY_ACCEL_REDIRECT = ""  # nginx's internal location; empty: Django streams the file
LIBRARY_MAX_FILE_SIZE = 25 * 1024 * 1024  # bytes
LIBRARY_MAX_REQUEST_SIZE = 20 * LIBRARY_MAX_FILE_SIZE  # bytes, of all files handed in at once
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # the size of the request bounds it too
FILE_UPLOAD_HANDLERS = [
    "library.keeping.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LIBRARY_CLAMD = ""  # where the virus scanner listens: a socket's path or host:port; empty: files are not scanned
LIBRARY_SOFFICE = ""  # LibreOffice, for pictures of the first pages of office files; empty: PDFs only

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long page in Wagtail's editor
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # bytes
WHITENOISE_MAX_AGE = 3600  # seconds, for the few names without a hash; the others are immutable

PAGE_CACHE_BYTES = 32 * 1024 * 1024  # of each process; nothing: every page is made for each reader

# Work outside the request; immediate unless production says otherwise.
TASK_QUEUES = ["default", "files"]  # each with a worker of its own, so that no letter waits for a file
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": TASK_QUEUES}}
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
RATE_LIMIT_STORAGE = "memory://"  # each process counts for itself; production takes Redis where there is one
CONTACT_RATE_LIMIT = "5/hour"  # from one address; what follows is per person
INVITATION_RATE_LIMIT = "20/hour"
INVITATION_LIST_RATE_LIMIT = "10/hour"  # lists of at most 100 lines
UPLOAD_RATE_LIMIT = "1000/hour"  # files; somebody may hand in a whole cupboard
TOOL_REQUEST_RATE_LIMIT = "20/hour"
DIRECTORY_REPORT_RATE_LIMIT = "20/hour"
GROUP_LETTER_RATE_LIMIT = "40/hour"  # requests and invitations; a new group invites many
COMMENT_RATE_LIMIT = "30/hour"  # each writes to everybody who takes part
COLLEAGUES_RATE_LIMIT = "1500/hour"  # asked while somebody types a name

# The finder's encoder; empty: it compares words only.
FINDER_ENCODER = "members.finder.encoder.SentenceEncoder"

DEFAULT_EXCEPTION_REPORTER_FILTER = "config.log_filters.DiscreetReporterFilter"

# Mail
EMAIL_BACKEND = "members.smtp.PatientBackend"
EMAIL_TIMEOUT = 30  # seconds; a mail server that says nothing for so long is away, unless it looks at a letter
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "Alliance Otonom <site@otonom.test>"
CONTACT_RECIPIENTS = ["equipe@otonom.test"]

# For who looks after the server
ERROR_MAIL_TO: list[str] = []  # who is written to about errors; nobody: no mail
METRICS_PORT = 0  # of this machine, where Prometheus asks; 0: nowhere
BACKUP_RECIPIENT = ""  # the public key of age for which backups are encrypted

# Wagtail
WAGTAIL_SITE_NAME = "Alliance Otonom"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
# In percent; of AVIF 45 looks like 70 of the others.
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_JPEG_QUALITY = 45, 70, 70
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"},
}
SECURITY_CONTACT = ""  # what security.txt names; empty: the contact page
