"""Numbers of records, as addresses and forms bring them: as text, and as anybody likes to write them."""


def is_key(text: str) -> bool:
    """Tell whether a text is a number that a record can have: "²" is none, nor is one of thousands of digits."""
    return text.isdecimal() and len(text) < 19
