"""The kernel's models."""

from home.models.base_page import BasePage
from home.models.contact import ContactMessage
from home.models.pages import ContactPage, HomePage, StandardPage
from home.models.periodic import PeriodicRun
from home.models.site_settings import AllianceSettings

__all__ = ["AllianceSettings", "BasePage", "ContactMessage", "ContactPage", "HomePage", "PeriodicRun", "StandardPage"]
