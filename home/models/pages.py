"""Editorial pages: home, standard pages and contact."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock
from home.blocks.lists import StepBlock
from home.contact_form import ContactForm
from home.fields import StreamField
from home.models.base_page import BasePage


class HomePage(BasePage):
    """The first page of a language: who we are, and the way to help."""

    headline = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), help_text=_("Who we are, in one sentence."))
    help_title = models.CharField(_("title of the way to help"), max_length=120)
    help_text = models.TextField(_("text of the way to help"), blank=True)
    members_title = models.CharField(_("title of the associations"), max_length=120)
    members_text = models.TextField(_("text of the associations"), blank=True)
    axes_title = models.CharField(_("title of the axes"), max_length=120)
    axes = StreamField([("axis", StepBlock(template="blocks/axis.html"))], blank=True, verbose_name=_("axes"))
    news_title = models.CharField(_("title of the news"), max_length=120)

    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("introduction")], heading=_("Who we are")),
        MultiFieldPanel([FieldPanel("help_title"), FieldPanel("help_text")], heading=_("Find help")),
        MultiFieldPanel([FieldPanel("members_title"), FieldPanel("members_text")], heading=_("Associations")),
        MultiFieldPanel([FieldPanel("axes_title"), FieldPanel("axes")], heading=_("Axes")),
        FieldPanel("news_title"),
    ]

    class Meta:
        verbose_name = _("home page")


class StandardPage(BasePage):
    """A page of text: the alliance, legal notice, privacy, accessibility."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    settings_panels = [FieldPanel("show_in_menus"), *BasePage.settings_panels]
    override_translatable_fields = [*BasePage.override_translatable_fields, SynchronizedField("show_in_menus")]

    class Meta:
        verbose_name = _("standard page")


class ContactPage(BasePage):
    """The words around the contact form; the form itself is a view."""

    introduction = models.TextField(_("introduction"), blank=True)
    thank_you_title = models.CharField(_("title after sending"), max_length=120)
    thank_you_text = models.TextField(_("text after sending"), blank=True)

    template = "home/contact_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("thank_you_title"), FieldPanel("thank_you_text")], heading=_("After sending")),
    ]

    class Meta:
        verbose_name = _("contact page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add an empty form, or the thanks for what was just sent."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"form": ContactForm(), "is_sent": request.GET.get("sent") == "1"}
