"""How allauth behaves here: invitation only, mail outside the request."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from members import actions, tasks
from members.models import Invitation, User

ADDRESS_CHANGED = "account/email/email_changed"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; messages say what to do, and address people politely in both languages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right. Try again, or set a new one."),
        "enter_current_password": _("Type the password that you use now."),
        "incorrect_code": _("This code is not right. Wait for the next one, or use a recovery code."),
        "incorrect_password": _("This password is not right. Try again."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "rate_limited": _("That was many tries in a short time. Wait a few minutes, then go on."),
        "too_many_login_attempts": _("That was many tries in a short time. Wait a few minutes, then go on."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell that something was done with an account; of a new address, at the former one and there.

        Both, as OWASP asks for: https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html
        """
        context = {**(context or {}), "is_notice": True}
        addresses = [email, context["to_email"]] if template_prefix == ADDRESS_CHANGED else [email]
        for address in addresses:
            super().send_notification_mail(template_prefix, user, context, address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render the mail now, in the reader's language, and send it outside the request.

        An address with an account then takes no longer to answer than one without.
        """
        context = {"email": email, "request": self.request} | context
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        body = render_to_string(f"{template_prefix}_message.txt", context, self.request).strip()
        is_notice = context.get("is_notice", False)
        tasks.send_later(self.format_email_subject(subject), body, email, is_notice=is_notice)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An outside identity signs in to an account, or accepts an invitation; both only under an address it confirmed.

    Addresses are compared letter by letter in small letters, as accounts and invitations keep them: the database
    takes some foreign letters for ours when it ignores capitals. Whoever was not invited gets in nowhere.
    """

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        """Find the account of an address; one that somebody else only wishes to change to opens nothing of theirs."""
        for email in _confirmed(sociallogin):
            person = User.objects.filter(email=email).first()
            if person and self.can_authenticate_by_email(sociallogin, email):
                return person, email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Accept the invitation of somebody who has no account yet, without asking for a password."""
        if request.user.is_authenticated or sociallogin.is_existing:
            return
        said = sociallogin.user
        for email in _confirmed(sociallogin):
            invitation = Invitation.objects.open().filter(email=email).first()
            if invitation is None or not actions.is_acceptable(invitation):
                continue
            try:
                person = actions.accept(
                    invitation=invitation, first_name=said.first_name, last_name=said.last_name, password=None
                )
            except actions.InvitationClosed:
                continue
            sociallogin.connect(request, person)
            return

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up by themselves."""
        return False


def _confirmed(sociallogin: Any) -> list[str]:
    """The addresses that the provider says are confirmed; some providers write “false”, which is not nothing."""
    return [address.email.lower() for address in sociallogin.email_addresses if address.verified in (True, "true")]
