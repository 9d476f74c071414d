"""The people who work in the member associations."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.enums import Role, SpokenLanguage

EDITORS_GROUP = "Editors"


class UserQuerySet(models.QuerySet["User"]):
    """People by who may see them."""

    def active(self) -> Self:
        """People whose account works."""
        return self.filter(is_active=True)

    def visible_to(self, user: Any) -> Self:
        """People in the directory, for members; oneself always; nobody for visitors."""
        if not user.is_authenticated:
            return self.none()
        return self.active().filter(models.Q(is_in_directory=True) | models.Q(pk=user.pk))


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


class User(AbstractUser):
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
    ask_me_about = models.CharField(_("what to ask me about"), max_length=200, blank=True)
    is_in_directory = models.BooleanField(_("visible in the directory of counterparts"), default=False)
    is_delegate = models.BooleanField(_("delegate of the association"), default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.CheckConstraint(
                condition=models.Q(is_delegate=False) | models.Q(association__isnull=False),
                name="delegate_has_association",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_absolute_url(self) -> str:
        """The page where people look after their own details."""
        return reverse("members:profile")

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether this member may be shown the person; agrees with the queryset."""
        return self.is_active and (self.is_in_directory or self.pk == user.pk)

    @cached_property
    def is_editor(self) -> bool:
        """Tell whether the person publishes for the whole alliance."""
        return self.is_superuser or self.groups.filter(name=EDITORS_GROUP).exists()

    @cached_property
    def role(self) -> Role:
        """The highest role of the person; what it allows is in ``permissions``."""
        if self.is_superuser:
            return Role.ADMINISTRATOR
        if self.is_editor:
            return Role.EDITOR
        if self.is_delegate:
            return Role.DELEGATE
        if self.coordinated_groups.exists():  # type: ignore[attr-defined]  # news is above members
            return Role.COORDINATOR
        return Role.MEMBER
