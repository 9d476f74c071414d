"""Where the kernel hands in its letters; the members app, which keeps letters until they are sent, takes them."""

from collections.abc import Callable

Taker = Callable[[str, str, str, dict[str, str]], None]  # subject, body, recipient, further headers
_takers: list[Taker] = []


def register(taker: Taker) -> None:
    """Let an app take the letters; called once when the apps are ready."""
    if taker not in _takers:
        _takers.append(taker)


def send_later(subject: str, body: str, recipient: str, headers: dict[str, str]) -> None:
    """Have a letter sent once the transaction that speaks of it is committed."""
    for taker in _takers:
        taker(subject, body, recipient, headers)
