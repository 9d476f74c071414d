"""Production for the journeys: the demo's accounts sign in as they do in the demo."""

from config.settings.production import *  # noqa: F403  # as settings do

SECOND_FACTOR_REQUIRED = False
