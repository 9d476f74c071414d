"""The people who work in the member associations."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.enums import Role, SpokenLanguage
from members.models.changes import SavesChanges

if TYPE_CHECKING:
    from members.models.association import Association

EDITORS_GROUP = "Editors"
ASKED_EVERY = timedelta(days=182)  # “Still right?”, twice a year
OLD_AFTER = timedelta(days=365)


class UserQuerySet(models.QuerySet["User"]):
    """People by who may see them."""

    def active(self) -> Self:
        """People whose account works."""
        return self.filter(is_active=True)

    def managed_by(self, user: Any) -> Self:
        """Whose accounts this person looks after: delegates their association's, editors all, nobody those above."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        living = self.filter(erased_at__isnull=True).exclude(pk=user.pk)
        if user.is_superuser:
            return living
        known = living.filter(is_superuser=False)
        if user.is_editor:
            return known
        if not user.is_delegate:
            return self.none()
        return known.filter(association=user.association).exclude(groups__name=EDITORS_GROUP)

    def colleagues_of(self, user: Any) -> Self:
        """Whose accounts this person sees: delegates everybody of their association, editors everybody."""
        living = self.filter(erased_at__isnull=True)
        if user.is_authenticated and user.is_active and user.is_editor:
            return living
        if user.is_authenticated and user.is_active and user.is_delegate:
            return living.filter(association=user.association)
        return self.none()

    def visible_to(self, user: Any) -> Self:
        """People in the directory, for members; oneself always; nobody for visitors."""
        if not user.is_authenticated:
            return self.none()
        return self.active().filter(models.Q(is_in_directory=True) | models.Q(pk=user.pk))

    def listed(self) -> Self:
        """People who agreed to be in the directory of counterparts."""
        return self.active().filter(is_in_directory=True)

    def by_name(self) -> Self:
        """As in a telephone book."""
        return self.order_by("last_name", "first_name", "pk")

    def for_directory(self) -> Self:
        """With what an entry of the directory shows."""
        return self.select_related("association", "job_function", "stand_in")

    def with_roles(self) -> Self:
        """With what the role of each follows from, for lists."""
        edits = models.Exists(self.model.objects.filter(pk=models.OuterRef("pk"), groups__name=EDITORS_GROUP))
        leads = self.model.objects.filter(pk=models.OuterRef("pk"), coordinated_groups__isnull=False)
        return self.annotate(is_editor=models.Q(is_superuser=True) | edits, is_coordinator=models.Exists(leads))

    def due_for_directory_review(self, today: date) -> Self:
        """People in the directory who neither confirmed their entry nor were asked to for half a year."""
        before = today - ASKED_EVERY
        return self.listed().filter(
            models.Q(details_asked_on__isnull=True) | models.Q(details_asked_on__lte=before),
            details_confirmed_on__lte=before,
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built by Django
    """Creates people who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an ordinary account; without a password it cannot sign in until one is set."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(SavesChanges, AbstractUser):
    """Somebody who signs in: a worker of an association, an editor, an administrator."""

    username = None  # type: ignore[assignment]  # the e-mail address is the name
    email = models.EmailField(_("e-mail address"), unique=True)
    association = models.ForeignKey(
        "members.Association",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("association"),
    )
    job_function = models.ForeignKey(
        "members.JobFunction",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("job function"),
    )
    phone = models.CharField(_("work phone"), max_length=30, blank=True)
    spoken_languages = ArrayField(
        models.CharField(max_length=4, choices=SpokenLanguage.choices),
        default=list,
        blank=True,
        verbose_name=_("languages spoken"),
    )
    language = models.CharField(
        _("language of letters"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    ask_me_about = models.CharField(_("what to ask me about"), max_length=200, blank=True)
    best_hours = models.CharField(_("best hours to call"), max_length=100, blank=True)
    stand_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )
    is_in_directory = models.BooleanField(_("visible in the directory of counterparts"), default=False)
    details_confirmed_on = models.DateField(_("details confirmed on"), default=timezone.localdate)
    details_asked_on = models.DateField(_("asked whether the details are right on"), null=True, blank=True)
    is_delegate = models.BooleanField(_("delegate of the association"), default=False)
    closed_at = models.DateTimeField(_("account closed at"), null=True, blank=True, editable=False)
    has_left = models.BooleanField(_("no longer works here"), default=False, editable=False)
    deletion_asked_at = models.DateTimeField(_("asked to be deleted at"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("personal data erased at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="people_by_name")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(
                condition=models.Q(is_delegate=False) | models.Q(association__isnull=False),
                name="delegate_has_association",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(is_active=False), name="erased_is_closed"
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in__isnull=True) | ~models.Q(stand_in=models.F("pk")),
                name="nobody_stands_in_for_oneself",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Former colleague")) if self.erased_at else self.get_full_name() or self.email

    def get_absolute_url(self) -> str:
        """The page where people look after their own details."""
        return reverse("members:profile")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note when the account was closed, wherever that is done; the time until it is erased runs from there."""
        if self._opens_or_closes(kwargs.get("update_fields")):
            if self.is_active:
                self.closed_at, self.has_left = None, False
            elif self.closed_at is None:
                self.closed_at = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "closed_at", "has_left"}
        super().save(*args, **kwargs)

    def _opens_or_closes(self, update_fields: Any) -> bool:
        """Tell whether this save writes that the account works, or does not any more."""
        if update_fields is not None:
            return "is_active" in update_fields
        return self._state.adding or "is_active" in self._changed()

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this member may be shown the person; agrees with the queryset."""
        return self.is_active and (self.is_in_directory or self.pk == user.pk)

    @property
    def are_details_old(self) -> bool:
        """Tell whether nobody confirmed the entry in the directory for a year."""
        return self.details_confirmed_on < timezone.localdate() - OLD_AFTER

    @property
    def language_names(self) -> list[str]:
        """The languages that the person speaks, in words of the active language."""
        return [str(label) for code, label in SpokenLanguage.choices if code in self.spoken_languages]

    @property
    def known_association(self) -> "Association | None":
        """The association to name, which is one that is published."""
        return self.association if self.association and self.association.live else None

    @property
    def known_stand_in(self) -> "User | None":
        """Whom to call instead: a colleague of today who is in the directory too."""
        stand_in = self.stand_in
        if stand_in is None or stand_in.association_id != self.association_id:
            return None
        return stand_in if stand_in.is_active and stand_in.is_in_directory else None

    @cached_property
    def is_editor(self) -> bool:
        """Tell whether the person publishes for the whole alliance."""
        return self.is_superuser or self.groups.filter(name=EDITORS_GROUP).exists()

    @cached_property
    def is_coordinator(self) -> bool:
        """Tell whether the person writes in the name of a working group."""
        return self.coordinated_groups.exists()  # type: ignore[attr-defined]  # news is above members

    @cached_property
    def role(self) -> Role:
        """The highest role of the person; what it allows is in ``permissions``."""
        if self.is_superuser:
            return Role.ADMINISTRATOR
        if self.is_editor:
            return Role.EDITOR
        if self.is_delegate:
            return Role.DELEGATE
        if self.is_coordinator:
            return Role.COORDINATOR
        return Role.MEMBER
