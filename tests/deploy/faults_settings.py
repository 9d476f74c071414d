"""Production for faults under load: one address sends more than a person does, and a role needs no second step."""

from config.settings.production import *  # noqa: F403  # as settings do

SECOND_FACTOR_REQUIRED = False
CONTACT_RATE_LIMIT = "1000000/hour"
UPLOAD_RATE_LIMIT = "1000000/hour"
