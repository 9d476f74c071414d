"""The finder of this process follows the encoder that a test asks for, and the next test gets the usual one back."""

from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver

from members.finder import encoder, store


@receiver(setting_changed)
def _load_anew(*, setting: str, **_more: Any) -> None:
    """Forget the encoder, which is loaded once per process, and what was read with it."""
    if setting == "FINDER_ENCODER":
        encoder.meaning.cache_clear()
        store._memory = None
