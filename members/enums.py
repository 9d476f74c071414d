"""Choices with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactKind(models.TextChoices):
    """How to reach an association."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    WEBSITE = "website", _("website")
    FORM = "form", _("form")


class ServiceStatus(models.TextChoices):
    """Whether a service can be used now."""

    ACTIVE = "active", _("active")
    PLANNED = "planned", _("planned")
    SUSPENDED = "suspended", _("suspended")
    UNVERIFIED = "unverified", _("not verified")


class StartMode(models.TextChoices):
    """How one starts with a service."""

    CALL = "call", _("by phone")
    WALK_IN = "walk_in", _("by walking in")
    FORM = "form", _("with a form")
    REFERRAL = "referral", _("by referral")
    WEBSITE = "website", _("on the website")


class NeedAudience(models.TextChoices):
    """Who speaks in a need."""

    BENEFICIARY = "beneficiary", _("a person in need")
    RELATIVE = "relative", _("a relative")
    VOLUNTEER = "volunteer", _("a volunteer")
    PROFESSIONAL = "professional", _("a professional")


class Coverage(models.TextChoices):
    """How far the alliance answers a need."""

    FULL = "full", _("an association answers it")
    PARTIAL = "partial", _("an association helps in part")
    NONE = "none", _("no association answers it")


class HelplineKind(models.TextChoices):
    """Emergency services, or somebody to talk to."""

    EMERGENCY = "emergency", _("emergency")
    HELPLINE = "helpline", _("help line")


class SpokenLanguage(models.TextChoices):
    """Languages in which one is served."""

    FR = "fr", _("French")
    NL = "nl", _("Dutch")
    EN = "en", _("English")
    AR = "ar", _("Arabic")
    TR = "tr", _("Turkish")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    PL = "pl", _("Polish")
    RO = "ro", _("Romanian")
    IT = "it", _("Italian")
    DE = "de", _("German")
    RU = "ru", _("Russian")
    SIGN = "sign", _("sign language")


class ReportOutcome(models.TextChoices):
    """What became of a word about the directory."""

    OPEN = "open", _("not handled yet")
    DONE = "done", _("done")
    DISMISSED = "dismissed", _("nothing to change")


class Role(models.TextChoices):
    """What a person may do; the table is in README, the rules are in ``members.permissions``."""

    VISITOR = "visitor", _("visitor")
    MEMBER = "member", _("member")
    COORDINATOR = "coordinator", _("coordinator")
    DELEGATE = "delegate", _("delegate")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class AuditAction(models.TextChoices):
    """What the audit log tells of."""

    INVITED = "invited", _("invited")
    RESENT = "resent", _("invited again")
    WITHDRAWN = "withdrawn", _("invitation withdrawn")
    JOINED = "joined", _("account made")
    SUSPENDED = "suspended", pgettext_lazy("account", "suspended")
    LEFT = "left", _("left")
    REOPENED = "reopened", _("account opened again")
    MOVED = "moved", _("moved to another association")
    GIVEN = "given", _("right given:")
    TAKEN = "taken", _("right taken away:")
    EXPORTED = "exported", _("exported:")
    ASKED = "asked", _("asked to be deleted")
    ERASED = "erased", _("personal data erased")


class MailState(models.TextChoices):
    """Where a letter is that is not sent yet."""

    WAITING = "waiting", pgettext_lazy("letter", "waits to be sent")
    SENDING = "sending", pgettext_lazy("letter", "is being sent")
    UNCERTAIN = "uncertain", pgettext_lazy("letter", "interrupted: perhaps sent, perhaps not")
    FAILED = "failed", pgettext_lazy("letter", "not sent: given up")
