"""Asking for a new password, which tells nobody who has an account: neither by words nor by the clock."""

import time
from typing import Any

from allauth.account import forms
from django.http import HttpRequest

AS_LONG = 0.2  # seconds for every address; writing the letter takes some hundredths, an unknown address less


class ResetPasswordForm(forms.ResetPasswordForm):
    """Answers at the same time whether or not a letter leaves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Note when it began."""
        self._began = time.monotonic()
        super().__init__(*args, **kwargs)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write the letter, if somebody has this address, and wait for the rest of the time."""
        email: str = super().save(request, **kwargs)
        time.sleep(max(0.0, self._began + AS_LONG - time.monotonic()))
        return email
