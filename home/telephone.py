"""Telephone numbers as people in Belgium write them."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

TRUNK_ZERO = re.compile(r"\(0\)")  # +32 (0)2 123 45 67: dialled only inside the country


validate_phone = RegexValidator(
    re.compile(r"^\+?[\d\s./()-]{3,29}$"), _("Write digits only, for example 02 123 45 67.")
)


def dialable(number: str) -> str:
    """A Belgian number as a telephone dials it: short numbers stay, others get their country code."""
    number = TRUNK_ZERO.sub("", number).strip()
    digits = "".join(filter(str.isdigit, number))
    if number.startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return "+" + digits.removeprefix("00")
    return digits if len(digits) <= 6 else "+32" + digits.removeprefix("0")
