"""Runs ``news_digest`` on a demo's data, as cron does: ``python tests/browser/monday.py SMTP_PORT DAYS_FROM_NOW``."""

import os
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

settings.EMAIL_BACKEND = "members.smtp.PatientBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
today = timezone.now
timezone.now = lambda: today() + timedelta(days=int(sys.argv[2]))

django.setup()
call_command("news_digest")
