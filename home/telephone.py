"""Telephone numbers as people in Belgium write them."""

import re

TRUNK_ZERO = re.compile(r"\(0\)")  # +32 (0)2 123 45 67: dialled only inside the country


def dialable(number: str) -> str:
    """A Belgian number as a telephone dials it: short numbers stay, others get their country code."""
    number = TRUNK_ZERO.sub("", number).strip()
    digits = "".join(filter(str.isdigit, number))
    if number.startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return "+" + digits.removeprefix("00")
    return digits if len(digits) <= 6 else "+32" + digits.removeprefix("0")
