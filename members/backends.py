"""Who signed in, and the permissions that follow from what a person is: coordinator, delegate, editor."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from members.accounts.second_factor import with_second_factor
from members.models import User
from members.permissions import role_permissions


class SignInBackend(AuthenticationBackend):
    """allauth's, which reads with who signed in what their role and access follow from: every page asks for it."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, while the account works."""
        person = with_second_factor(User.objects.with_roles()).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


class RoleBackend(BaseBackend):
    """Gives the roles their permissions; signing in is allauth's business, so it knows no credentials."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Every permission of the person's roles, worked out once per request."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_role_permissions"):
            user_obj._role_permissions = role_permissions(user_obj)
        return user_obj._role_permissions

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Tell whether a role gives anything in this app."""
        return any(permission.startswith(f"{app_label}.") for permission in self.get_all_permissions(user_obj))
