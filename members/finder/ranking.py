"""The signals of the index combined into one probability per need.

A weighted sum of the five signals, and the share of each need in the sum of their exponentials (conditional logit,
McFadden 1974). What is not for us takes part as one more choice, with a constant on top: it wins when no need is near.
The weights were fitted by ``manage.py finder_fit`` on ``tests/members/finder/development.yaml``.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from members.finder.index import SIGNALS, Floats

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
WITHOUT_ENCODER = ("words", "phrase")


@dataclass(frozen=True)
class Weights:
    """What each signal counts, and what speaks against every need from the start."""

    signals: dict[str, float]
    not_for_us: float

    @classmethod
    @cache
    def fitted(cls, has_meaning: bool) -> Self:
        """The weights for all signals, or for those of words alone."""
        read = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["all" if has_meaning else "words"]
        return cls(read["signals"], read["not_for_us"])

    @property
    def row(self) -> Floats:
        """The weights in the order of the signals; one that is not used weighs nothing."""
        return np.array([self.signals.get(name, 0.0) for name in SIGNALS], dtype=np.float32)


def probabilities(signals: Floats, weights: Weights) -> Floats:
    """The probability of each need, and in the last place of what is not for us; they add up to one."""
    scores = signals @ weights.row
    scores[-1] += weights.not_for_us
    shares = np.exp(scores - scores.max())
    result: Floats = shares / shares.sum()
    return result
